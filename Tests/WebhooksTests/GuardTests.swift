// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Webhooks

@Suite struct GuardTests {
    @Test(arguments: [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.8.9.10",
        "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1", "198.18.0.1",
        "198.19.255.255", "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0.0.0.0", "64:ff9b::10.0.0.1",
        "64:ff9b::127.0.0.1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::1", "fc00::1",
        "fd12:3456::1", "fe80::1", "febf::1", "fec0::1", "ff02::1",
    ])
    func `an address that is not public is refused, and says what it is`(text: String) throws {
        #expect(AddressGuard().refusal(of: try #require(IPAddress(text))) != nil)
    }

    @Test(arguments: [
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "172.15.255.255",
        "172.32.0.1", "192.167.255.255", "192.169.0.1", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::1",
        "64:ff9b::8.8.8.8",
    ])
    func `a public address is allowed`(text: String) throws {
        #expect(AddressGuard().refusal(of: try #require(IPAddress(text))) == nil)
    }

    @Test func `the configuration allows ranges, and nothing beside them`() throws {
        let door = AddressGuard(allowed: [
            try #require(AddressRange("10.2.0.0/15")), try #require(AddressRange("fd00::/8")),
            try #require(AddressRange("192.168.7.7")),
        ])
        for text in ["10.1.255.255", "10.4.0.0", "fc00::1", "192.168.7.8", "::ffff:10.2.0.1", "127.0.0.1"] {
            #expect(door.refusal(of: try #require(IPAddress(text))) != nil, "\(text)")
        }
        for text in ["10.2.0.0", "10.3.255.255", "fd00::1", "fdff::1", "192.168.7.7", "64:ff9b::10.2.0.1"] {
            #expect(door.refusal(of: try #require(IPAddress(text))) == nil, "\(text)")
        }
    }

    @Test(arguments: ["10.0.0.0/33", "10.0.0/8", "fd00::/129", "x", "10.0.0.0/-1", "10.0.0.0/", "/8", ""])
    func `a range that is none is refused`(text: String) { #expect(AddressRange(text) == nil) }

    @Test(arguments: [
        "ftp://example.com", "example.com", "https://", "https:///x", "https://user@example.com/",
        "https://u:p@example.com",
        "https://example.com/#top", "https://exa mple.com", "https://example.com\\@evil", "https://[::1",
        "https://[fe80::1%25eth0]/",
        "https://example.com:0", "https://example.com:65536", "https://example.com:+80", "https://example.com:80x",
        "https://bücher.example", "https://example.com/\n", "https://a..b", "https://.b", "https://a_b.example",
    ])
    func `a URL in which something can hide is refused`(text: String) {
        #expect(throws: TargetURL.Malformed.self) { try TargetURL(text) }
    }

    @Test func `a URL is put together again from what was read`() throws {
        #expect(try TargetURL("HTTPS://Example.COM:8443?a=b").description == "https://example.com:8443/?a=b")
        #expect(
            try TargetURL("https://[2606:4700::1111]:1/Path%20x").description == "https://[2606:4700::1111]:1/Path%20x")
    }

    @Test(arguments: ["https://127.0.0.1/", "https://[::1]/", "https://10.0.0.1/", "http://example.com/"])
    func `the strict policy refuses an address that is not public, and plain http`(url: String) {
        #expect(throws: TargetURL.Malformed.self) { try WebhookPolicy.strict.check(url) }
    }
}

@Suite struct PosterTests {
    /// Leads every name where the test says.
    struct Fixed: Resolver {
        var found: [String]
        func addresses(of host: String) async -> [IPAddress] { found.compactMap(IPAddress.init) }
    }

    @Test(arguments: [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::1"], ["169.254.169.254"], ["::ffff:10.0.0.1"]])
    func `a name that leads to one address that is not public is refused, and nothing is sent`(found: [String])
        async throws
    {
        let poster = HTTPPoster(policy: .strict, resolver: Fixed(found: found))
        guard case .forbidden = await poster.post([], to: "https://hooks.example.com/", headers: []) else {
            Issue.record("it was not refused")
            return
        }
    }

    @Test(arguments: ["http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://localhost/"])
    func `another way to write loopback is refused as well`(url: String) async throws {
        let poster = HTTPPoster(policy: WebhookPolicy(allowsPlainHTTP: true, allowed: []))
        guard case .forbidden = await poster.post([], to: url, headers: []) else {
            Issue.record("it was not refused")
            return
        }
    }

    @Test func `a name without an address is not resolved`() async {
        let poster = HTTPPoster(policy: .strict, resolver: Fixed(found: []))
        #expect(await poster.post([], to: "https://hooks.example.com/", headers: []) == .unresolved)
    }

    @Test func `the address that was asked about is the one connected to`() async throws {
        try await Receiver.run { receiver in
            // The name exists nowhere: only the address that the resolver gave can have been used.
            let poster = HTTPPoster(policy: .sandbox, resolver: Fixed(found: ["127.0.0.1"]))
            let url = receiver.url.replacing("127.0.0.1", with: "hooks.invalid")
            #expect(await poster.post(Array("{}".utf8), to: url, headers: [("webhook-id", "a")]) == .answered(200))
            #expect(receiver.deliveries.map(\.id) == ["a"])
        }
    }
}

@Suite struct SignatureTests {
    /// The example that the libraries of Standard Webhooks are tested with.
    @Test func `the specification's own example is signed as everybody signs it`() throws {
        let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signature = secret.signature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: Array(#"{"test": 2432232314}"#.utf8))
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test(arguments: ["", "whsec_", "whsec_!!!", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
    func `a secret of another form is refused`(text: String) { #expect(WebhookSecret(text) == nil) }

    @Test func `a new secret has 32 bytes and does not show itself in a log`() throws {
        let secret = WebhookSecret()
        #expect(WebhookSecret(secret.text) != nil)
        #expect(secret.text.count == 6 + 44)
        #expect("\(secret)" == "webhook secret")
    }
}

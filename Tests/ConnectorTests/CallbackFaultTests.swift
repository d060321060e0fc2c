// SPDX-License-Identifier: Apache-2.0

import Connector
import Dispatch
import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSONBytes
import LinkedIn
import Store
import TestSupport
import Testing

/// What LinkedIn, others and a busy database do to the callback.
@Suite struct CallbackFaultTests {
    static let path = "/callbacks/linkedin/acme"
    static let secret = "rsc-sim-child-secret-01"
    let connector: TestConnector

    init() async throws {
        connector = try TestConnector()
        try await connector.addCustomer()
    }

    @Test func `a challenge is answered while somebody holds the writer`() async throws {
        try await connector.run { test async throws in
            let linkedIn = Client(test, key: nil)
            #expect(try await challenge(linkedIn, secret: Self.secret))
            connector.time.advance(by: .seconds(60))
            let gate = DispatchSemaphore(value: 0)
            async let held: Void = connector.store.write { _ in gate.wait() }
            #expect(try await challenge(linkedIn, secret: Self.secret))
            gate.signal()
            try await held
        }
    }

    @Test func `a challenge is answered while every reader is taken`() async throws {
        var limits = ConnectorLimits()
        limits.secretsPatience = .milliseconds(50)
        let connector = try TestConnector(limits: limits)
        try await connector.addCustomer()
        try await connector.run { test async throws in
            let linkedIn = Client(test, key: nil)
            #expect(try await challenge(linkedIn, secret: Self.secret))
            connector.time.advance(by: .seconds(60))
            let gate = DispatchSemaphore(value: 0)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { try await connector.store.read { _ in gate.wait() } } }
                #expect(try await challenge(linkedIn, secret: Self.secret))
                // A stranger's name cannot be looked up now: that is not the same as there being none.
                let path = "/callbacks/linkedin/other?challengeCode=c"
                #expect(try await linkedIn.get(path).status == 503)
                for _ in 0..<8 { gate.signal() }
                try await group.waitForAll()
            }
        }
    }

    @Test func `after a rotation both secrets count for pushes, the new one answers challenges, and the old one ends`()
        async throws
    {
        try await connector.run { test async throws in
            let linkedIn = Client(test, key: nil)
            #expect(try await push(linkedIn, "1", secret: Self.secret) == 200)
            #expect(try await push(linkedIn, "2", secret: "new") == 401)
            try await rotate(to: "new")
            connector.time.advance(by: .seconds(2))
            #expect(try await push(linkedIn, "2", secret: "new") == 200)
            #expect(try await push(linkedIn, "3", secret: Self.secret) == 200)
            #expect(try await challenge(linkedIn, secret: "new"))
            connector.time.advance(by: .seconds(86_400))
            #expect(try await push(linkedIn, "4", secret: "new") == 200)
            #expect(try await push(linkedIn, "5", secret: Self.secret) == 401)
        }
    }

    @Test(arguments: WebhookSignature.allCases)
    func `each form of the signature counts`(form: WebhookSignature) async throws {
        try await connector.run { test async throws in
            #expect(try await push(Client(test, key: nil), "1", form: form, secret: Self.secret) == 200)
        }
    }

    @Test(arguments: ["", "{", #"{"type":"X","id":"1"}trailing"#, "\u{FEFF}{}"])
    func `a signed body that is no JSON is 400 and is not kept`(body: String) async throws {
        try await connector.run { test async throws in
            #expect(try await post(Client(test, key: nil), body) == 400)
        }
        #expect(try await stored().isEmpty)
    }

    @Test(
        arguments: [
            (#"{"type":"SOMETHING_NEW","id":"9"}"#, "9", "SOMETHING_NEW"),
            (#"{"eventType":"EXPORT_CANDIDATE_PROFILE","requestId":77}"#, "77", "EXPORT_CANDIDATE_PROFILE"),
            (
                #"{"type":"EXPORT_CANDIDATE_PROFILE","id":"8","expiresAt":"1795392000000"}"#, "8",
                "EXPORT_CANDIDATE_PROFILE"
            ),
            (#"{"type":"NO_ID"}"#, "sha256:", ""), ("[]", "sha256:", ""), ("{}", "sha256:", ""),
        ])
    func `whatever is signed and is JSON is kept`(body: String, id: String, type: String) async throws {
        try await connector.run { test async throws in
            let linkedIn = Client(test, key: nil)
            #expect(try await post(linkedIn, body) == 200)
            #expect(try await post(linkedIn, body) == 200)
        }
        let pushes = try await stored()
        #expect(pushes.count == 1)
        #expect(pushes.first?.id.hasPrefix(id) == true)
        #expect(pushes.first?.type == type)
        #expect(pushes.first?.body == Array(body.utf8))
    }

    @Test func `another customer's signature is refused, and the same id of two customers is two events`() async throws
    {
        try await connector.addCustomer("other", secret: "other-secret")
        try await connector.run { test async throws in
            let linkedIn = Client(test, key: nil)
            #expect(try await push(linkedIn, "1", secret: "other-secret") == 401)
            #expect(try await push(linkedIn, "1", secret: Self.secret) == 200)
            #expect(try await push(linkedIn, "1", secret: "other-secret", path: "/callbacks/linkedin/other") == 200)
        }
        #expect(connector.woken.pushes == 2)
    }

    @Test func `a body of 100 MB is refused before it is read`() async throws {
        try await connector.serve { test async throws in
            let head =
                "POST \(Self.path) HTTP/1.1\r\nHost: c\r\nContent-Length: 104857600\r\nContent-Type: application/json\r\n\r\n"
            let answer = try await RawClient.exchange(head + "{", port: #require(test.port), end: .half)
            #expect(answer.hasPrefix("HTTP/1.1 413"))
        }
    }

    @Test func `a push that cannot be stored is not acknowledged`() async throws {
        try await connector.store.close()
        try await connector.run { test async throws in
            #expect(try await push(Client(test, key: nil), "1", secret: Self.secret) == 503)
        }
    }

    // MARK: Short words

    private func challenge(_ linkedIn: Client, secret: String) async throws -> Bool {
        let answer = try await linkedIn.get("\(Self.path)?challengeCode=abc")
        return answer.status == 200
            && answer.json["challengeResponse"]?.string == WebhookChallenge(code: "abc").response(secret: secret)
    }

    private func push(
        _ linkedIn: Client, _ id: String, form: WebhookSignature = .prefixSigned, secret: String, path: String = path
    ) async throws -> Int {
        try await post(
            linkedIn, #"{"type":"EXPORT_CANDIDATE_PROFILE","id":"\#(id)"}"#, form: form, secret: secret, path: path)
    }

    private func post(
        _ linkedIn: Client, _ body: String, form: WebhookSignature = .prefixSigned, secret: String = secret,
        path: String = path
    ) async throws -> Int {
        let signature = form.sign(Array(body.utf8), secret: secret)
        return try await linkedIn.send(.post, path, body, headers: [.init("X-LI-Signature")!: signature]).status
    }

    private func rotate(to secret: String) async throws {
        let connector = connector
        let sealed = try connector.store.vault.seal(secret, for: Customer.secretPurpose(CustomerID("acme")!))
        let now = connector.time.now()
        try await connector.store.write {
            try $0.setCredentials(customer: 1, clientID: "c", clientSecret: sealed, applicationURN: nil, at: now)
        }
    }

    private func stored() async throws -> [StoredPush] {
        try await connector.store.read { try $0.pushes(customer: 1, limit: 10) }
    }
}

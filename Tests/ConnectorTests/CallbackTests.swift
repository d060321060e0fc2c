// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import HTTPTypes
import Hummingbird
import JSONBytes
import LinkedIn
import Testing

/// The vectors are those of the protocol reference (modules-3-5, A.3 and A.4.3), secret `rsc-sim-child-secret-01`.
@Suite struct CallbackTests {
    let connector: TestConnector
    static let path = "/callbacks/linkedin/acme"
    static let body = #"{"type":"EXPORT_CANDIDATE_PROFILE","id":"7304415581","expiresAt":1795392000000}"#
    static let signature = "326d6146d3abc07913289f1e7132c87be0ec3e878308dfbc00c513c47a74910f"

    init() async throws {
        connector = try TestConnector(partner: .init(applicationID: "42", secret: "partner-secret"))
        try await connector.addCustomer()
    }

    private func push(_ test: Client, _ signature: String?, body: String = body, path: String = path) async throws
        -> Answer
    {
        var headers: HTTPFields = [:]
        if let signature { headers[.init("X-LI-Signature")!] = signature }
        return try await test.send(.post, path, body, headers: headers)
    }

    @Test func `the challenge is answered with the child's secret, or the partner's when LinkedIn names it`()
        async throws
    {
        try await connector.run { test async throws in
            let linkedIn = Client(test, key: nil)
            let code = "3f2b1c64-7a0e-4d4f-9c1b-5a6f0e9d2b77"
            let answer = try await linkedIn.get("\(Self.path)?challengeCode=\(code)&applicationId=98765432")
            #expect(answer.status == 200)
            #expect(answer.json["challengeCode"] == .string(code))
            #expect(
                answer.json["challengeResponse"] == "6d3ddd1429f27c0715e9df85a381d77f3013657c6265604bfe637f88f942f877")
            let partner = try await linkedIn.get("\(Self.path)?challengeCode=\(code)&applicationId=42")
            #expect(
                partner.json["challengeResponse"]?.string
                    == WebhookChallenge(code: code).response(secret: "partner-secret"))
            #expect(try await linkedIn.get(Self.path).status == 400)
        }
    }

    @Test func `a signed push is stored before it is answered, once, and wakes the engine`() async throws {
        try await connector.run { test async throws in
            let linkedIn = Client(test, key: nil)
            let first = try await push(linkedIn, Self.signature)
            #expect(first.status == 200)
            #expect(first.json["stored"] == true)
            let again = try await push(linkedIn, Self.signature)
            #expect(again.status == 200)
            #expect(again.json["stored"] == false)
        }
        #expect(connector.woken.pushes == 1)
    }

    @Test func `the partner's signature counts, too`() async throws {
        try await connector.run { test async throws in
            let signature = WebhookSignature.prefixSigned.sign(Array(Self.body.utf8), secret: "partner-secret")
            #expect(try await push(Client(test, key: nil), signature).status == 200)
        }
    }

    @Test(
        arguments: [
            nil, "", "zz", "a802dcd9bf165e68685d8fc9964f8892af47d611d8d62dac4ed2a2d226aaba2f",
            String(repeating: "0", count: 64),
        ] as [String?])
    func `a wrong signature is 401 and nothing is stored`(signature: String?) async throws {
        try await connector.run { test async throws in
            #expect(try await push(Client(test, key: nil), signature).status == 401)
            #expect(try await push(Client(test, key: nil), Self.signature, body: Self.body + " ").status == 401)
        }
        #expect(connector.woken.pushes == 0)
    }

    @Test func `an unknown customer is 404, a body over 1 MB 413`() async throws {
        try await connector.run { test async throws in
            let linkedIn = Client(test, key: nil)
            #expect(try await push(linkedIn, Self.signature, path: "/callbacks/linkedin/nobody").status == 404)
            #expect(try await push(linkedIn, Self.signature, path: "/callbacks/linkedin/Not%20A%20Slug").status == 404)
            #expect(
                try await push(linkedIn, Self.signature, body: String(repeating: "x", count: (1 << 20) + 1)).status
                    == 413)
        }
    }
}

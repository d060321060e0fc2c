// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import Testing

@Suite struct WebhookTests {
    private let body = Array(#"{"type":"JOB_POSTING_STATUS","externalJobPostingId":"REQ-1001"}"#.utf8)
    private let secret = "demo-client-secret"

    @Test func `the signature is the reference's`() {
        let signature = WebhookSignature.prefixSigned.sign(body, secret: secret)
        #expect(signature == "6fe93dbc53f9e0198a212226f4f51a1e577004a7c9d9bb6ee72cf46bf9efcbd7")
        #expect(
            WebhookSignature.prefixShown.sign(body, secret: secret)
                == "hmacsha256=cb16de1455e72898385b68a2102bda6a054fd90fd3e16a4022a3892dcb119b00")
    }

    @Test(arguments: WebhookSignature.allCases)
    func `every reading of the page verifies, under either secret`(form: WebhookSignature) {
        let header = form.sign(body, secret: secret)
        #expect(WebhookSignature.verify(header, body: body, secrets: ["other", secret]))
        #expect(!WebhookSignature.verify(header, body: body, secrets: ["other"]))
        #expect(!WebhookSignature.verify(header, body: body + [0x20], secrets: [secret]))
        #expect(!WebhookSignature.verify(header, body: body, secrets: []))
    }

    @Test(arguments: [
        "", "hmacsha256=", "zz", "00", "cb16de1455e72898385b68a2102bda6a054fd90fd3e16a4022a3892dcb119b00",
        String(repeating: "0", count: 64), String(repeating: "ü", count: 64),
    ])
    func `anything else is refused`(header: String) {
        #expect(!WebhookSignature.verify(header, body: body, secrets: [secret]))
    }

    @Test(arguments: [
        (
            "2f1c9b1e-7f6a-4a53-9f2e-0a4d3f0c8b11", "demo-client-secret",
            "0caf36eb5ac37a17cd2b2b14fdb140c205d03fdc8009b8337727306482ee0616"
        ),
        (
            "3f2b1c64-7a0e-4d4f-9c1b-5a6f0e9d2b77", "rsc-sim-child-secret-01",
            "6d3ddd1429f27c0715e9df85a381d77f3013657c6265604bfe637f88f942f877"
        ),
    ])
    func `the challenge is answered as in the reference`(code: String, secret: String, response: String) {
        #expect(WebhookChallenge(code: code).response(secret: secret) == response)
    }

    @Test(arguments: [
        #"{"type":"INTEGRATION_STATUS_CHANGE","id":"42","expiresAt":7}"#,
        #"{"type":"INTEGRATION_STATUS_CHANGE","id":42}"#,
        #"{"eventType":"INTEGRATION_STATUS_CHANGE","requestId":"42","more":{}}"#,
    ])
    func `a notification is read in every spelling`(text: String) throws {
        let event = try #require(PushNotification(json: JSONValue(parsing: Array(text.utf8))))
        #expect(event.type == PushNotification.integrationStatusChange)
        #expect(event.id == "42")
    }
}

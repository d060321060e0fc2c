// SPDX-License-Identifier: Apache-2.0

import Crypto
import Domain
import HTTPTypes
import Hummingbird
import JSONBytes
import LinkedIn
import Store

/// Where LinkedIn calls us: one address per customer, which tells whose secret signs.
///
/// A push is verified over its raw bytes, stored, and only then answered; what it asks for is done later. Any 2xx means
/// delivered, and LinkedIn may deliver twice (modules-3-5, A.4.4, documented).
struct CallbackRoutes: Sendable {
    let store: Store
    let time: any Timekeeper
    let signal: SyncSignal
    let limits: ConnectorLimits
    let metrics: IntakeMetrics
    let secrets: CallbackSecrets

    var endpoints: [Endpoint] {
        [
            .open(.get, "/callbacks/linkedin/{customer}", challenge),
            .open(.post, "/callbacks/linkedin/{customer}", push),
        ]
    }

    /// LinkedIn checks that the address is ours; it waits three seconds (modules-3-5, A.3, documented).
    private func challenge(_ call: Call) async throws -> Response {
        guard let code = call.query["challengeCode"], (1...200).contains(code.utf8.count) else {
            throw HTTPProblem.badParameter("challengeCode", "LinkedIn sends one of 1 to 200 characters")
        }
        let challenge = WebhookChallenge(code: code, applicationID: call.query["applicationId"])
        let known = try await secrets.secrets(of: call.values[0], application: challenge.applicationID)
        let answer = challenge.response(secret: known.secrets[0])
        return .json { json in
            json.member("challengeCode", code)
            json.member("challengeResponse", answer)
        }
    }

    private func push(_ call: Call) async throws -> Response {
        let known = try await secrets.secrets(of: call.values[0], application: nil)
        let body = try await call.wholeBody(limit: limits.recordBytes, patience: limits.bodyPatience)
        let bytes = Array(body.readableBytesView)
        guard let name = HTTPField.Name(WebhookSignature.header), let signature = call.request.headers[name],
            WebhookSignature.verify(signature, body: bytes, secrets: known.secrets)
        else {
            metrics.push(.refused)
            throw HTTPProblem.badSignature()
        }
        let event = Self.eventID(bytes)
        let now = time.now()
        let isNew = try await store.write {
            try $0.storePush(customer: known.customer, eventID: event, body: bytes, at: now)
        }
        metrics.push(isNew ? .stored : .repeated)
        if isNew { signal.pushStored(known.customer) }
        return .json { $0.member("stored", isNew) }
    }

    /// The notification's id, which repeats when LinkedIn delivers twice; without one, its content stands for it.
    private static func eventID(_ bytes: [UInt8]) -> String {
        if let json = try? JSONValue(parsing: bytes), let push = PushNotification(json: json), push.id.utf8.count <= 500
        {
            return push.id
        }
        return "sha256:" + SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

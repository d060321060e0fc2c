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
    let notes: ChallengeNotes

    private static let signature = HTTPField.Name(WebhookSignature.header)!

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
        let answer = try await secrets.response(to: challenge, for: call.values[0])
        notes.note(customer: try await secrets.customer(call.values[0]).customer, at: time.now())
        return .json { json in
            json.member("challengeCode", code)
            json.member("challengeResponse", answer)
        }
    }

    private func push(_ call: Call) async throws -> Response {
        let slug = call.values[0]
        let known = try await secrets.customer(slug)
        let body = Array(
            try await call.wholeBody(limit: limits.pushBytes, patience: limits.bodyPatience).readableBytesView)
        guard let shown = call.request.headers[Self.signature].flatMap(ShownSignature.init),
            await secrets.verify(shown, body, for: slug, known)
        else {
            metrics.push(.refused)
            throw HTTPProblem.badSignature()
        }
        let push = try read(body)
        let isNew = try await store.write { try $0.storePush(push, customer: known.customer) }
        metrics.push(isNew ? .stored : .repeated)
        if isNew { signal.pushStored(known.customer) }
        return isNew ? Self.stored : Self.repeated
    }

    /// - Throws: `HTTPProblem` 400 for what is no JSON: nothing of it could ever be read, so LinkedIn is told that it was not delivered.
    private func read(_ body: [UInt8]) throws -> StoredPush {
        let now = time.now()
        do {
            let notification = try body.withUnsafeBytes { try PushNotification.read($0) }
            // An id longer than any that is known (255, third party) is as good as none.
            guard let notification, (1...500).contains(notification.id.utf8.count), notification.type.utf8.count <= 200
            else { return StoredPush(id: Self.digest(body), type: "", body: body, receivedAt: now) }
            return StoredPush(
                id: notification.id, type: notification.type, body: body, receivedAt: now,
                expiresAt: notification.expiresAt.map(Millis.init))
        } catch let error as JSONError {
            metrics.push(.unreadable)
            throw HTTPProblem.malformedJSON(error)
        }
    }

    /// The content stands for an id that is missing.
    private static func digest(_ body: [UInt8]) -> String {
        "sha256:" + SHA256.hash(data: body).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static let stored = Response.json { $0.member("stored", true) }
    private static let repeated = Response.json { $0.member("stored", false) }
}

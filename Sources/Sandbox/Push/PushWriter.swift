// SPDX-License-Identifier: Apache-2.0

import JSONBytes

/// Makes push notifications: their body, their signature, and how long they live. Source: modules 3–5, A.4.
struct PushWriter: Sendable {
    let applications: Applications
    let switches: Switches
    let now: Moment

    /// - Parameters:
    ///   - url: the customer's `CALLBACK_URL`; nil when none is configured: then the event can only be asked for by
    ///     its id.
    ///   - subject: see `Push.subject`.
    func push(_ type: String, about subject: String, application: Int64, url: String?) -> Push {
        let requestID = Self.requestID()
        let expires = now + .seconds(switches.pushExpirySeconds)
        let body = body(type, requestID, expires)
        return Push(
            id: 0, application: application, url: url ?? "", type: type, requestID: requestID, subject: subject,
            body: body, signature: signature(of: body, application: application), created: now, expires: expires,
            ends: min(expires, now + .seconds(switches.pushLifeSeconds)), attempts: 0, next: url == nil ? nil : now,
            outcome: url == nil ? "no callback URL" : "not tried yet")
    }

    /// Field names: two independent third parties; the values of `type`: exported-candidates and LinkedIn's Postman
    /// collection (A.4.1 and A.4.2). UNVERIFIED: the types of `id` and `expiresAt` (J-2).
    private func body(_ type: String, _ requestID: String, _ expires: Moment) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("type")
        writer.string(type)
        writer.name("id")
        if switches.pushIDAsNumber, let number = Int64(requestID) {
            writer.int(number)
        } else {
            writer.string(requestID)
        }
        if !switches.pushOmitsExpiry {
            writer.name("expiresAt")
            writer.int(expires.millis)
        }
        writer.endObject()
        return writer.bytes
    }

    /// Signed with the customer's own application's newest secret, because the URL is that customer's (J-23).
    private func signature(of body: [UInt8], application number: Int64) -> String {
        let own = applications.application(number: number)
        let signer = switches.signWithParentSecret ? own?.parent.flatMap(applications.application(number:)) : own
        return PushSignature.header(body, secret: signer?.secrets.last ?? "", form: switches.signatureForm)
    }

    /// Ten digits, as in the samples.
    private static func requestID() -> String { String(Int64.random(in: 1_000_000_000...9_999_999_999)) }
}

// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Synchronization

/// Push notifications waiting to be sent, and callback URLs waiting for their ownership challenge. All of it is in
/// the world, so
/// nothing is lost by a restart; `PushSender` does the sending.
package final class PushQueue: Sendable {
    private let world: World
    private let clock: SandboxClock
    private let settings: Settings
    private let wake = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    init(world: World, clock: SandboxClock, settings: Settings) {
        self.world = world
        self.clock = clock
        self.settings = settings
    }

    /// Announces that an integration was enabled or disabled.
    ///
    /// - Parameter url: the customer's `CALLBACK_URL`; nil when none is configured: then the event can still be read
    ///   by its request id.
    /// - Returns: the request id, which `atsIntegrations?q=request&requestId=` answers for.
    @discardableResult
    package func integrationStatusChanged(
        _ integration: IntegrationID, application: Int64, url: String?
    ) async throws -> String {
        let now = clock.now()
        let expires = now + .seconds(settings.switches.pushLifeSeconds)
        let requestID = Self.requestID()
        var writer = JSONWriter()
        // Field names: two independent third parties; the value of `type`: LinkedIn's Postman collection (modules-3-5
        // A.4.1).
        writer.beginObject()
        writer.name("type")
        writer.string("INTEGRATION_STATUS_CHANGE")
        writer.name("id")
        writer.string(requestID)
        writer.name("expiresAt")
        writer.int(expires.millis)
        writer.endObject()
        let push = Push(
            id: 0, application: application, url: url ?? "", type: "INTEGRATION_STATUS_CHANGE", requestID: requestID,
            subject: integration.line, body: writer.bytes, created: now, expires: expires, attempts: 0,
            next: url == nil ? nil : now,
            outcome: url == nil ? "no callback URL" : "")
        try await world.write { tx in try tx.addPush(push) }
        signal()
        return requestID
    }

    /// What an event was about; nil when the application never got such an event, or it has expired.
    package func integration(ofRequest requestID: String, application: Int64) async throws -> IntegrationID? {
        let now = clock.now()
        return try await world.read { tx in try tx.pushSubject(requestID: requestID, application: application, now: now)
        }
        .flatMap(IntegrationID.init(line:))
    }

    /// A callback URL was set: it will be challenged, unless the switch is off.
    package func callbackConfigured(url: String, application: Int64) async throws {
        guard settings.switches.callbackValidation != .off else { return }
        let now = clock.now()
        try await world.write { tx in
            try tx.putCallbackCheck(
                CallbackCheck(
                    application: application, url: url, checked: now, next: now, failures: 0, outcome: "not checked yet"
                ))
        }
        signal()
    }

    /// Yields when there may be something to send at once.
    var wakes: AsyncStream<Void> { wake.stream }

    func signal() { wake.continuation.yield() }

    /// Ten digits, as in the samples.
    private static func requestID() -> String { String(Int64.random(in: 1_000_000_000...9_999_999_999)) }
}

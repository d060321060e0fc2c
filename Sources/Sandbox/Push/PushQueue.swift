// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Push notifications waiting to be sent, and callback URLs waiting for their ownership challenge. All of it is in
/// the world, so nothing is lost by a restart; `PushSender` does the sending.
package final class PushQueue: Sendable {
    private let world: World
    private let clock: SandboxClock
    private let settings: Settings
    private let applications: Applications
    private let wake = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    /// Callback URLs that somebody is sending to: one at a time, so that events keep their order.
    private let busy = Mutex<Set<String>>([])

    init(world: World, clock: SandboxClock, settings: Settings, applications: Applications) {
        self.world = world
        self.clock = clock
        self.settings = settings
        self.applications = applications
    }

    /// What makes notifications now.
    var writer: PushWriter {
        PushWriter(applications: applications, switches: settings.switches, now: clock.now())
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
        let push = writer.push(
            "INTEGRATION_STATUS_CHANGE", about: integration.line, application: application, url: url)
        try await world.write { tx in try tx.addPush(push) }
        signal()
        return push.requestID
    }

    /// What an event was about; nil when the application never got such an event, or it has expired.
    package func integration(ofRequest requestID: String, application: Int64) async throws -> IntegrationID? {
        let now = clock.now()
        return try await world.read { tx in try tx.pushSubject(requestID: requestID, application: application, now: now)
        }
        .flatMap(IntegrationID.init(line:))
    }

    /// A callback URL was set: it will be challenged, unless the switch is off, and those it replaced no more.
    package func callbackConfigured(url: String, application: Int64) async throws {
        guard settings.switches.callbackValidation != .off else { return }
        let now = clock.now()
        try await world.write { tx in
            try tx.dropUnusedCallbackChecks(application: application)
            try tx.putCallbackCheck(
                CallbackCheck(
                    application: application, url: url, checked: now, next: now, failures: 0, isBlocked: false,
                    outcome: "not checked yet"))
        }
        signal()
    }

    /// Yields when there may be something to send at once.
    var wakes: AsyncStream<Void> { wake.stream }

    func signal() { wake.continuation.yield() }

    /// - Returns: false when somebody is sending to this URL already.
    func occupy(_ url: String) -> Bool { busy.withLock { $0.insert(url).inserted } }

    func release(_ url: String) { busy.withLock { _ = $0.remove(url) } }
}

// SPDX-License-Identifier: Apache-2.0

import Logging

/// Posts due push notifications and challenges callback URLs. Loopback targets are fine: this is a sandbox.
///
/// URLs do not wait for each other, so a dead endpoint holds up nobody but itself; what happens to one URL is
/// `PushLane`'s.
struct PushSender: Sendable {
    let core: SandboxCore
    let faults: FaultInjector

    /// Sends what is due now, to every URL that nobody else is sending to.
    ///
    /// - Returns: notifications that were delivered.
    @discardableResult
    func deliverDue() async throws -> Int {
        let now = core.clock.now()
        let isChallenging = core.settings.switches.callbackValidation != .off
        let urls = try await core.world.read { tx in
            let checks = isChallenging ? try tx.callbackChecks().filter { $0.isDue(at: now) }.map(\.url) : []
            return Set(try tx.duePushURLs(at: now) + checks)
        }
        return await withTaskGroup(of: Int.self) { group in
            for url in urls where core.pushes.occupy(url) {
                group.addTask {
                    defer { core.pushes.release(url) }
                    return await deliver(to: url, now)
                }
            }
            return await group.reduce(0, +)
        }
    }

    private func deliver(to url: String, _ now: Moment) async -> Int {
        do {
            try await CallbackChallenger(core: core).challengeDue(url, at: now)
            return try await PushLane(core: core, faults: faults, url: url, now: now).run()
        } catch {
            core.logger.error("push notifications could not be sent", metadata: ["error": "\(error)"])
            return 0
        }
    }
}

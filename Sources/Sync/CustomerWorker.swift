// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import Logging
import Store

/// Everything that goes on for one customer while this process holds its lease.
final class CustomerWorker: Sendable {
    let scope: CustomerScope
    let lanes: [Lane]
    let tasks: TaskWatcher
    let duties: [any Duty]
    let keeper: IntegrationKeeper
    private let matches: MatchReader
    private let choices: ManualMatchWriter

    init(_ scope: CustomerScope) {
        self.scope = scope
        // Lanes of one endpoint group share one way, because LinkedIn wants one call after the other (C.2, documented).
        let groups = Dictionary(grouping: Plan.order(for: .put), by: \.group).mapValues {
            Turnstile($0[0].group, scope)
        }
        lanes = Plan.order(for: .put).map { Lane($0, groups[$0.group]!, scope) }
        tasks = TaskWatcher(scope)
        let keeper = IntegrationKeeper(scope)
        self.keeper = keeper
        duties = [Eraser(scope, lanes), Purger(scope), tasks, RecruiterPuller(scope), PushReader(scope, keeper)]
        let candidates = lanes.first { $0.kind == .candidate }!.turnstile
        matches = MatchReader(scope, candidates)
        choices = ManualMatchWriter(scope, candidates)
    }

    /// Runs one thing after the other until nothing may go now: for virtual time, where the order must not depend on threads.
    ///
    /// - Returns: when something may go next; nil when nothing will by itself.
    func pass() async throws -> Millis? {
        while true {
            var wakes = [try await keeper.tick()]
            let isEnabled = keeper.status == .enabled
            var settled = 0
            for lane in lanes where isEnabled {
                let run = try await drain(lane)
                settled += run.settled
                wakes.append(run.wake)
            }
            for duty in duties where isEnabled || !duty.needsEnabled {
                guard may(duty) else { continue }
                let run = try await duty.step()
                settled += run.settled
                wakes.append(run.wake)
            }
            let isDoubted = scope.doubtsIntegration
            if settled == 0 && !isDoubted { return wakes.compactMap(\.self).min() }
        }
    }

    /// Works side by side until the scope is stopped or the task cancelled. Returns when everything that was begun is settled.
    func run() async {
        await withDiscardingTaskGroup { group in
            for lane in lanes {
                group.addTask { await self.loop(on: self.scope.bell(lane.kind)) { try await self.drain(lane).wake } }
            }
            for duty in duties {
                group.addTask {
                    await self.loop(on: self.scope.bell(duty.name), needsEnabled: duty.needsEnabled) {
                        self.may(duty) ? try await duty.step().wake : nil
                    }
                }
            }
            group.addTask {
                await self.loop(on: self.scope.integrationBell, needsEnabled: false) { try await self.keeper.tick() }
            }
        }
    }

    /// At a contract's end nothing is fetched any more; jobs' tasks are watched, because closing a job is one.
    private func may(_ duty: any Duty) -> Bool {
        !scope.isEnding || duty.name == .erasures || duty.name == .jobTasks
    }

    private func drain(_ lane: Lane) async throws -> Lane.Run {
        var total = Lane.Run()
        while true {
            let run = try await lane.drain()
            total.settled += run.settled
            total.wake = run.wake
            // Writing choices and reading matches is what the candidates' lane does when it has nothing to send.
            guard lane.kind == .candidate, lane.turnstile.circuitNow.failures == 0, scope.mayBegin() else {
                return total
            }
            // Reading goes on while sending is paused.
            let chosen = scope.isPaused ? nil : try await choices.step()
            let (didRead, wake) = try await matches.step()
            if didRead { continue }
            total.wake = [run.wake, chosen, wake].compactMap(\.self).min()
            return total
        }
    }

    /// Runs `body` again whenever the bell rings, at the moment `body` names, and now and then, because another process may have stored work.
    private func loop(on bell: Bell, needsEnabled: Bool = true, _ body: @Sendable () async throws -> Millis?) async {
        while !scope.isStopping, !Task.isCancelled {
            var pause = scope.options.idlePoll
            if !needsEnabled || keeper.status == .enabled {
                do {
                    if let wake = try await body() { pause = min(pause, wake - scope.time.now()) }
                } catch is LeaseLost {
                    scope.stop()
                } catch {
                    // A full disk, a busy database: what is due stays due. The store's message holds no record's content.
                    scope.log.error(
                        "work on a customer failed and is tried again", metadata: [LogKey.error: "\(error)"])
                    pause = .seconds(1)
                }
            }
            guard !scope.isStopping else { return }
            await bell.wait(atMost: max(pause, .milliseconds(1)))
        }
    }
}

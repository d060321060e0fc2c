// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import Store

/// Asks LinkedIn how the tasks of submitted jobs ended, until each has.
final class TaskWatcher: Duty {
    let turnstile: Turnstile
    private let scope: CustomerScope

    /// A query of 50 task URNs stays below LinkedIn's 4 KB (check-job-taskstatus, documented); the client would tunnel a longer one.
    private static let most = 50

    init(_ scope: CustomerScope) {
        self.scope = scope
        turnstile = Turnstile(.jobTasks, scope)
    }

    var name: DutyName { .jobTasks }
    var needsEnabled: Bool { true }
    var turnstiles: [Turnstile] { [turnstile] }

    /// Asks for everything that is due.
    func step() async throws -> Lane.Run {
        var run = Lane.Run()
        while true {
            let (customer, now) = (scope.customer.number, scope.time.now())
            let (due, next) = try await scope.store.read { tx in
                (
                    try tx.tasks(customer: customer, dueBefore: now, limit: Self.most),
                    try tx.nextTask(customer: customer)
                )
            }
            guard !due.isEmpty else {
                run.wake = next
                return run
            }
            switch try await turnstile.pass(
                records: due.count, { [port = scope.port] in try await port.tasks(due.map(\.task)) })
            {
            case .answered(let found):
                try await settle(due) { poll, now in
                    TaskVerdict.result(
                        of: found[poll.task], poll: poll, at: now, schedule: scope.options.pace.jobTasks,
                        jitter: scope.options.jitter())
                }
                run.settled += due.count
            case .refused:
                // "Batch key parameter value is invalid": one of them is no task URN. They are asked again later, and given up after a day.
                try await settle(due) { poll, now in
                    TaskVerdict.result(
                        of: PortTask(status: PortTask.unread), poll: poll, at: now,
                        schedule: scope.options.pace.jobTasks, jitter: 0)
                }
            case .held(let until, _):
                run.wake = until
                return run
            }
        }
    }

    private func settle(_ due: [TaskPoll], _ result: (TaskPoll, Millis) -> TaskOutcome.Result) async throws {
        let (customer, now) = (scope.customer.number, scope.time.now())
        let outcomes = due.map { TaskOutcome(task: $0.task, result($0, now)) }
        var count = HistoryCount()
        count.rejected = outcomes.count { if case .failed = $0.result { true } else { false } }
        let (lease, ttl) = (try scope.lease.current(), scope.options.leaseLifetime)
        let renewed = try await scope.store.write { [count] tx in
            guard let renewed = try tx.renewLease(lease, now: now, ttl: ttl) else { throw LeaseLost() }
            try tx.settleTasks(outcomes, customer: customer, at: now)
            try tx.addHistory(count, kind: .job, customer: customer, at: now)
            return renewed
        }
        scope.lease.renewed(renewed)
        scope.ring([.job] + Plan.children(of: .job))
    }
}

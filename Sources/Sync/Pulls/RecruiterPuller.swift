// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import LinkedInClient
import Logging
import SQLFile
import Store
import Synchronization

/// Reads what recruiters did: seats, InMail, shared profiles, notes, closed accounts.
///
/// What to read next is `PullPlan`'s decision, how far everything was read is in the cursors. A page, its events and its cursor are one
/// commit, so that a crash repeats at most the page that was on the wire, and what is read twice changes nothing.
final class RecruiterPuller: Duty {
    private let scope: CustomerScope
    /// Seats, notes and shared profiles.
    private let recruiter: Turnstile
    private let inMail: Turnstile
    private let exports: Turnstile
    private let traces: TraceIndexer
    private let state = Mutex(State())

    private struct State {
        /// The latest moment seen: a clock that shows an earlier one was set back.
        var latest: Millis?
        /// Contracts for which LinkedIn knows only the finder that was there before.
        var legacy: Set<Int64> = []
    }

    /// What one call came to.
    private enum Outcome {
        case stored
        /// The list of seats was read to its end, so the cursors may be others now.
        case rosterChanged
        case held(until: Millis?)
    }

    init(_ scope: CustomerScope) {
        self.scope = scope
        recruiter = Turnstile(.recruiter, scope)
        inMail = Turnstile(.inMail, sharing: .recruiter, scope)
        exports = Turnstile(.exports, scope)
        traces = TraceIndexer(scope)
    }

    var name: DutyName { .pulls }
    var needsEnabled: Bool { true }
    var turnstiles: [Turnstile] { [recruiter, inMail, exports] }

    private var pace: PullPace { scope.options.pace.pulls }
    private var customer: Int64 { scope.customer.number }

    /// Reads everything that is due, as far as the budgets let it.
    func step() async throws -> Lane.Run {
        var run = Lane.Run()
        var cursors = try await load()
        var held: [EndpointGroup: Millis?] = [:]
        while true {
            let now = scope.time.now()
            let spare = try await spare(cursors, at: now)
            let next = PullPlan.next(cursors.values, at: now, spare: spare) { held[turnstile($0).group] != nil }
            guard case .call(let key) = next, let cursor = cursors[key] else {
                if case .wait(let until) = next { run.wake = ([until] + held.values).compactMap(\.self).min() }
                return run
            }
            let call = cursor.call(at: now, pace)
            switch try await pull(cursor, call, interval: interval(key.feed, cursors), &cursors) {
            case .stored: run.settled += 1
            case .rosterChanged:
                run.settled += 1
                cursors = try await load()
            case .held(let until): held[turnstile(key.feed).group] = .some(until)
            }
        }
    }

    private func turnstile(_ feed: PullFeed) -> Turnstile {
        switch feed {
        case .inMail: inMail
        case .seats, .notes, .stubProfiles: recruiter
        case .closedProfiles: exports
        }
    }

    private func interval(_ feed: PullFeed, _ cursors: [PullCursor.Key: PullCursor]) -> Duration {
        PullPlan.interval(feed, among: cursors.values, limit: recruiter.limits.requestsPerDay, pace)
    }

    /// Calls of today that history may take; nil without a limit.
    private func spare(_ cursors: [PullCursor.Key: PullCursor], at now: Millis) async throws -> Int? {
        guard let limit = recruiter.limits.requestsPerDay, cursors.keys.contains(where: \.isHistory) else { return nil }
        let spent = try await scope.budget(.recruiter).usage(at: now).requestsToday
        return limit - spent - PullPlan.reserve(Array(cursors.values), at: now, limit: limit, pace)
    }

    // MARK: One call

    private func pull(
        _ cursor: PullCursor, _ call: PullCall, interval: Duration, _ cursors: inout [PullCursor.Key: PullCursor]
    ) async throws -> Outcome {
        let (key, contract, owners) = (cursor.key, cursor.key.contract, cursor.owners)
        switch key.feed {
        case .seats:
            let isLegacy = state.withLock { $0.legacy.contains(contract) }
            return try await pull(cursor, call, interval, &cursors) { [port = scope.port] in
                try await port.seats(contract: contract, isLegacy: isLegacy, call)
            } store: { [pace, history = pace.history] intake, seats, isLast in
                let tx = intake.tx
                try tx.storeSeats(
                    seats, contract: contract, listedAt: call.window.from, customer: intake.customer, at: intake.now)
                guard isLast else { return }
                try tx.retireSeats(
                    contract: contract, notListedSince: call.window.from, customer: intake.customer)
                try Self.arrange(intake, history: history, pace)
            }
        case .inMail:
            return try await pull(cursor, call, interval, &cursors) { [port = scope.port] in
                try await port.inMails(seat: key.seat, call)
            } store: { intake, messages, _ in
                try intake.take(messages)
            }
        case .stubProfiles:
            return try await pull(cursor, call, interval, &cursors) { [port = scope.port] in
                try await port.sharedProfiles(contract: contract, owners: owners, call)
            } prepare: { [traces] profiles in
                // So that the last minutes' candidates are recognised, too.
                if !profiles.isEmpty { try await traces.catchUp() }
            } store: { intake, profiles, _ in
                try intake.take(profiles)
            }
        case .notes:
            return try await pull(cursor, call, interval, &cursors) { [port = scope.port] in
                try await port.recruiterNotes(contract: contract, owners: owners, call)
            } store: { intake, notes, _ in
                try intake.take(notes)
            }
        case .closedProfiles:
            return try await pull(cursor, call, interval, &cursors) { [port = scope.port] in
                try await port.closedAccounts(call)
            } store: { [receipts = scope.store.receipts] intake, accounts, _ in
                try intake.take(accounts, receipts: receipts)
            }
        }
    }

    /// Makes one call and stores its page, or what went wrong.
    private func pull<Item: Sendable>(
        _ cursor: PullCursor, _ call: PullCall, _ interval: Duration, _ cursors: inout [PullCursor.Key: PullCursor],
        fetch: @Sendable () async throws -> PulledPage<Item>,
        prepare: @Sendable ([Item]) async throws -> Void = { _ in },
        store: @escaping @Sendable (PullIntake, [Item], _ isLast: Bool) throws -> Void
    ) async throws -> Outcome {
        let key = cursor.key
        switch try await turnstile(key.feed).pass(records: 1, fetch) {
        case .answered(let page):
            try await prepare(page.items)
            let now = scope.time.now()
            let next = cursor.read(page, of: call, at: now, interval: interval, pace)
            let isLast = next?.window == nil
            try await commit { [customer] tx in
                let intake = PullIntake(tx: tx, customer: customer, contract: key.contract, now: now)
                try tx.countPull(key.feed, customer: customer, at: now)
                if let next {
                    try tx.savePull(next, customer: customer)
                } else {
                    try tx.removePull(key, customer: customer)
                }
                try store(intake, page.items, isLast)
            }
            cursors[key] = next
            if isLast, !key.feed.isList { PullMetrics.lag(key.feed, now - (next?.through ?? call.window.to)) }
            PullMetrics.call(key.feed, "read")
            return isLast && key.feed == .seats ? .rosterChanged : .stored
        case .refused(let failure):
            if failure.code == .notFound, key.feed == .seats,
                state.withLock({ $0.legacy.insert(key.contract).inserted })
            {
                return .stored
            }
            try await fail(cursor, failure, &cursors)
            return .stored
        case .held(let until, let failure):
            // What concerns this cursor alone must not keep the others waiting for ever, so it goes behind them.
            if let failure, failure.code == .forbidden || failure.code == .broken {
                try await fail(cursor, failure, &cursors)
            }
            return .held(until: until)
        }
    }

    private func fail(
        _ cursor: PullCursor, _ failure: PortFailure, _ cursors: inout [PullCursor.Key: PullCursor]
    ) async throws {
        let now = scope.time.now()
        let pause =
            cursor.failures < 6
            ? Verdict.pause(after: cursor.failures, scope.options.jitter())
            : max(RetryRule.longest, pace.interval(cursor.feed))
        let next = cursor.failed(
            failure.message, isRefused: [.refused, .notFound].contains(failure.code),
            until: now + max(pause, pace.spacing(cursor.feed)))
        try await commit { [customer] tx in
            try tx.countPull(cursor.feed, customer: customer, at: now)
            try tx.savePull(next, customer: customer)
        }
        cursors[cursor.key] = next
        PullMetrics.call(cursor.feed, "failed")
        scope.log.info(
            "a page of recruiter activity could not be read",
            metadata: [
                "pull.feed": "\(cursor.feed.rawValue)", LogKey.status: "\(failure.status ?? 0)",
                LogKey.requestID: "\(failure.requestID ?? "-")",
            ])
    }

    // MARK: Store

    private func commit(_ body: @escaping @Sendable (SQLTransaction) throws -> Void) async throws {
        let (now, lease, ttl) = (scope.time.now(), try scope.lease.current(), scope.options.leaseLifetime)
        let renewed = try await scope.store.write { tx in
            guard let renewed = try tx.renewLease(lease, now: now, ttl: ttl) else { throw LeaseLost() }
            try body(tx)
            return renewed
        }
        scope.lease.renewed(renewed)
    }

    /// The cursors of what may be read: of contracts that the customer enabled, and of the organization.
    private func load() async throws -> [PullCursor.Key: PullCursor] {
        let now = scope.time.now()
        let (stored, integrations) = try await scope.store.read { [customer] tx in
            (try tx.pullCursors(customer: customer), try tx.integrations(customer: customer))
        }
        let enabled = scope.customer.contracts.filter { contract in
            integrations.contains {
                $0.type == Onboarding.contractType && $0.context == ContractURN(number: contract).description
                    && $0.status == "ENABLED"
            }
        }
        var cursors = Dictionary(uniqueKeysWithValues: stored.map { ($0.key, $0) })
        for key in [PullCursor.Key(.closedProfiles)] + enabled.map({ .init(.seats, contract: $0) }) {
            cursors[key] = cursors[key] ?? PullCursor(key, through: Millis(0), dueAt: now)
        }
        cursors = cursors.filter { $0.key.contract == 0 || enabled.contains($0.key.contract) }
        return try await setBack(cursors, at: now)
    }

    /// A clock that goes backwards was ahead before: as much as it was ahead is read again.
    private func setBack(_ cursors: [PullCursor.Key: PullCursor], at now: Millis) async throws
        -> [PullCursor.Key: PullCursor]
    {
        let latest = state.withLock { state in
            defer { state.latest = now }
            return state.latest
        }
        let seen = latest.map { $0 - now } ?? .zero
        let changed = cursors.mapValues { cursor -> PullCursor in
            // A process that was not there when the clock changed sees only that a cursor is ahead of it.
            let ahead = cursor.through - now - pace.overlap
            let step = max(seen, ahead > .zero ? ahead + pace.window : .zero)
            return step > .zero ? cursor.setBack(by: step, at: now) : cursor
        }
        let moved = changed.values.filter { $0 != cursors[$0.key] }
        if !moved.isEmpty {
            try await commit { [customer] tx in for cursor in moved { try tx.savePull(cursor, customer: customer) } }
        }
        return changed
    }

    /// Gives a contract the cursors that its seats need.
    private static func arrange(_ intake: PullIntake, history: Duration, _ pace: PullPace) throws {
        let (tx, contract, customer) = (intake.tx, intake.contract, intake.customer)
        let cursors = try tx.pullCursors(customer: customer).filter { $0.key.contract == contract && !$0.feed.isList }
        let history = try tx.pullHistory(customer: customer) ?? history
        let arranged = PullRoster.cursors(
            cursors, contract: contract, seats: try tx.seats(contract: contract, customer: customer),
            origin: intake.now - history, at: intake.now, pace)
        if Set(arranged) != Set(cursors) { try tx.replacePulls(arranged, contract: contract, customer: customer) }
    }
}

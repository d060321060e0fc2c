// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import LinkedInClient
import Logging
import Store
import Synchronization

/// Reads what push notifications announce: exported members and changed integrations. Whatever else LinkedIn pushes is shown to the ATS.
///
/// A push ends in the transaction that stores what it announced, so that a crash anywhere repeats a reading and never an effect.
final class PushReader: Duty {
    private let scope: CustomerScope
    private let keeper: IntegrationKeeper
    private let exports: Turnstile
    private let traces: TraceIndexer
    private let tidiedAt = Mutex<Millis?>(nil)

    /// LinkedIn forgets what it announced after 24 hours (modules-3-5 A.4.4 and J-2, third party); the same holds when it names no end.
    static let lifetime: Duration = .seconds(86_400)
    /// A push that ended is kept for as long as LinkedIn may deliver it again, and for people who ask what came.
    private static let keptFor: Duration = .seconds(30 * 86_400)
    private static let most = 50

    /// What reading one push came to.
    private enum Outcome {
        case settled
        case postponed
        /// Nothing more of this type can be read now.
        case held(until: Millis?)
    }

    init(_ scope: CustomerScope, _ keeper: IntegrationKeeper) {
        self.scope = scope
        self.keeper = keeper
        exports = Turnstile(.exports, scope)
        traces = TraceIndexer(scope)
    }

    var name: DutyName { .pushes }
    /// An integration that is enabled is announced by a push.
    var needsEnabled: Bool { false }
    /// None of its own to show: exports share their budget with closed profiles, integrations theirs with the keeper.
    var turnstiles: [Turnstile] { [] }

    func step() async throws -> Lane.Run {
        var run = Lane.Run()
        var held: [String: Millis?] = [:]
        while scope.mayBegin() {
            let (customer, now, types) = (scope.customer.number, scope.time.now(), Array(held.keys))
            let (due, next) = try await scope.store.read { tx in
                (
                    try tx.pushesDue(customer: customer, at: now, excluding: types, limit: Self.most),
                    try tx.nextPush(customer: customer, after: now)
                )
            }
            guard !due.isEmpty else {
                run.wake = (Array(held.values) + [next]).compactMap(\.self).min()
                // The index of traces goes on in small steps, so that a push never waits for all of it.
                if try await !tidy(at: now) { run.wake = now }
                return run
            }
            for push in due where held[push.type] == nil {
                switch try await read(push) {
                case .settled: run.settled += 1
                case .postponed: break
                case .held(let until): held[push.type] = .some(until)
                }
            }
        }
        return run
    }

    private func read(_ push: StoredPush) async throws -> Outcome {
        switch push.type {
        case PushNotification.exportCandidateProfile:
            let passage = try await exports.pass(records: 1) { [port = scope.port] in
                try await port.exports(request: push.id)
            }
            return try await outcome(of: passage, push) { try await self.take($0, push) }
        case PushNotification.integrationStatusChange:
            // Whatever the request says, the integrations themselves are read anew.
            keeper.nudge()
            scope.integrationBell.ring()
            let passage = try await keeper.turnstile.pass(records: 1) { [port = scope.port] in
                try await port.integrations(request: push.id)
            }
            return try await outcome(of: passage, push) { try await self.take($0, push) }
        default:
            try await commit { intake in try intake.showUnknown(push) }
            return .settled
        }
    }

    private func outcome<Item: Sendable>(
        of passage: Turnstile.Passage<[Item]>, _ push: StoredPush, _ take: ([Item]) async throws -> Void
    ) async throws -> Outcome {
        switch passage {
        case .answered(let items) where !items.isEmpty:
            try await take(items)
            return .settled
        case .answered:
            return try await tryLater(push, "LinkedIn does not know the request yet")
        case .refused(let failure) where failure.code == .notFound:
            return try await tryLater(push, "LinkedIn does not know the request yet")
        case .refused(let failure):
            let status = failure.status.map { " (\($0))" } ?? ""
            try await commit { try $0.end(push, .refused, reason: "LinkedIn refused the request\(status)") }
            return .settled
        case .held(let until, let failure):
            // One that makes LinkedIn fail steps back behind the others.
            if let failure {
                _ = try await tryLater(push, "LinkedIn could not answer: \(failure.message)", notBefore: until)
            }
            return .held(until: until)
        }
    }

    private func take(_ exports: [PortExport], _ push: StoredPush) async throws {
        let customer = scope.customer.number
        let isKnown = try await scope.store.read { tx in
            try exports.allSatisfy { try tx.candidate(ofPerson: $0.person, customer: customer) != nil }
        }
        if !isKnown { try await traces.catchUp() }
        try await commit { intake in try intake.take(exports, push) }
        scope.ring([.candidate])
    }

    private func take(_ integrations: [PortIntegration], _ push: StoredPush) async throws {
        try await commit { intake in try intake.take(integrations, push) }
    }

    /// The wait doubles from five seconds to an hour, until LinkedIn has forgotten the request.
    private func tryLater(_ push: StoredPush, _ reason: String, notBefore: Millis? = nil) async throws -> Outcome {
        let now = scope.time.now()
        if now >= push.expiresAt ?? (push.receivedAt + Self.lifetime) {
            try await commit { try $0.end(push, .expired, reason: "\(reason); its time is over") }
            return .settled
        }
        let pause = min(Duration.seconds(5) * (1 << min(push.attempts, 10)), .seconds(3600))
        let next = max(now + pause, notBefore ?? now)
        let customer = scope.customer.number
        try await commit { try $0.tx.postponePush(push.id, until: next, reason: reason, customer: customer) }
        return .postponed
    }

    /// Stores under the lease: a process that lost it must not settle anything.
    private func commit(_ body: @escaping @Sendable (PushIntake) throws -> Void) async throws {
        let (customer, now, ttl) = (scope.customer, scope.time.now(), scope.options.leaseLifetime)
        let lease = try scope.lease.current()
        let renewed = try await scope.store.write { tx in
            guard let renewed = try tx.renewLease(lease, now: now, ttl: ttl) else { throw LeaseLost() }
            try body(PushIntake(tx: tx, customer: customer, now: now))
            return renewed
        }
        scope.lease.renewed(renewed)
    }

    /// What is done when nothing else is.
    ///
    /// - Returns: whether nothing is left of it.
    private func tidy(at now: Millis) async throws -> Bool {
        let isDone = try await traces.keepUp()
        guard tidiedAt.withLock({ $0.map { $0 + .seconds(86_400) <= now } ?? true }) else { return isDone }
        tidiedAt.withLock { $0 = now }
        let customer = scope.customer.number
        try await scope.store.write { try $0.prunePushes(customer: customer, settledBefore: now - Self.keptFor) }
        return isDone
    }
}

// SPDX-License-Identifier: Apache-2.0

import Domain
import Logging
import Store

/// Brings erasures to their end: the lanes delete, this reads LinkedIn back, has the bytes overwritten and signs the receipt.
///
/// Every step is a commit that moves the erasure's state, and may be done twice: a process that dies is followed by one that does the step
/// again. What waits (a disabled integration, a quota, LinkedIn out of order) says so in `because`.
final class Eraser: Duty {
    private let scope: CustomerScope
    /// The lanes' own: a reading counts against the quota of the records it is about.
    private let ways: [RecordKind: Turnstile]

    /// Records that are marked in one commit at a contract's end: others wait for it.
    private static let slice = 500
    /// Rows that are deleted in one commit there.
    private static let rows = 2_000
    /// After so many readings that proved nothing, the receipt says so.
    static let mostRounds = 6
    /// How long LinkedIn may be unable to answer the reading.
    static let patience: Duration = .seconds(3 * 86_400)

    init(_ scope: CustomerScope, _ lanes: [Lane]) {
        self.scope = scope
        ways = Dictionary(uniqueKeysWithValues: lanes.map { ($0.kind, $0.turnstile) })
    }

    var name: DutyName { .erasures }
    var needsEnabled: Bool { false }
    var turnstiles: [Turnstile] { [] }

    func step() async throws -> Lane.Run {
        var run = Lane.Run()
        while scope.mayBegin() {
            let (customer, now) = (scope.customer.number, scope.time.now())
            let (due, next, status, isEnding) = try await scope.store.read { tx in
                (
                    try tx.erasuresDue(customer: customer, at: now), try tx.nextErasure(customer: customer),
                    try tx.customer(number: customer)?.status ?? .pending, try tx.isEnding(customer: customer)
                )
            }
            if isEnding { scope.end() }
            run.wake = next
            guard !due.isEmpty else { return run }
            for erasure in due where scope.mayBegin() {
                if try await advance(erasure, status) { run.settled += 1 }
            }
        }
        return run
    }

    /// - Returns: whether something moved.
    private func advance(_ erasure: Erasure, _ status: IntegrationState) async throws -> Bool {
        switch erasure.state {
        case .marking: try await mark(erasure)
        case .deleting: try await watch(erasure, status)
        case .proving: try await prove(erasure, status)
        case .clearing: try await clear(erasure)
        case .sealing: try await seal(erasure)
        case .finished: false
        }
    }

    private func mark(_ erasure: Erasure) async throws -> Bool {
        var hasMore = true
        while hasMore, scope.mayBegin() {
            hasMore = try await write { tx, customer, now in
                if try tx.markMore(erasure: erasure.id, customer: customer, limit: Self.slice, at: now) { return true }
                try tx.move(erasure: erasure, customer: customer, to: .deleting, due: now, because: nil, at: now)
                return false
            }
        }
        scope.ring(RecordKind.allCases)
        return true
    }

    /// Looks whether the lanes are through.
    private func watch(_ erasure: Erasure, _ status: IntegrationState) async throws -> Bool {
        let isPaused = scope.isPaused
        let moved = try await write { tx, customer, now -> Bool in
            let items = try tx.items(erasure: erasure.id, customer: customer)
            let left = items[.pending] ?? 0
            guard left > 0 else {
                let isHeld = items.keys.contains { $0 != .neverHeld }
                try tx.move(
                    erasure: erasure, customer: customer, to: isHeld ? .proving : .clearing, due: now,
                    because: erasure.round > 0 ? erasure.because : nil, at: now)
                return true
            }
            if status == .pending || status == .requested,
                try tx.dropNeverSent(erasure: erasure.id, customer: customer, limit: Self.slice, at: now) > 0
            {
                return true
            }
            let refused = try tx.refusedDeletions(erasure: erasure.id, customer: customer, limit: Self.slice)
            if !refused.isEmpty, erasure.round >= Self.mostRounds {
                try tx.giveUp(refused.map(\.item), erasure: erasure.id, customer: customer)
                try tx.move(
                    erasure: erasure, customer: customer, to: .deleting, due: now,
                    because: "LinkedIn refused to delete", at: now)
                return true
            }
            for (item, _) in refused { try tx.retry(customer: customer, key: item.key, at: now) }
            let pause = refused.isEmpty ? Self.look(status) : Self.pause(erasure.round)
            try tx.move(
                erasure: erasure, customer: customer, to: .deleting, due: now + pause,
                round: refused.isEmpty ? nil : erasure.round + 1,
                because: Self.because(left, refused.count, status, isPaused),
                at: now)
            return false
        }
        if status == .enabled { scope.ring(RecordKind.allCases) }
        return moved
    }

    private func clear(_ erasure: Erasure) async throws -> Bool {
        guard try await clearAll(erasure) else { return false }
        return try await write { tx, customer, now in
            try tx.clear(erasure, customer: customer, because: erasure.because, at: now)
            return true
        }
    }

    /// At a contract's end takes the rows away slice by slice, so that no other customer waits for all of them.
    ///
    /// - Returns: false when the process is stopping and there is more.
    private func clearAll(_ erasure: Erasure) async throws -> Bool {
        guard erasure.kind == .everything else { return true }
        while try await write({ tx, customer, _ in try tx.clearMore(erasure, customer: customer, limit: Self.rows) }) {
            guard scope.mayBegin() else { return false }
        }
        return true
    }

    private func seal(_ erasure: Erasure) async throws -> Bool {
        guard try await clearAll(erasure) else { return false }
        guard try await scope.store.emptyLog() else {
            return try await write { tx, customer, now in
                try tx.move(
                    erasure: erasure, customer: customer, to: .sealing, due: now + .seconds(2),
                    because: "another process still reads the database; its log is overwritten afterwards", at: now)
                return false
            }
        }
        let (key, overwritten) = (scope.store.receipts, scope.time.now())
        _ = try await write { tx, customer, now in
            try tx.seal(erasure, customer: customer, key: key, overwrittenAt: overwritten, at: now)
            return true
        }
        scope.log.info("an erasure is finished", metadata: ["erasure.id": "\(erasure.id)"])
        // Nothing of the customer is left to work on, not even the lease.
        if erasure.kind == .everything { scope.stop() }
        return true
    }

    /// A commit under the lease.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (StoreTransaction, _ customer: Int64, _ now: Millis) throws -> Value
    ) async throws -> Value {
        let (customer, now, lease, ttl) = (
            scope.customer.number, scope.time.now(), try scope.lease.current(), scope.options.leaseLifetime
        )
        let (value, renewed) = try await scope.store.write { tx in
            guard let renewed = try tx.renewLease(lease, now: now, ttl: ttl) else { throw LeaseLost() }
            return (try body(tx, customer, now), renewed)
        }
        scope.lease.renewed(renewed)
        return value
    }

    /// Between two tries that failed: a minute at first, then longer, some hours in all.
    static func pause(_ round: Int) -> Duration { .seconds(60 * (1 << (2 * min(round, 4)))) }

    private static func look(_ status: IntegrationState) -> Duration {
        status == .enabled ? .seconds(15) : .seconds(120)
    }

    private static func because(_ left: Int, _ refused: Int, _ status: IntegrationState, _ isPaused: Bool) -> String {
        if isPaused {
            return
                "sending is paused: LinkedIn is told to delete when somebody resumes it; what was held here is gone already"
        }
        if refused > 0 { return "LinkedIn refused to delete \(refused) of \(left) records; it is asked again" }
        return switch status {
        case .enabled: "\(left) records are left to be deleted at LinkedIn"
        case .disabled, .requested, .pending:
            "the integration is not enabled: LinkedIn takes no deletion until it is; what was held here is gone already"
        }
    }
}

extension Eraser {
    // MARK: Reading back

    /// Asks LinkedIn whether it still has what it confirmed to have deleted.
    private func prove(_ erasure: Erasure, _ status: IntegrationState) async throws -> Bool {
        guard status == .enabled else {
            return try await stay(
                erasure, .seconds(120), "the integration is not enabled: LinkedIn cannot be read back")
        }
        // At a contract's end the children are too many for a call per parent; they go with what is read (protocol reference D.3).
        let kinds: [RecordKind] =
            erasure.kind == .everything
            ? [.application, .candidate] : RecordKind.allCases.reversed().filter(Self.isReadable)
        for kind in kinds {
            while let batch = try await batch(erasure, kind) {
                if let obstacle = try await read(batch, of: erasure) {
                    return try await held(erasure, obstacle)
                }
            }
        }
        return try await conclude(erasure)
    }

    /// Jobs are closed and not deleted (protocol reference D.1); permissions hold nobody's data.
    private static func isReadable(_ kind: RecordKind) -> Bool { kind != .job && !kind.isPermission }

    /// The next records of one kind, all under one parent.
    private func batch(_ erasure: Erasure, _ kind: RecordKind) async throws -> [ErasureItem]? {
        let (customer, limit) = (scope.customer.number, ways[kind]?.largestCall ?? 0)
        let items = try await scope.store.read {
            try $0.itemsToProve(erasure: erasure.id, customer: customer, kind: kind, limit: limit)
        }
        guard let parent = items.first?.key.parent else { return nil }
        return Array(items.prefix { $0.key.parent == parent })
    }

    private struct Obstacle: Sendable {
        var until: Millis?
        var failure: PortFailure?
    }

    /// - Returns: what kept the call from being made or answered; nil when it was.
    private func read(_ items: [ErasureItem], of erasure: Erasure) async throws -> Obstacle? {
        guard let key = items.first?.key, let way = ways[key.kind] else { return Obstacle() }
        let ids = items.map(\.key.id)
        let proofs: [ErasureProof]
        switch try await way.pass(
            records: items.count, { [port = scope.port] in try await port.held(key.kind, parent: key.parent, ids: ids) }
        )
        {
        case .answered(let reading):
            proofs = zip(items, reading.presence).map { ErasureProof($0, $1.result, requestID: reading.requestID) }
        case .refused(let failure):
            // A child's path names its parent: 404 for the whole call is that the parent is gone, and the child with it.
            let isGone = failure.code == .notFound && key.kind.parent != nil
            proofs = items.map { ErasureProof($0, isGone ? .gone : .unknown, requestID: failure.requestID) }
        case .held(let until, let failure):
            return Obstacle(until: until, failure: failure)
        }
        _ = try await write { tx, customer, now in
            try tx.settleProofs(proofs, erasure: erasure.id, customer: customer, at: now)
        }
        return nil
    }

    /// LinkedIn could not be asked. After days of that the receipt says so.
    private func held(_ erasure: Erasure, _ obstacle: Obstacle) async throws -> Bool {
        let now = scope.time.now()
        let why = obstacle.failure.map { "LinkedIn cannot be read back: \($0.message)" }
        if obstacle.failure != nil, let deleted = erasure.deletedAt, now - deleted > Self.patience {
            return try await write { tx, customer, now in
                try tx.move(erasure: erasure, customer: customer, to: .clearing, due: now, because: why, at: now)
                return true
            }
        }
        return try await stay(
            erasure, max((obstacle.until ?? now + .seconds(15)) - now, .milliseconds(1)),
            why ?? "the readings wait for LinkedIn's quota")
    }

    private func conclude(_ erasure: Erasure) async throws -> Bool {
        try await write { tx, customer, now in
            let items = try tx.items(erasure: erasure.id, customer: customer)
            let (back, unread) = (items[.pending] ?? 0, try tx.unread(erasure: erasure.id, customer: customer))
            let round = erasure.round + 1
            if back == 0 && unread == 0 {
                try tx.move(erasure: erasure, customer: customer, to: .clearing, due: now, because: nil, at: now)
            } else if erasure.round >= Self.mostRounds {
                let why =
                    back > 0
                    ? "LinkedIn still shows what it confirmed to have deleted"
                    : "LinkedIn did not say whether it is gone"
                try tx.move(erasure: erasure, customer: customer, to: .clearing, due: now, because: why, at: now)
            } else if back > 0 {
                // The lanes delete once more; the next reading comes later.
                try tx.move(
                    erasure: erasure, customer: customer, to: .deleting, due: now + Self.pause(erasure.round),
                    round: round,
                    because: "LinkedIn still shows \(back) records; they are deleted once more", at: now)
            } else {
                try tx.reopenProofs(erasure: erasure.id, customer: customer)
                try tx.move(
                    erasure: erasure, customer: customer, to: .proving, due: now + Self.pause(erasure.round),
                    round: round,
                    because: "LinkedIn did not say whether \(unread) records are gone; it is asked again", at: now)
            }
            return true
        }
    }

    private func stay(_ erasure: Erasure, _ pause: Duration, _ because: String) async throws -> Bool {
        try await write { tx, customer, now in
            try tx.move(
                erasure: erasure, customer: customer, to: erasure.state, due: now + pause, because: because, at: now)
            return false
        }
    }
}

extension PortReading.Presence {
    fileprivate var result: ErasureProof.Result {
        switch self {
        case .absent: .gone
        case .present: .stillThere
        case .unknown: .unknown
        }
    }
}

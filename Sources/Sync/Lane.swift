// SPDX-License-Identifier: Apache-2.0

import Domain
import Logging
import Store
import Synchronization

/// The one sequential stream of one customer's records of one kind to LinkedIn.
///
/// While a batch is on the wire the batch before it is settled and the next one claimed, in one commit. A crash between a call and its
/// commit repeats the call, which is harmless because LinkedIn's writes replace (protocol reference, section 3).
final class Lane: Sendable {
    /// What one run came to.
    struct Run: Sendable {
        var settled = 0
        /// When to run again; nil when only a ring can bring work.
        var wake: Millis?
    }

    private struct State {
        var size = CallSize()
        var turn: Plan.Verb?
        var inFlight = 0
        var nextAt: Millis?
    }

    private struct Batch: Sendable {
        var verb: Plan.Verb
        var records: [DueRecord]
    }

    private struct Turnover: Sendable {
        var batch: Batch?
        var wake: Millis?
    }

    let kind: RecordKind
    let turnstile: Turnstile
    private let scope: CustomerScope
    private let state = Mutex(State())

    /// - Parameter turnstile: shared by the lanes of one endpoint group.
    init(_ kind: RecordKind, _ turnstile: Turnstile, _ scope: CustomerScope) {
        self.kind = kind
        self.scope = scope
        self.turnstile = turnstile
    }

    var inFlight: Int { state.withLock { $0.inFlight } }
    var nextAt: Millis? { state.withLock { $0.nextAt } }

    /// Sends until nothing may go now.
    ///
    /// - Throws: `StoreError`, `LeaseLost`. Nothing is lost by it: what was not settled is still due.
    func drain() async throws -> Run {
        var run = Run()
        defer { state.withLock { [wake = run.wake] in $0.nextAt = wake } }
        var unsettled: SendReport?
        var turn = try await turnover(settling: nil, besides: [])
        while let batch = turn.batch {
            let besides = Set(batch.records.map(\.rid))
            async let sending = send(batch)
            let next: Turnover
            do {
                next = try await turnover(settling: unsettled, besides: besides)
            } catch {
                _ = try? await sending
                throw error
            }
            let report = try await sending
            run.settled += report.outcomes.count
            if let pause = report.pause {
                try await settle(report)
                run.wake = pause.until
                return run
            }
            if next.batch == nil {
                unsettled = nil
                turn = try await turnover(settling: report, besides: [])
            } else {
                unsettled = report
                turn = next
            }
        }
        run.wake = turn.wake
        return run
    }

    // MARK: Store

    /// Settles what is known and claims what comes next, in one commit, under the lease.
    private func turnover(settling report: SendReport?, besides: Set<Int64>) async throws -> Turnover {
        guard scope.mayBegin() || report != nil else { return Turnover() }
        let (customer, kind, now, lease) = (scope.customer.number, kind, scope.time.now(), try scope.lease.current())
        let (ttl, matchPollAfter) = (scope.options.leaseLifetime, scope.options.pace.matches.pause(before: 0))
        let (limit, verbs) = state.withLock { ($0.size.records, Plan.turn(after: $0.turn)) }
        let mayClaim = scope.mayBegin()
        let isEnding = scope.isEnding
        let (turn, isPaused, renewed) = try await scope.store.write { tx -> (Turnover, Bool, Lease) in
            guard let renewed = try tx.renewLease(lease, now: now, ttl: ttl) else { throw LeaseLost() }
            if let report { try report.settle(tx, customer, kind, at: now, matchPollAfter: matchPollAfter) }
            // Read in the commit that claims: after a pause was stored no batch is begun, whichever process stored it.
            let isPaused = try tx.pausedSince(customer: customer) != nil && !isEnding
            guard mayClaim, !isPaused else { return (Turnover(), isPaused, renewed) }
            for verb in verbs {
                let due = try tx.claimDue(
                    customer: customer, kind: kind, deletions: verb == .delete, limit: limit, excluding: besides,
                    at: now)
                if !due.isEmpty { return (Turnover(batch: Batch(verb: verb, records: due)), false, renewed) }
            }
            let wake = besides.isEmpty ? try tx.nextDue(customer: customer, kind: kind) : nil
            return (Turnover(wake: wake), false, renewed)
        }
        scope.lease.renewed(renewed)
        scope.setPaused(isPaused)
        if let verb = turn.batch?.verb { state.withLock { $0.turn = verb } }
        if let report { announce(report) }
        return turn
    }

    private func settle(_ report: SendReport) async throws {
        guard !report.isEmpty else { return }
        let (customer, kind, now, lease, ttl) = (
            scope.customer.number, kind, scope.time.now(), try scope.lease.current(), scope.options.leaseLifetime
        )
        let matchPollAfter = scope.options.pace.matches.pause(before: 0)
        let renewed = try await scope.store.write { tx in
            guard let renewed = try tx.renewLease(lease, now: now, ttl: ttl) else { throw LeaseLost() }
            try report.settle(tx, customer, kind, at: now, matchPollAfter: matchPollAfter)
            return renewed
        }
        scope.lease.renewed(renewed)
        announce(report)
    }

    /// Wakes those who may have waited for what was settled.
    private func announce(_ report: SendReport) {
        SyncMetrics.records(kind, report.outcomes)
        let accepted = report.outcomes.filter { $0.result == .accepted }
        if accepted.contains(where: { $0.sent != nil }) { scope.ring(Plan.released(by: .put, of: kind)) }
        if report.outcomes.contains(where: { $0.sent == nil }) { scope.bell(.erasures).ring() }
        if accepted.contains(where: { $0.sent == nil }) { scope.ring(Plan.released(by: .delete, of: kind)) }
        if kind == .job { scope.bell(.jobTasks).ring() }
        scope.ring(Set(report.unknownParents.map(\.kind)))
    }
}

extension Lane {
    // MARK: LinkedIn

    private func send(_ batch: Batch) async throws -> SendReport {
        state.withLock { $0.inFlight = batch.records.count }
        defer { state.withLock { $0.inFlight = 0 } }
        var report = SendReport()
        for call in Call.split(batch.records, verb: batch.verb, most: turnstile.largestCall) {
            try await perform(call, into: &report)
            if report.pause != nil { break }
        }
        return report
    }

    private func perform(_ call: Call, into report: inout SendReport) async throws {
        // A hundredth of the minute is kept for changes that somebody waits for: a back-fill that has spent the rest does not hold them up.
        let isInteractive = call.records.first?.priority == .interactive
        let reserve = isInteractive ? 0 : (turnstile.limits.recordsPerMinute ?? 0) / 100
        switch try await turnstile.pass(
            records: call.records.count, leaving: reserve, { [self] in try await transmit(call) })
        {
        case .answered(let answers):
            state.withLock { $0.size.grow() }
            judge(call, answers, into: &report)
        case .refused(let failure):
            try await refused(call, failure, into: &report)
        case .held(let until, let failure):
            report.pause = SendReport.Pause(until: until)
            if failure?.code == .throttled { report.throttled += 1 }
            guard let failure, failure.code == .broken, turnstile.circuitNow.failures > 1 else { return }
            // One record that breaks LinkedIn must not stand before the others for ever: smaller calls, and at last it alone steps back.
            state.withLock { $0.size.shrink() }
            if call.records.count == 1 {
                let answer = PortAnswer(status: failure.status ?? 503, requestID: failure.requestID)
                judge(call, [answer], into: &report)
            }
        }
    }

    /// LinkedIn blamed the content of the whole call: halves are tried until the culprit stands alone.
    private func refused(_ call: Call, _ failure: PortFailure, into report: inout SendReport) async throws {
        if failure.code == .notFound, !call.parent.isEmpty || call.verb == .delete {
            let answer = PortAnswer(
                status: 404, message: failure.answer ?? failure.message, requestID: failure.requestID)
            return judge(call, call.records.map { _ in answer }, into: &report)
        }
        if failure.code == .notFound {
            report.pause = SendReport.Pause(
                until: turnstile.failed("LinkedIn does not know the address of this endpoint: \(failure.message)"))
            return
        }
        guard call.records.count > 1 else {
            let status = failure.status ?? 400
            return judge(
                call,
                [PortAnswer(status: status, message: failure.answer ?? failure.message, requestID: failure.requestID)],
                into: &report)
        }
        if failure.code == .tooLarge { state.withLock { $0.size.shrink() } }
        var parts = SendReport()
        for half in call.halves where parts.pause == nil { try await perform(half, into: &parts) }
        let isRefused = parts.outcomes.map { if case .rejected = $0.result { true } else { false } }
        if isRefused.count == call.records.count, isRefused.count >= 8, isRefused.allSatisfy(\.self) {
            // Every single one: then it is not the data but us, the address or LinkedIn. Nothing is rejected, the lane pauses.
            report.pause = SendReport.Pause(until: turnstile.failed("LinkedIn refused whole calls: \(failure.message)"))
            return
        }
        report.outcomes += parts.outcomes
        report.unknownParents.formUnion(parts.unknownParents)
        report.throttled += parts.throttled
        report.pause = parts.pause
    }

    private func transmit(_ call: Call) async throws -> [PortAnswer] {
        let organization = scope.customer.organization
        return switch (kind, call.verb) {
        case (.job, _):
            try await scope.port.submitJobs(call.records.map { BodySplice.job($0, organization: organization) })
        case (.acl, .put), (.assignee, .put):
            try await scope.port.putPermissions(call.records.map(\.key))
        case (.acl, .delete), (.assignee, .delete):
            try await scope.port.deletePermissions(call.records.map(\.key))
        case (_, .put):
            try await scope.port.put(
                kind, parent: call.parent,
                call.records.map { PortItem(id: $0.key.id, body: BodySplice.body($0)) })
        case (_, .delete):
            try await scope.port.delete(kind, parent: call.parent, ids: call.records.map(\.key.id))
        }
    }

    private func judge(_ call: Call, _ answers: [PortAnswer], into report: inout SendReport) {
        let now = scope.time.now()
        let pollAt = scope.options.pace.jobTasks.next(round: 0, after: now)
        var isThrottled = false
        for (index, record) in call.records.enumerated() {
            let answer = index < answers.count ? answers[index] : PortAnswer(status: 0)
            let verdict = Verdict(answer, for: record, at: now, pollAt: pollAt, jitter: scope.options.jitter())
            report.outcomes.append(
                Outcome(record, verdict.result, requestID: answer.requestID, status: answer.status))
            if verdict.parentIsUnknown, let parent = kind.owner {
                report.unknownParents.insert(RecordKey(parent, id: record.key.parent))
            }
            isThrottled = isThrottled || answer.status == 429
        }
        guard isThrottled else { return }
        report.throttled += 1
        report.pause = SendReport.Pause(until: turnstile.throttled())
    }
}

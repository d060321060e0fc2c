// SPDX-License-Identifier: Apache-2.0

import Domain
import Store

/// Writes to LinkedIn which members candidates are. Runs in the candidates' lane, because LinkedIn wants the calls of one group in sequence.
struct ManualMatchWriter: Sendable {
    private let scope: CustomerScope
    private let turnstile: Turnstile

    init(_ scope: CustomerScope, _ turnstile: Turnstile) {
        self.scope = scope
        self.turnstile = turnstile
    }

    /// Writes everything that is due.
    ///
    /// - Returns: when to come again; nil when nothing waits for its time.
    func step() async throws -> Millis? {
        var most = turnstile.largestCall
        while true {
            let (customer, now, limit) = (scope.customer.number, scope.time.now(), most)
            let (due, next) = try await scope.store.read { tx in
                (
                    try tx.manualMatchesDue(customer: customer, at: now, limit: limit),
                    try tx.nextManualMatch(customer: customer, after: now)
                )
            }
            guard !due.isEmpty else { return next }
            let choices = due.map { (candidate: $0.candidate, person: $0.person) }
            let passage = try await turnstile.pass(records: due.count) { [port = scope.port] in
                try await port.choose(choices)
            }
            switch passage {
            case .answered(let answers):
                try await settle(due) { index in index < answers.count ? answers[index] : PortAnswer(status: 0) }
            case .refused where due.count > 1:
                // One of them is not liked: each alone tells which.
                most = 1
            case .refused(let failure):
                try await settle(due) { _ in
                    PortAnswer(status: failure.status ?? 400, message: failure.answer ?? failure.message)
                }
            case .held(let until, _):
                return until
            }
        }
    }

    private func settle(_ due: [ManualMatch], _ answer: (Int) -> PortAnswer) async throws {
        let (customer, now, ttl) = (scope.customer.number, scope.time.now(), scope.options.leaseLifetime)
        let outcomes = due.indices.map { (match: due[$0], answer: answer($0)) }
        let results = outcomes.map {
            (match: $0.match, result: Self.result($0.match, $0.answer, at: now, scope.options.jitter()))
        }
        // Where there is no partial update the whole candidate goes again, and the choice with it.
        let again = outcomes.filter { $0.answer.status == 405 }.map { RecordKey(.candidate, id: $0.match.candidate) }
        let lease = try scope.lease.current()
        let renewed = try await scope.store.write { tx in
            guard let renewed = try tx.renewLease(lease, now: now, ttl: ttl) else { throw LeaseLost() }
            try tx.settleManualMatches(results, customer: customer, at: now)
            for key in again { try tx.retry(customer: customer, key: key, at: now) }
            return renewed
        }
        scope.lease.renewed(renewed)
        if !again.isEmpty { scope.ring([.candidate]) }
    }

    /// What LinkedIn's answer means for one choice. Pure.
    static func result(_ match: ManualMatch, _ answer: PortAnswer, at now: Millis, _ jitter: Double)
        -> ManualMatch.Result
    {
        let later = now + Verdict.pause(after: match.attempts, jitter)
        switch answer.status {
        case 200..<300, 405: return .written
        // Nothing is left to take back.
        case 404 where match.person == nil: return .written
        case 404 where match.attempts < Verdict.patienceWithParents:
            return .retry(at: later, "LinkedIn does not know the candidate")
        case 0, 401, 403, 409, 429, 500...:
            return .retry(at: later, "LinkedIn could not take it now (\(answer.status))")
        default: return .refused(Verdict.refusal(answer.status, answer.message).message)
        }
    }
}

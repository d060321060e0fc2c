// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import Logging
import Synchronization

/// The only way a call leaves the engine: one per endpoint group and customer.
///
/// It knows why not to call now (stopping, lease, circuit, budget) and what a failed call means for the next one (429, 403, no answer);
/// whoever calls only decides about records.
final class Turnstile: Sendable {
    enum Passage<Answer: Sendable>: Sendable {
        case answered(Answer)
        /// The content was blamed: 400, 404, 413, 414, 422 for the whole call.
        case refused(PortFailure)
        /// Nothing came of it; try again at that moment, or when somebody rings (nil). `failure` is nil when nothing was sent.
        case held(until: Millis?, failure: PortFailure?)
    }

    private let scope: CustomerScope
    private let budget: BudgetLedger
    /// A second budget that every call counts against.
    private let shared: BudgetLedger?
    private let circuit = Mutex(Circuit())
    /// LinkedIn wants the calls of a group one after the other, whoever makes them (modules-3-5, C.2, documented).
    private let turn = Gate(1)

    /// - Parameter sharing: calls count for this group, too, as LinkedIn counts InMail with everything that recruiters do.
    init(_ group: EndpointGroup, sharing other: EndpointGroup? = nil, _ scope: CustomerScope) {
        self.scope = scope
        budget = scope.budget(group)
        shared = other.map(scope.budget)
    }

    var group: EndpointGroup { budget.group }
    var largestCall: Int { budget.largestCall }
    var limits: Budget.Limits { budget.limits }
    var circuitNow: Circuit { circuit.withLock { $0 } }

    /// Makes one call of `records` records if it may go now.
    ///
    /// - Parameter leaving: records of this minute to leave to others.
    /// - Throws: `StoreError` when the budget cannot be reserved; then nothing was sent.
    func pass<Answer: Sendable>(
        records: Int, leaving: Int = 0, _ call: @Sendable () async throws -> Answer
    ) async throws -> Passage<Answer> {
        guard scope.mayBegin() else { return .held(until: nil, failure: nil) }
        let asked = scope.time.now()
        if let until = circuitNow.wait(at: asked) { return .held(until: until, failure: nil) }
        if let until = try await reserve(records, at: asked, leaving: leaving) {
            SyncMetrics.waited(group)
            return .held(until: until, failure: nil)
        }
        let result: Result<Answer, PortFailure> = await turn.run {
            await scope.gate.run {
                let began = ContinuousClock.now
                defer { SyncMetrics.batch(group, took: ContinuousClock.now - began) }
                do {
                    return .success(try await call())
                } catch let failure as PortFailure {
                    return .failure(failure)
                } catch {
                    return .failure(PortFailure(.unreachable, "the call was given up"))
                }
            }
        }
        let now = scope.time.now()
        budget.answered(records, sentAt: asked, at: now)
        shared?.answered(records, sentAt: asked, at: now)
        switch result {
        case .success(let answer):
            circuit.withLock { $0.succeeded() }
            SyncMetrics.request(group, status: 200)
            return .answered(answer)
        case .failure(let failure):
            SyncMetrics.request(group, status: failure.status ?? 0)
            return meaning(of: failure, at: now)
        }
    }

    /// Tells that calls which went through did not do their work either, so that the lane pauses.
    func failed(_ reason: String) -> Millis {
        circuit.withLock { $0.failed(at: scope.time.now(), pause: pause($0), reason: reason) }
    }

    /// A 429 about single records.
    func throttled() -> Millis {
        SyncMetrics.throttled(group)
        return budget.throttled(nil, at: scope.time.now())
    }

    /// Reserves a call in one budget or in both, and in neither when one of them says no.
    ///
    /// - Returns: when to ask again; nil when the call may go.
    private func reserve(_ records: Int, at now: Millis, leaving: Int) async throws -> Millis? {
        guard let shared else {
            if case .wait(let until) = try await budget.spend(records, at: now, leaving: leaving) { return until }
            return nil
        }
        let nexts = [try await budget.usage(at: now).nextAt, try await shared.usage(at: now).nextAt]
        if let until = nexts.compactMap(\.self).max() { return until }
        // Side by side, so that both reservations share a commit.
        async let other = shared.spend(records, at: now)
        let decisions = [try await budget.spend(records, at: now, leaving: leaving), try await other]
        return decisions.compactMap { if case .wait(let until) = $0 { until } else { nil } }.max()
    }

    private func meaning<Answer>(of failure: PortFailure, at now: Millis) -> Passage<Answer> {
        switch failure.code {
        case .refused, .notFound, .tooLarge:
            // LinkedIn is there and answers: that is no reason to stop calling.
            circuit.withLock { $0.succeeded() }
            return .refused(failure)
        case .throttled:
            SyncMetrics.throttled(group)
            log(failure, "LinkedIn throttled a call")
            return .held(until: budget.throttled(failure, at: now), failure: failure)
        case .forbidden:
            // The customer may have switched the integration off: ask before anything else is sent.
            scope.doubtIntegration()
            log(failure, "LinkedIn forbade a call")
            return .held(until: opened(by: failure, at: now), failure: failure)
        case .unauthorized, .broken, .unreachable:
            log(failure, "a call to LinkedIn failed")
            return .held(until: opened(by: failure, at: now), failure: failure)
        }
    }

    private func opened(by failure: PortFailure, at now: Millis) -> Millis {
        circuit.withLock { circuit in
            let wasOpen = circuit.isOpen
            let until = circuit.failed(
                at: now, pause: max(pause(circuit), failure.retryAfter ?? .zero), reason: failure.message)
            if circuit.isOpen && !wasOpen {
                scope.log.warning("calls to LinkedIn keep failing", metadata: [LogKey.endpoint: "\(group.rawValue)"])
            }
            return until
        }
    }

    private func pause(_ circuit: Circuit) -> Duration {
        Verdict.pause(after: min(circuit.failures, 5), scope.options.jitter())
    }

    private func log(_ failure: PortFailure, _ message: Logger.Message) {
        scope.log.info(
            message,
            metadata: [
                LogKey.endpoint: "\(group.rawValue)", LogKey.status: "\(failure.status ?? 0)",
                LogKey.requestID: "\(failure.requestID ?? "-")",
                LogKey.outcome: "\(failure.code)",
            ])
    }
}

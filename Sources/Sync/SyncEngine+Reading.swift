// SPDX-License-Identifier: Apache-2.0

package import Domain

/// What became of asking LinkedIn for one record.
package enum RecordReading: Hashable, Sendable {
    case shown(PortShown)
    /// Another process works on the customer, or LinkedIn may not be asked now; why, for people.
    case held(String)
}

extension SyncEngine {
    /// Reads one record back from LinkedIn for somebody who looks at it: one call, on the way and within the budget of the records it
    /// belongs to. Not for jobs and permissions, which LinkedIn does not show by their keys.
    ///
    /// - Throws: `StoreError` when the budget cannot be reserved; then nothing was asked.
    package func read(_ key: RecordKey, of customer: Customer) async throws -> RecordReading {
        guard customer.status == .enabled else { return .held("not asked: the integration is not enabled") }
        guard let worker = present(customer.number), worker.scope.mayBegin(),
            let lane = worker.lanes.first(where: { $0.kind == key.kind })
        else { return .held("not asked: another process works for this customer just now") }
        let passage = try await lane.turnstile.pass(records: 1) { [port = worker.scope.port] in
            try await port.shown(key)
        }
        switch passage {
        case .answered(let shown): return .shown(shown)
        case .refused(let failure) where failure.code == .notFound:
            return .shown(PortShown(.absent, requestID: failure.requestID))
        case .refused(let failure): return .held("LinkedIn did not show it: \(failure.message)")
        case .held(_, let failure?): return .held("LinkedIn could not answer: \(failure.message)")
        case .held(_, nil): return .held("not asked: today's or this minute's quota is spent; try again later")
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

package import Domain
import Intake
package import Store

/// The bulk endpoint for callers inside the connector: the same checks, the same commits, the same answer, without HTTP.
package struct LocalIntake: Sendable {
    private let store: Store
    private let time: any Timekeeper
    private let signal: SyncSignal
    private let limits: ConnectorLimits

    package init(
        store: Store, time: any Timekeeper, signal: SyncSignal, limits: ConnectorLimits = ConnectorLimits()
    ) {
        self.store = store
        self.time = time
        self.signal = signal
        self.limits = limits
    }

    /// `POST /api/v1/records`: what is in the answer is on the disk.
    ///
    /// - Returns: NDJSON, one line per bad record and the counts at the end.
    /// - Throws: `HTTPProblem`; `StoreError`. What was stored until then stays.
    package func records(_ body: [UInt8], of customer: Customer) async throws -> [UInt8] {
        let intake = BulkIntake(
            store: store, time: time, intake: customer.settings.intake(time), customer: customer.number,
            lineLimit: limits.lineBytes, changed: signal.recordsChanged)
        var chunks = WholeLines(body, lineLimit: limits.lineBytes)
        var answer = WholeAnswer(report: BulkReport(most: limits.reportLines))
        try await intake.run(&chunks, &answer)
        answer.report.finish()
        return answer.report.take()
    }

    /// `POST /api/v1/records/present`: everything of a type that `keys` does not list is deleted.
    ///
    /// - Returns: how many.
    /// - Throws: `HTTPProblem`, also when more than half would go and `isForced` is false; `StoreError`.
    package func keepOnly(_ kind: RecordKind, _ keys: [UInt8], isForced: Bool, of customer: Customer) async throws
        -> Int
    {
        var chunks = WholeLines(keys, lineLimit: limits.lineBytes)
        return try await PresentIntake(store: store, time: time, signal: signal, customer: customer.number)
            .run(kind, &chunks, isForced: isForced).deleted
    }
}

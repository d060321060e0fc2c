// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    private static let lags = LagHistogram.bounds.indices.map { "lag\($0)" } + ["lag\(LagHistogram.bounds.count)"]
    private static let sums = ["accepted", "rejected", "throttled"] + lags
    /// One statement for both rings; a slot whose time is over starts anew.
    private static let add: String = {
        let row = "(" + Array(repeating: "?", count: sums.count + 5).joined(separator: ", ") + ")"
        let updates = sums.map {
            "\($0) = excluded.\($0) + CASE WHEN sync_history.began_ms = excluded.began_ms THEN sync_history.\($0) ELSE 0 END"
        }
        return """
            INSERT INTO sync_history (customer_id, span, slot, kind, began_ms, \(sums.joined(separator: ", "))) VALUES \(row), \(row)
            ON CONFLICT (customer_id, span, slot, kind) DO UPDATE SET \(updates.joined(separator: ", ")), began_ms = excluded.began_ms
            """
    }()

    /// Adds what became of one batch to the history; in the transaction that settles the batch.
    package func addHistory(_ count: HistoryCount, kind: RecordKind, customer: Int64, at now: Millis) throws {
        guard !count.isEmpty else { return }
        let sums: [SQLValue] =
            [.int(count.accepted), .int(count.rejected), .int(count.throttled)] + count.lags.counts.map { .int($0) }
        try run(
            Self.add,
            [HistorySpan.tenSeconds, .hour].flatMap { span in
                [
                    .int(customer), .int(span.rawValue), .int(span.slot(now)), .int(kind.number),
                    .int(span.began(now).value),
                ] + sums
            })
    }

    /// What was sent in the steps since a moment, in no order.
    ///
    /// - Parameter steps: how many steps back from `now`, the present one included; at most `HistorySpan.slots`.
    package func history(customer: Int64, _ span: HistorySpan, steps: Int, at now: Millis) throws -> [HistoryStep] {
        let first = span.began(now).value - Int64(steps - 1) * span.length
        let slots = (0..<Int64(steps)).map { SQLValue.int(span.slot(Millis(first + $0 * span.length))) }
        let places = Array(repeating: "?", count: steps).joined(separator: ", ")
        return try rows(
            """
            SELECT began_ms, kind, \(Self.sums.joined(separator: ", ")) FROM sync_history
            WHERE customer_id = ? AND span = ? AND slot IN (\(places)) AND began_ms >= ?
            """, [.int(customer), .int(span.rawValue)] + slots + [.int(first)]
        ) { row in
            guard let kind = RecordKind(number: row.int(1)) else {
                throw StoreError(.schema, "the history names a kind that this version does not know")
            }
            var count = HistoryCount()
            count.accepted = Int(row.int(2))
            count.rejected = Int(row.int(3))
            count.throttled = Int(row.int(4))
            count.lags = LagHistogram((0..<Int32(Self.lags.count)).map { Int(row.int(5 + $0)) })
            return HistoryStep(began: Millis(row.int(0)), kind: kind, count: count)
        }
    }
}

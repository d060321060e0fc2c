// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// How far a source was read: per name (a record type) the greatest value of its watermark column, as text.
    package func watermarks(customer: Int64, source: String) throws -> [String: String] {
        var watermarks: [String: String] = [:]
        try each(
            "SELECT name, value FROM watermark WHERE customer_id = ? AND source = ?", [.int(customer), .text(source)]
        ) { row in
            watermarks[row.text(0)] = row.text(1)
            return true
        }
        return watermarks
    }

    package func setWatermark(customer: Int64, source: String, name: String, value: String, at now: Millis) throws {
        try run(
            """
            INSERT INTO watermark (customer_id, source, name, value, set_ms) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (customer_id, source, name) DO UPDATE SET value = excluded.value, set_ms = excluded.set_ms
            WHERE watermark.value <> excluded.value
            """, .int(customer), .text(source), .text(name), .text(value), .int(now.value))
    }
}

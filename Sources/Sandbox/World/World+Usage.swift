// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import SQLFile

/// Statements on `usage` and `setting`.
extension SQLTransaction {
    func putUsage(_ usage: Usage) throws {
        try run(
            """
            INSERT INTO usage (application, endpoint_group, utc_day, requests, records, throttled) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (application, endpoint_group, utc_day) DO UPDATE SET
                requests = excluded.requests, records = excluded.records, throttled = excluded.throttled
            """,
            .int(usage.application), .text(usage.group.rawValue), .int(usage.utcDay), .int(usage.requests),
            .int(usage.records),
            .int(usage.throttled))
    }

    func usage(utcDay: Int64) throws -> [Usage] {
        try rows(
            "SELECT application, endpoint_group, requests, records, throttled FROM usage WHERE utc_day = ?",
            [.int(utcDay)]
        ) { row in
            EndpointGroup(rawValue: row.text(1)).map {
                Usage(
                    application: row.int(0), group: $0, utcDay: utcDay, requests: Int(row.int(2)),
                    records: Int(row.int(3)),
                    throttled: Int(row.int(4)))
            }
        }.compactMap { $0 }
    }

    func setting(_ name: String) throws -> String? {
        try first("SELECT value FROM setting WHERE name = ?", [.text(name)]) { $0.text(0) }
    }

    func set(_ name: String, _ value: String) throws {
        try run(
            "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            .text(name), .text(value))
    }
}

// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// How long LinkedIn's data is kept, and what was done about it.
extension SQLTransaction {
    package func retentionPolicy(customer: Int64) throws -> RetentionPolicy {
        var policy = RetentionPolicy()
        try each("SELECT kind, days FROM retention WHERE customer_id = ?", [.int(customer)]) { row in
            // A kind of a newer version is kept and left alone.
            if let kind = RetentionKind(rawValue: row.text(0)) { policy.days[kind] = Int(row.int(1)) }
            return true
        }
        policy.closed =
            try first("SELECT closed FROM privacy WHERE customer_id = ?", [.int(customer)]) {
                ClosedPolicy(rawValue: $0.int(0)) ?? .notify
            } ?? .notify
        return policy
    }

    package func setRetentionPolicy(_ policy: RetentionPolicy, customer: Int64) throws {
        for kind in RetentionKind.allCases {
            guard let days = policy.days[kind] else {
                try run(
                    "DELETE FROM retention WHERE customer_id = ? AND kind = ?", .int(customer), .text(kind.rawValue))
                continue
            }
            try run(
                """
                INSERT INTO retention (customer_id, kind, days) VALUES (?, ?, ?)
                ON CONFLICT (customer_id, kind) DO UPDATE SET days = excluded.days
                """, .int(customer), .text(kind.rawValue), .int(days))
        }
        try run(
            """
            INSERT INTO privacy (customer_id, closed) VALUES (?, ?)
            ON CONFLICT (customer_id) DO UPDATE SET closed = excluded.closed
            """, .int(customer), .int(policy.closed.rawValue))
    }

    /// When the purge runs next; nil before the first.
    package func nextPurge(customer: Int64) throws -> Millis? {
        try first("SELECT next_ms FROM privacy WHERE customer_id = ?", [.int(customer)]) { row in
            row.optionalInt(0).map(Millis.init)
        } ?? nil
    }

    package func setNextPurge(_ moment: Millis, customer: Int64) throws {
        try run(
            """
            INSERT INTO privacy (customer_id, closed, next_ms) VALUES (?, 0, ?)
            ON CONFLICT (customer_id) DO UPDATE SET next_ms = excluded.next_ms
            """, .int(customer), .int(moment.value))
    }

    /// What a purge would remove now, by kind with a limit.
    package func purgeable(customer: Int64, at now: Millis) throws -> [RetentionRun.Count] {
        try limits(customer: customer).map { kind, days in
            let cutoff = now - .seconds(86_400 * days)
            let count =
                try first(
                    "SELECT count(*) FROM \(kind.expiry.table) WHERE \(kind.expiry.condition)",
                    [.int(customer), .int(cutoff.value)]
                ) { Int($0.int(0)) } ?? 0
            return RetentionRun.Count(kind: kind, days: days, removed: count)
        }
    }

    /// Removes what is over its time, and writes down how much.
    package func purge(customer: Int64, at now: Millis) throws -> RetentionRun {
        let counts = try limits(customer: customer).map { kind, days in
            let removed = try purge(kind, before: now - .seconds(86_400 * days), customer: customer)
            return RetentionRun.Count(kind: kind, days: days, removed: removed)
        }
        let number =
            1
            + (try first("SELECT max(run) FROM retention_run WHERE customer_id = ?", [.int(customer)]) { $0.int(0) }
                ?? 0)
        try run(
            "INSERT INTO retention_run (customer_id, run, at_ms) VALUES (?, ?, ?)", .int(customer), .int(number),
            .int(now.value))
        for count in counts {
            try run(
                "INSERT INTO retention_count (customer_id, run, kind, days, removed) VALUES (?, ?, ?, ?, ?)",
                .int(customer), .int(number), .text(count.kind.rawValue), .int(count.days), .int(count.removed))
        }
        return RetentionRun(number: number, at: now, counts: counts)
    }

    /// Purges by number, the newest first.
    ///
    /// - Parameter before: the last number of the page before; nil for the first page.
    package func retentionRuns(customer: Int64, before: Int64?, limit: Int) throws -> [RetentionRun] {
        var runs = try rows(
            "SELECT run, at_ms FROM retention_run WHERE customer_id = ? AND run < ? ORDER BY run DESC LIMIT ?",
            [.int(customer), .int(before ?? .max), .int(limit)]
        ) { RetentionRun(number: $0.int(0), at: Millis($0.int(1)), counts: []) }
        for index in runs.indices {
            runs[index].counts = try rows(
                "SELECT kind, days, removed FROM retention_count WHERE customer_id = ? AND run = ? ORDER BY kind",
                [.int(customer), .int(runs[index].number)]
            ) { row in
                RetentionKind(rawValue: row.text(0)).map {
                    RetentionRun.Count(kind: $0, days: Int(row.int(1)), removed: Int(row.int(2)))
                }
            }.compactMap(\.self)
        }
        return runs
    }

    private func limits(customer: Int64) throws -> [(RetentionKind, Int)] {
        let days = try retentionPolicy(customer: customer).days
        return RetentionKind.allCases.compactMap { kind in days[kind].map { (kind, $0) } }
    }

    private func purge(_ kind: RetentionKind, before cutoff: Millis, customer: Int64) throws -> Int {
        let values: [SQLValue] = [.int(customer), .int(cutoff.value)]
        switch kind {
        case .matches:
            let rids = try rows(
                "SELECT DISTINCT rid FROM candidate_match WHERE customer_id = ? AND read_ms < ?", values
            ) { $0.int(0) }
            let removed = try run("DELETE FROM candidate_match WHERE customer_id = ? AND read_ms < ?", values)
            try countUnmatched(rids, customer: customer)
            return removed
        case .notes:
            try run(
                """
                DELETE FROM recruiter_note_event WHERE customer_id = ? AND note IN (SELECT n.note FROM recruiter_note n
                    WHERE n.customer_id = recruiter_note_event.customer_id AND n.at_ms < ?)
                """, values)
            return try run("DELETE FROM \(kind.expiry.table) WHERE \(kind.expiry.condition)", values)
        case .events:
            return try run(
                "UPDATE event SET data = NULL, candidate = NULL, person = NULL WHERE \(kind.expiry.condition)", values)
        case .exports, .stubProfiles, .inMails, .ties:
            return try run("DELETE FROM \(kind.expiry.table) WHERE \(kind.expiry.condition)", values)
        }
    }
}

extension RetentionKind {
    /// Where it is kept, and which rows are over their time: binds the customer and a moment.
    fileprivate var expiry: (table: String, condition: String) {
        let received = "customer_id = ? AND at_ms < ?"
        return switch self {
        case .exports: ("export", received)
        case .stubProfiles: ("stub_profile", received)
        case .inMails: ("inmail_message", received)
        case .notes: ("recruiter_note", received)
        case .matches: ("candidate_match", "customer_id = ? AND read_ms < ?")
        case .ties: ("person_tie", received)
        case .events: ("event", received + " AND from_linkedin = 1 AND data IS NOT NULL")
        }
    }
}

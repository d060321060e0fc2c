// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// The customer's sources by name.
    package func sources(customer: Int64) throws -> [StoredSource] {
        try sources("customer_id = ? ORDER BY name", [.int(customer)])
    }

    package func source(_ name: String, customer: Int64) throws -> StoredSource? {
        try sources("customer_id = ? AND name = ?", [.int(customer), .text(name)]).first
    }

    /// Saves a mapping as a new revision.
    ///
    /// - Parameter basis: the revision that was edited; 0 makes a new source.
    /// - Returns: the new revision; nil when somebody else saved in between, or the name is taken.
    package func saveSource(
        _ name: String, mapping: String, basis: Int64, author: String, customer: Int64, at now: Millis
    ) throws -> Int64? {
        let known = try source(name, customer: customer)
        guard known?.revision ?? 0 == basis else { return nil }
        guard known?.mapping != mapping else { return basis }
        let revision = basis + 1
        try run(
            """
            INSERT INTO source (customer_id, name, mapping, revision, is_full, stops) VALUES (?, ?, ?, ?, 0, 0)
            ON CONFLICT (customer_id, name) DO UPDATE SET mapping = excluded.mapping, revision = excluded.revision
            """, .int(customer), .text(name), .text(mapping), .int(revision))
        try run(
            """
            INSERT INTO source_revision (customer_id, name, revision, mapping, author, at_ms) VALUES (?, ?, ?, ?, ?, ?)
            """, .int(customer), .text(name), .int(revision), .text(mapping), .text(author), .int(now.value))
        try run(
            "DELETE FROM source_revision WHERE customer_id = ? AND name = ? AND revision <= ?", .int(customer),
            .text(name), .int(revision - Self.revisionsKept))
        return revision
    }

    /// Forgets a source with its history, its secrets and how far it was read.
    ///
    /// - Returns: false when there was none.
    package func removeSource(_ name: String, customer: Int64) throws -> Bool {
        for table in ["source_problem", "source_run", "source_secret", "source_revision"] {
            try run("DELETE FROM \(table) WHERE customer_id = ? AND name = ?", .int(customer), .text(name))
        }
        try run("DELETE FROM watermark WHERE customer_id = ? AND source = ?", .int(customer), .text(name))
        return try run("DELETE FROM source WHERE customer_id = ? AND name = ?", .int(customer), .text(name)) > 0
    }

    /// Revisions, the newest first.
    package func sourceRevisions(_ name: String, customer: Int64) throws -> [SourceRevision] {
        try rows(
            """
            SELECT revision, mapping, author, at_ms FROM source_revision WHERE customer_id = ? AND name = ?
            ORDER BY revision DESC
            """, [.int(customer), .text(name)]
        ) { SourceRevision(revision: $0.int(0), mapping: $0.text(1), author: $0.text(2), at: Millis($0.int(3))) }
    }

    /// - Returns: false for a source that is not known.
    package func setSourceSchedule(_ schedule: SourceSchedule?, of name: String, customer: Int64, at now: Millis) throws
        -> Bool
    {
        try run(
            "UPDATE source SET schedule = ?, due_ms = ? WHERE customer_id = ? AND name = ?",
            .optional(schedule?.text), .optional(schedule?.next(after: now).value), .int(customer), .text(name)) > 0
    }

    /// Wants a run as soon as possible.
    ///
    /// - Returns: false for a source that is not known.
    package func askForRun(of name: String, isFull: Bool, by account: String, customer: Int64, at now: Millis) throws
        -> Bool
    {
        try run(
            "UPDATE source SET asked_by = ?, is_full = ?, due_ms = ?, stops = 0 WHERE customer_id = ? AND name = ?",
            .text(account), .flag(isFull), .int(now.value), .int(customer), .text(name)) > 0
    }

    /// Wants the run under way to end, and one that was asked for not to begin.
    package func stopSource(_ name: String, customer: Int64, at now: Millis) throws {
        guard let source = try source(name, customer: customer) else { return }
        try run(
            "UPDATE source SET stops = 1, asked_by = NULL, is_full = 0, due_ms = ? WHERE customer_id = ? AND name = ?",
            .optional(source.schedule?.next(after: now).value), .int(customer), .text(name))
    }

    /// The names of a source's secrets, and since when each is set.
    package func sourceSecrets(_ name: String, customer: Int64) throws -> [(variable: String, at: Millis)] {
        try rows(
            "SELECT variable, set_ms FROM source_secret WHERE customer_id = ? AND name = ? ORDER BY variable",
            [.int(customer), .text(name)]
        ) { ($0.text(0), Millis($0.int(1))) }
    }

    /// The sealed values, by name.
    package func sealedSourceSecrets(_ name: String, customer: Int64) throws -> [String: SealedSecret] {
        try rows(
            "SELECT variable, value FROM source_secret WHERE customer_id = ? AND name = ?",
            [.int(customer), .text(name)]
        ) { ($0.text(0), SealedSecret($0.blob(1))) }.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }

    package func setSourceSecret(
        _ variable: String, to value: SealedSecret, of name: String, customer: Int64, at now: Millis
    ) throws {
        try run(
            """
            INSERT INTO source_secret (customer_id, name, variable, value, set_ms) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (customer_id, name, variable) DO UPDATE SET value = excluded.value, set_ms = excluded.set_ms
            """, .int(customer), .text(name), .text(variable), .blob(value.bytes), .int(now.value))
    }

    package func removeSourceSecret(_ variable: String, of name: String, customer: Int64) throws {
        try run(
            "DELETE FROM source_secret WHERE customer_id = ? AND name = ? AND variable = ?", .int(customer),
            .text(name), .text(variable))
    }

    /// Versions of one mapping that are kept.
    package static let revisionsKept: Int64 = 50

    private func sources(_ condition: String, _ values: [SQLValue]) throws -> [StoredSource] {
        try rows(
            "SELECT name, mapping, revision, schedule, due_ms, asked_by, is_full, stops FROM source WHERE \(condition)",
            values
        ) { row in
            StoredSource(
                name: row.text(0), mapping: row.text(1), revision: row.int(2),
                schedule: row.optionalText(3).flatMap(SourceSchedule.init), dueAt: row.optionalInt(4).map(Millis.init),
                askedBy: row.optionalText(5), isFull: row.flag(6), stops: row.flag(7))
        }
    }
}

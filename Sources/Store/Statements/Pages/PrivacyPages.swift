// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// What an erasure of one candidate is going to be about.
package struct ErasureOutlook: Hashable, Sendable {
    /// Records of the ATS by kind: the candidate and what hangs on it.
    package var records: [RecordKind: Int] = [:]
    /// The members that the candidate is tied to.
    package var persons: [String] = []
    /// What came from LinkedIn about them: exports, messages, notes, shared profiles.
    package var fromLinkedIn: [Held] = []
    /// Everything of the customer is being erased, or was.
    package var isEnding = false

    package struct Held: Hashable, Sendable {
        package var what: String
        package var count: Int
    }

    package init() {}
}

extension SQLTransaction {
    /// Erasures, the one that was asked for last first.
    ///
    /// - Parameter matches: asked for every erasure on the way: subjects are hashes with a salt each, which no index finds.
    package func erasuresNewest(
        customer: Int64, before mark: PageMark?, limit: Int, where matches: (Erasure) -> Bool = { _ in true }
    ) throws -> [Erasure] {
        var page: [Erasure] = []
        try each(
            """
            SELECT \(Self.erasureColumns) FROM erasure WHERE customer_id = ? AND (asked_ms, erasure_id) < (?, ?)
            ORDER BY asked_ms DESC, erasure_id DESC
            """, [.int(customer)] + PageMark.values(mark)
        ) { row in
            let erasure = try Self.erasure(row)
            if matches(erasure) { page.append(erasure) }
            return page.count < limit
        }
        return page
    }

    /// How many erasures are under way.
    package func openErasureCount(customer: Int64) throws -> Int {
        try first(
            "SELECT count(*) FROM erasure WHERE customer_id = ? AND finished_ms IS NULL", [.int(customer)]
        ) { Int($0.int(0)) } ?? 0
    }

    /// What is held about a candidate, before somebody decides to erase it.
    package func erasureOutlook(candidate: String, customer: Int64) throws -> ErasureOutlook {
        var outlook = ErasureOutlook()
        outlook.isEnding = try isEnding(customer: customer)
        try each(
            """
            WITH mine AS (
                SELECT kind, id FROM record WHERE customer_id = ? AND kind = 2 AND parent = '' AND id = ? AND desired IS NOT NULL
                UNION ALL
                SELECT kind, id FROM record WHERE customer_id = ? AND kind = 3 AND parent = ? AND desired IS NOT NULL
                UNION ALL
                SELECT kind, id FROM record WHERE customer_id = ? AND candidate = ? AND desired IS NOT NULL)
            SELECT kind, count(*) FROM mine GROUP BY kind
            UNION ALL
            SELECT c.kind, count(*) FROM mine m
            JOIN record c ON c.customer_id = ? AND c.kind IN (5, 6, 7) AND c.parent = m.id AND c.desired IS NOT NULL
            WHERE m.kind = 4 GROUP BY c.kind
            """,
            [.int(customer), .text(candidate), .int(customer), .text(candidate), .int(customer), .text(candidate)]
                + [.int(customer)]
        ) { row in
            if let kind = RecordKind(number: row.int(0)) { outlook.records[kind] = Int(row.int(1)) }
            return true
        }
        outlook.persons = try persons(ofCandidate: candidate, customer: customer).map(\.person)
        outlook.fromLinkedIn = try heldFromLinkedIn(outlook.persons, customer: customer)
        return outlook
    }

    /// The same for a member: what LinkedIn told us about the person.
    package func erasureOutlook(person: String, customer: Int64) throws -> ErasureOutlook {
        var outlook = ErasureOutlook()
        outlook.isEnding = try isEnding(customer: customer)
        outlook.fromLinkedIn = try heldFromLinkedIn([person], customer: customer)
        return outlook
    }

    private func heldFromLinkedIn(_ persons: [String], customer: Int64) throws -> [ErasureOutlook.Held] {
        let tables = [
            ("exported profiles", "export"), ("InMails", "inmail_message"), ("recruiters' notes", "recruiter_note"),
            ("shared profiles", "stub_profile"),
        ]
        return try tables.compactMap { what, table in
            let count = try persons.reduce(0) { sum, person in
                let one = try first(
                    "SELECT count(*) FROM \(table) WHERE customer_id = ? AND person = ?",
                    [.int(customer), .text(person)]
                ) { Int($0.int(0)) }
                return sum + (one ?? 0)
            }
            return count > 0 ? ErasureOutlook.Held(what: what, count: count) : nil
        }
    }

    /// Closed accounts, the last we heard of first.
    package func closuresNewest(customer: Int64, before mark: PageMark?, limit: Int) throws -> [KeptClosure] {
        try closures(
            "(at_ms, person) < (?, ?) ORDER BY at_ms DESC, person DESC LIMIT ?",
            [.int(customer)] + PageMark.values(mark) + [.int(limit)])
    }
}

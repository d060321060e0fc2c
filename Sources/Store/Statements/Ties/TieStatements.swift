// SPDX-License-Identifier: Apache-2.0

package import Domain
import JSONBytes
package import SQLFile

/// Who is who (design, section 6): the ATS's word, then LinkedIn's matches, then profile URL, then e-mail.
extension SQLTransaction {
    /// The candidate that a member is, by the surest way we know; of several candidates that LinkedIn matched to one member the one that
    /// came first. Pairs that somebody undid do not count, nor do candidates that the ATS deleted.
    package func candidate(ofPerson person: String, customer: Int64) throws -> PersonTie? {
        try ties(
            stored: "t.person = ?", matched: "m.person = ?", [.text(person)], customer: customer, limit: 1
        ).first
    }

    /// The members that a candidate is, the surest first; mostly none or one.
    package func persons(ofCandidate candidate: String, customer: Int64) throws -> [PersonTie] {
        var seen: Set<String> = []
        return try ties(
            stored: "t.candidate = ?", matched: "r.kind = 2 AND r.parent = '' AND r.id = ?", [.text(candidate)],
            customer: customer, limit: 1_000
        ).filter { seen.insert($0.person).inserted }
    }

    /// Ties a member to a candidate, tells the ATS, and gives the candidate what is known of the member already (exports that nobody
    /// answered). Nothing is lost when both have a history: each part stays under its own key and is found through the tie.
    ///
    /// - Parameters:
    ///   - source: `.ats` replaces any other tie of the member and lifts a veto; the others give way to a veto and to a surer tie.
    ///   - reasons: why, for people; without personal data.
    /// - Returns: whether anything changed.
    @discardableResult
    package func tie(
        person: String, to candidate: String, how source: TieSource, reasons: [String] = [], customer: Int64,
        at now: Millis
    ) throws -> Bool {
        let pair: [SQLValue] = [.int(customer), .text(person), .text(candidate)]
        if source == .ats {
            try run("DELETE FROM tie_veto WHERE customer_id = ? AND person = ? AND candidate = ?", pair)
        } else if try isVetoed(pair) {
            return false
        }
        let changed = try run(
            """
            INSERT INTO person_tie (customer_id, person, candidate, source, at_ms) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (customer_id, person)
            DO UPDATE SET candidate = excluded.candidate, source = excluded.source, at_ms = excluded.at_ms
            WHERE (person_tie.candidate <> excluded.candidate OR person_tie.source <> excluded.source)
                AND person_tie.source >= excluded.source
            """, pair + [.int(source.rawValue), .int(now.value)])
        if changed == 0 {
            // A surer tie to somebody else stays.
            let holds = "SELECT 1 FROM person_tie WHERE customer_id = ? AND person = ? AND candidate = ?"
            guard try first(holds, pair, { _ in true }) != nil else { return false }
        }
        try settleSuggestion(pair, .accepted)
        try attachExports(person: person, to: candidate, how: source, customer: customer, at: now)
        guard changed > 0 else { return false }
        try tell(person, candidate, source: source, reasons: reasons, customer: customer, at: now)
        return true
    }

    /// Undoes a tie, whatever it came from, and remembers that the two are not the same person.
    ///
    /// What was exported goes back to the member and waits for the ATS's answer again; a choice that we wrote to LinkedIn is taken back.
    ///
    /// - Returns: false when there was no such tie.
    @discardableResult
    package func untie(person: String, from candidate: String, customer: Int64, at now: Millis) throws -> Bool {
        let tie = try persons(ofCandidate: candidate, customer: customer).first { $0.person == person }
        guard let tie else { return false }
        try veto(person: person, candidate: candidate, customer: customer, at: now)
        try detachExports(person: person, from: candidate, customer: customer)
        try dropManualMatch(person: person, candidate: candidate, customer: customer, at: now)
        try tell(person, candidate, source: tie.source, isUndone: true, customer: customer, at: now)
        return true
    }

    /// Asks the ATS whether the two are the same person; once for each pair.
    ///
    /// - Returns: false when it was asked before, or the pair was undone.
    @discardableResult
    package func suggestTie(
        person: String, candidate: String, reasons: [String], customer: Int64, at now: Millis
    ) throws -> Bool {
        let pair: [SQLValue] = [.int(customer), .text(person), .text(candidate)]
        guard try !isVetoed(pair) else { return false }
        let stored = try run(
            """
            INSERT INTO tie_suggestion (customer_id, person, candidate, reasons, state, at_ms) VALUES (?, ?, ?, ?, 0, ?)
            ON CONFLICT (customer_id, person, candidate) DO NOTHING
            """,
            pair + [
                .text(String(decoding: JSONValue.array(reasons.map { .string($0) }).bytes, as: UTF8.self)),
                .int(now.value),
            ])
        guard stored > 0 else { return false }
        try tell(person, candidate, source: nil, reasons: reasons, customer: customer, at: now)
        return true
    }

    /// Suggestions in the order of their keys.
    ///
    /// - Parameters:
    ///   - candidate: only those about it.
    ///   - person: only those about that member.
    ///   - after: the last pair that is known.
    package func suggestions(
        customer: Int64, candidate: String? = nil, person: String? = nil, state: TieSuggestion.State? = .open,
        after: (person: String, candidate: String) = ("", ""), limit: Int
    ) throws -> [TieSuggestion] {
        try rows(
            """
            SELECT person, candidate, reasons, state, at_ms FROM tie_suggestion
            WHERE customer_id = ? AND (person, candidate) > (?, ?) \(candidate == nil ? "" : "AND candidate = ?")
                \(person == nil ? "" : "AND person = ?") \(state == nil ? "" : "AND state = ?")
            ORDER BY person, candidate LIMIT ?
            """,
            [.int(customer), .text(after.person), .text(after.candidate)]
                + (candidate.map { [.text($0)] } ?? []) + (person.map { [.text($0)] } ?? [])
                + (state.map { [.int($0.rawValue)] } ?? []) + [.int(limit)]
        ) { row in
            let reasons = (try? JSONValue(parsing: row.text(2)))?.array?.compactMap(\.string) ?? []
            return TieSuggestion(
                person: row.text(0), candidate: row.text(1), reasons: reasons,
                state: TieSuggestion.State(rawValue: row.int(3)) ?? .open, at: Millis(row.int(4)))
        }
    }

    /// The ATS says that a suggestion is wrong: it is not made again.
    ///
    /// - Returns: false when there is no such suggestion that is open.
    package func declineSuggestion(person: String, candidate: String, customer: Int64, at now: Millis) throws -> Bool {
        let pair: [SQLValue] = [.int(customer), .text(person), .text(candidate)]
        guard try settleSuggestion(pair, .declined) else { return false }
        try veto(person: person, candidate: candidate, customer: customer, at: now)
        return true
    }

    /// Forgets every tie, veto and suggestion of a candidate that is gone; exports stay with their members.
    func forgetTies(candidate: String, customer: Int64) throws {
        for table in ["person_tie", "tie_veto", "tie_suggestion", "manual_match"] {
            try run("DELETE FROM \(table) WHERE customer_id = ? AND candidate = ?", .int(customer), .text(candidate))
        }
    }

    /// - Returns: whether an open suggestion was settled.
    @discardableResult
    private func settleSuggestion(_ pair: [SQLValue], _ state: TieSuggestion.State) throws -> Bool {
        try run(
            "UPDATE tie_suggestion SET state = ? WHERE customer_id = ? AND person = ? AND candidate = ? AND state = 0",
            [.int(state.rawValue)] + pair) > 0
    }

    private func veto(person: String, candidate: String, customer: Int64, at now: Millis) throws {
        let pair: [SQLValue] = [.int(customer), .text(person), .text(candidate)]
        try run("DELETE FROM person_tie WHERE customer_id = ? AND person = ? AND candidate = ?", pair)
        try run(
            """
            INSERT INTO tie_veto (customer_id, person, candidate, at_ms) VALUES (?, ?, ?, ?)
            ON CONFLICT (customer_id, person, candidate) DO NOTHING
            """, pair + [.int(now.value)])
    }

    private func isVetoed(_ pair: [SQLValue]) throws -> Bool {
        try first("SELECT 1 FROM tie_veto WHERE customer_id = ? AND person = ? AND candidate = ?", pair) { _ in true }
            ?? false
    }

    private func tell(
        _ person: String, _ candidate: String, source: TieSource?, reasons: [String] = [], isUndone: Bool = false,
        customer: Int64, at now: Millis
    ) throws {
        var data: JSONObject = ["person": .string(person), "candidateId": .string(candidate)]
        if let source { data["how"] = .string(source.name) }
        data["suggestion"] = .bool(source == nil)
        if isUndone { data["undone"] = true }
        data["reasons"] = .array(reasons.map { .string($0) })
        try append(
            NewEvent(
                .personTied, candidate: candidate, person: person, isFromLinkedIn: true,
                data: JSONValue.object(data).bytes), customer: customer, at: now)
    }

    /// Stored ties and LinkedIn's matches together, the surest first.
    private func ties(
        stored: String, matched: String, _ values: [SQLValue], customer: Int64, limit: Int
    ) throws -> [PersonTie] {
        try rows(
            """
            SELECT person, candidate, source, at_ms FROM (
                SELECT t.person, t.candidate, t.source, t.at_ms, 0 AS rid FROM person_tie t
                WHERE t.customer_id = ? AND \(stored) AND NOT EXISTS (
                    SELECT 1 FROM record r WHERE r.customer_id = t.customer_id AND r.kind = 2 AND r.parent = ''
                        AND r.id = t.candidate AND r.desired IS NULL)
                UNION ALL
                SELECT m.person, r.id, CASE m.manual WHEN 1 THEN 2 ELSE 3 END, m.read_ms, r.rid FROM candidate_match m
                JOIN record r ON r.customer_id = m.customer_id AND r.rid = m.rid
                WHERE m.customer_id = ? AND \(matched) AND r.desired IS NOT NULL) AS tie
            WHERE NOT EXISTS (
                SELECT 1 FROM tie_veto v WHERE v.customer_id = ? AND v.person = tie.person AND v.candidate = tie.candidate)
            ORDER BY source, rid, at_ms LIMIT ?
            """,
            [.int(customer)] + values + [.int(customer)] + values + [.int(customer), .int(limit)]
        ) { row in
            PersonTie(
                person: row.text(0), candidate: row.text(1), source: TieSource(rawValue: row.int(2)) ?? .email,
                at: Millis(row.int(3)))
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// The members that LinkedIn shall show as somebody's choice for a candidate.
extension SQLTransaction {
    /// Wants LinkedIn to show `person` as the one chosen for the candidate. The same choice again writes nothing.
    package func setManualMatch(candidate: String, person: String, customer: Int64, at now: Millis) throws {
        try run(
            """
            INSERT INTO manual_match (customer_id, candidate, person, state, due_ms, attempts) VALUES (?, ?, ?, 0, ?, 0)
            ON CONFLICT (customer_id, candidate)
            DO UPDATE SET person = excluded.person, state = 0, due_ms = excluded.due_ms, attempts = 0, reason = NULL
            WHERE manual_match.person IS DISTINCT FROM excluded.person OR manual_match.state = 2
            """, .int(customer), .text(candidate), .text(person), .int(now.value))
    }

    /// Takes our choice back; one that was not ours is left as it is.
    func dropManualMatch(person: String, candidate: String, customer: Int64, at now: Millis) throws {
        try run(
            """
            UPDATE manual_match SET person = NULL, state = 0, due_ms = ?, attempts = 0, reason = NULL
            WHERE customer_id = ? AND candidate = ? AND person = ?
            """, .int(now.value), .int(customer), .text(candidate), .text(person))
    }

    /// Choices to write to LinkedIn, the longest overdue first. A candidate that is due itself takes its choice along and is left out
    /// until it is there, so that a PUT of before and the choice cannot overtake each other.
    package func manualMatchesDue(customer: Int64, at now: Millis, limit: Int) throws -> [ManualMatch] {
        try rows(
            """
            SELECT m.candidate, m.person, m.attempts, r.rid, r.revision FROM manual_match m
            JOIN record r ON r.customer_id = m.customer_id AND r.kind = 2 AND r.parent = '' AND r.id = m.candidate
            WHERE m.customer_id = ? AND m.state = 0 AND m.due_ms <= ? AND r.state IN (0, 4) AND r.desired IS NOT NULL
                AND r.observed IS NOT NULL
            ORDER BY m.due_ms, m.candidate LIMIT ?
            """, [.int(customer), .int(now.value), .int(limit)]
        ) { row in
            ManualMatch(
                candidate: row.text(0), person: row.optionalText(1), attempts: Int(row.int(2)), rid: row.int(3),
                revision: row.int(4))
        }
    }

    /// When the next choice may be written; nil when none waits for its time.
    package func nextManualMatch(customer: Int64, after now: Millis) throws -> Millis? {
        try first(
            "SELECT due_ms FROM manual_match WHERE customer_id = ? AND state = 0 AND due_ms > ? ORDER BY due_ms LIMIT 1",
            [.int(customer), .int(now.value)]
        ) { Millis($0.int(0)) }
    }

    /// Writes down what LinkedIn said about choices. One that changed meanwhile stays due.
    package func settleManualMatches(
        _ outcomes: [(match: ManualMatch, result: ManualMatch.Result)], customer: Int64, at now: Millis
    ) throws {
        for (match, result) in outcomes {
            let pair: [SQLValue] = [.int(customer), .text(match.candidate), .optional(match.person)]
            let isSame = "customer_id = ? AND candidate = ? AND person IS NOT DISTINCT FROM ? AND state = 0"
            switch result {
            case .written where match.person == nil:
                try run("DELETE FROM manual_match WHERE \(isSame)", pair)
            case .written:
                try run("UPDATE manual_match SET state = 1, attempts = 0, reason = NULL WHERE \(isSame)", pair)
                // Seen at LinkedIn only by reading, so the match is read anew.
                try run(
                    "UPDATE record SET poll_ms = ?, poll_step = 0 WHERE customer_id = ? AND rid = ? AND desired IS NOT NULL",
                    .int(now.value), .int(customer), .int(match.rid))
            case .refused(let reason):
                try run("UPDATE manual_match SET state = 2, reason = ? WHERE \(isSame)", [.text(reason)] + pair)
            case .retry(let at, let reason):
                try run(
                    "UPDATE manual_match SET due_ms = ?, attempts = attempts + 1, reason = ? WHERE \(isSame)",
                    [.int(at.value), .text(reason)] + pair)
            }
        }
    }

    /// Whether a customer has any choice: most have none, and then no candidate has to be asked for.
    func hasManualMatches(customer: Int64) throws -> Bool {
        try first("SELECT 1 FROM manual_match WHERE customer_id = ? LIMIT 1", [.int(customer)]) { _ in true } ?? false
    }

    /// The member to send along with a candidate; nil when there is none.
    func manualMatch(of candidate: String, customer: Int64) throws -> String? {
        try first(
            "SELECT person FROM manual_match WHERE customer_id = ? AND candidate = ?",
            [.int(customer), .text(candidate)]
        ) { $0.optionalText(0) } ?? nil
    }
}

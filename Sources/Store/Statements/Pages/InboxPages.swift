// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// Where a list that is read the newest first goes on: behind the row with this time and key.
package struct PageMark: Hashable, Sendable {
    package var at: Millis
    package var key: String

    package init(at: Millis, key: String) {
        self.at = at
        self.key = key
    }

    /// - Parameter text: as `text` gave it; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let at = Int64(parts[0]) else { return nil }
        self.init(at: Millis(at), key: String(parts[1]))
    }

    package var text: String { "\(at.value) \(key)" }

    /// Binds to `(time, key) < (?, ?)`; nil is the first page.
    static func values(_ mark: PageMark?) -> [SQLValue] {
        [.int(mark?.at.value ?? .max), .text(mark?.key ?? "")]
    }
}

/// A conversation in a list: its latest message, and how many there are.
package struct InMailHead: Hashable, Sendable {
    package var thread: String
    package var person: String?
    package var latest: InMail
    package var count: Int
}

extension SQLTransaction {
    /// Exports, the newest first.
    package func exportsNewest(
        customer: Int64, state: CandidateExport.State?, before mark: PageMark?, limit: Int
    ) throws -> [CandidateExport] {
        let condition =
            switch state {
            case nil: ""
            case .open: "candidate IS NULL AND "
            case .tied: "candidate IS NOT NULL AND "
            }
        return try exports(
            "\(condition)(at_ms, request_id) < (?, ?) ORDER BY at_ms DESC, request_id DESC LIMIT ?",
            [.int(customer)] + PageMark.values(mark) + [.int(limit)])
    }

    /// How many exports wait for the ATS's answer; counted up to a limit.
    package func openExportCount(customer: Int64, upTo limit: Int) throws -> Int {
        try first(
            "SELECT count(*) FROM (SELECT 1 FROM export WHERE customer_id = ? AND candidate IS NULL LIMIT ?)",
            [.int(customer), .int(limit)]
        ) { Int($0.int(0)) } ?? 0
    }

    /// Conversations by their latest message, the newest first.
    package func inMailHeads(customer: Int64, before mark: PageMark?, limit: Int) throws -> [InMailHead] {
        try rows(
            """
            SELECT m.thread, m.message, m.person, m.seat, m.from_member, m.sent_ms, m.subject, m.text,
                (SELECT count(*) FROM inmail_message c WHERE c.customer_id = m.customer_id AND c.thread = m.thread),
                (SELECT max(c.person) FROM inmail_message c WHERE c.customer_id = m.customer_id AND c.thread = m.thread)
            FROM inmail_message m
            WHERE m.customer_id = ? AND (m.sent_ms, m.thread) < (?, ?) AND NOT EXISTS (
                SELECT 1 FROM inmail_message n WHERE n.customer_id = m.customer_id AND n.thread = m.thread
                    AND (n.sent_ms, n.message) > (m.sent_ms, m.message))
            ORDER BY m.sent_ms DESC, m.thread DESC LIMIT ?
            """, [.int(customer)] + PageMark.values(mark) + [.int(limit)]
        ) { row in
            InMailHead(
                thread: row.text(0), person: row.optionalText(9),
                latest: InMail(
                    id: row.text(1), thread: row.text(0), person: row.optionalText(2), seat: row.int(3),
                    isFromMember: row.flag(4), at: Millis(row.int(5)), subject: row.optionalText(6),
                    text: row.optionalText(7)), count: Int(row.int(8)))
        }
    }

    /// Recruiters' notes, the last changed first.
    package func notesNewest(customer: Int64, before mark: PageMark?, limit: Int) throws -> [RecruiterNote] {
        try notes(
            "(modified_ms, note) < (?, ?) ORDER BY modified_ms DESC, note DESC LIMIT ?",
            [.int(customer)] + PageMark.values(mark) + [.int(limit)])
    }

    /// Profiles that members shared, the newest first.
    package func profilesNewest(customer: Int64, before mark: PageMark?, limit: Int) throws -> [KeptProfile] {
        try profiles(
            "(at_ms, stub) < (?, ?) ORDER BY at_ms DESC, stub DESC LIMIT ?",
            [.int(customer)] + PageMark.values(mark) + [.int(limit)])
    }

    /// When we got something, by the row's key: what its retention is reckoned from.
    package func receivedAt(note: String, customer: Int64) throws -> Millis? {
        try first(
            "SELECT at_ms FROM recruiter_note WHERE customer_id = ? AND note = ?", [.int(customer), .text(note)]
        ) { Millis($0.int(0)) }
    }

    package func receivedAt(message: String, in thread: String, customer: Int64) throws -> Millis? {
        try first(
            "SELECT at_ms FROM inmail_message WHERE customer_id = ? AND thread = ? AND message = ?",
            [.int(customer), .text(thread), .text(message)]
        ) { Millis($0.int(0)) }
    }
}

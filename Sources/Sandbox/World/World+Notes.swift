// SPDX-License-Identifier: Apache-2.0

internal import SQLFile

/// Statements on `recruiter_note`.
extension SQLTransaction {
    func note(number: Int64) throws -> RecruiterNote? {
        try first(Self.selectNote + "WHERE number = ?", [.int(number)], Self.note)
    }

    /// Adds a note.
    ///
    /// - Parameter note: its number is of no account.
    /// - Returns: its number.
    func addNote(_ note: RecruiterNote) throws -> Int64 {
        let number =
            try first(
                "SELECT coalesce(max(number) + 1, ?) FROM recruiter_note", [.int(RecruiterNote.firstNumber)]
            ) { $0.int(0) } ?? RecruiterNote.firstNumber
        try run(
            """
            INSERT INTO recruiter_note
                (number, contract, seat, member, text, visibility, active, created_ms, modified_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .int(number), .int(note.contract), .int(note.seat), .int(note.member), .text(note.text),
            .text(note.visibility.rawValue), .flag(note.isActive), .int(note.created.millis),
            .int(note.modified.millis))
        return number
    }

    /// Writes what can change of a note: its text, and whether it is still there.
    func updateNote(_ note: RecruiterNote) throws {
        try run(
            "UPDATE recruiter_note SET text = ?, active = ?, modified_ms = ? WHERE number = ?",
            .text(note.text), .flag(note.isActive), .int(note.modified.millis), .int(note.number))
    }

    /// Notes of a contract, by last change, changed in `(after, upTo]`, deleted ones too.
    ///
    /// - Parameters:
    ///   - seats: written by these; nil means by anybody on the contract.
    ///   - showsPrivate: also notes that only their authors see.
    func notes(
        contract: Int64, seats: [Int64]?, after: Int64?, upTo: Int64?, showsPrivate: Bool, start: Int, limit: Int
    ) throws -> [RecruiterNote] {
        let owners = seats.map { "seat IN (\(Self.holes($0.count)))" } ?? "1 = 1"
        return try rows(
            Self.selectNote + """
                WHERE contract = ? AND modified_ms > ? AND modified_ms <= ? AND (? = 1 OR visibility = 'ORGANIZATION')
                  AND \(owners)
                ORDER BY modified_ms, number LIMIT ? OFFSET ?
                """,
            [.int(contract), .int(after ?? .min), .int(upTo ?? .max), .flag(showsPrivate)]
                + (seats ?? []).map { .int($0) } + [.int(limit), .int(start)], Self.note)
    }

    private static let selectNote = """
        SELECT number, contract, seat, member, text, visibility, active, created_ms, modified_ms FROM recruiter_note

        """

    private static func note(_ row: borrowing SQLRow) -> RecruiterNote {
        RecruiterNote(
            number: row.int(0), contract: row.int(1), seat: row.int(2), member: row.int(3), text: row.text(4),
            visibility: RecruiterNote.Visibility(rawValue: row.text(5))!,  // the schema checks the word
            isActive: row.flag(6), created: Moment(row.int(7)), modified: Moment(row.int(8)))
    }
}

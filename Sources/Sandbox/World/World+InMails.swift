// SPDX-License-Identifier: Apache-2.0

internal import SQLFile

extension InMailRange {
    fileprivate var values: [SQLValue] {
        [.int(seat), .int(from ?? .min), .int(to ?? .max), .optional(thread), .optional(thread)]
    }
}

/// Statements on `inmail_thread`, `inmail` and `mail_stub`.
extension SQLTransaction {
    // Conversations

    func thread(number: Int64) throws -> InMailThread? {
        try first(Self.selectThread + "WHERE number = ?", [.int(number)], Self.thread)
    }

    /// The newest first.
    func threads(seat: Int64?, limit: Int) throws -> [InMailThread] {
        try rows(
            Self.selectThread + "WHERE ? IS NULL OR seat = ? ORDER BY number DESC LIMIT ?",
            [.optional(seat), .optional(seat), .int(limit)], Self.thread)
    }

    func addThread(_ thread: InMailThread) throws {
        try run(
            "INSERT INTO inmail_thread (number, seat, member, subject, opened_ms, answer) VALUES (?, ?, ?, ?, ?, ?)",
            .int(thread.number), .int(thread.seat), .int(thread.member), .text(thread.subject),
            .int(thread.opened.millis), .text(thread.answer.rawValue))
    }

    func setAnswer(_ answer: InMailThread.Answer, thread: Int64) throws {
        try run("UPDATE inmail_thread SET answer = ? WHERE number = ?", .text(answer.rawValue), .int(thread))
    }

    private static let selectThread = "SELECT number, seat, member, subject, opened_ms, answer FROM inmail_thread "

    private static func thread(_ row: borrowing SQLRow) -> InMailThread {
        InMailThread(
            number: row.int(0), seat: row.int(1), member: row.int(2), subject: row.text(3), opened: Moment(row.int(4)),
            answer: InMailThread.Answer(rawValue: row.text(5))!)  // the schema checks the word
    }

    // Messages

    func nextInMail() throws -> Int64 {
        try first("SELECT coalesce(max(number) + 1, ?) FROM inmail", [.int(InMailThread.firstNumber)]) { $0.int(0) }
            ?? InMailThread.firstNumber
    }

    func addInMail(_ message: InMail) throws {
        try run(
            "INSERT INTO inmail (number, thread, seat, from_member, subject, text, sent_ms) VALUES (?, ?, ?, ?, ?, ?, ?)",
            .int(message.number), .int(message.thread), .int(message.seat), .flag(message.isFromMember),
            .text(message.subject), .text(message.text), .int(message.sent.millis))
        try run(
            "UPDATE inmail_thread SET last_inmail = ?, last_ms = ?, last_from_member = ? WHERE number = ?",
            .int(message.number), .int(message.sent.millis), .flag(message.isFromMember), .int(message.thread))
    }

    private static let inRange = """
        FROM inmail JOIN inmail_thread ON inmail_thread.number = inmail.thread
        WHERE inmail.seat = ? AND sent_ms >= ? AND sent_ms < ? AND (? IS NULL OR inmail.thread = ?)

        """

    /// The newest first.
    func inMails(_ range: InMailRange, start: Int, limit: Int) throws -> [InMail] {
        try rows(
            """
            SELECT inmail.number, inmail.thread, inmail.seat, inmail_thread.member, from_member, inmail.subject, text,
                   sent_ms \(Self.inRange) ORDER BY sent_ms DESC, inmail.number DESC LIMIT ? OFFSET ?
            """,
            range.values + [.int(limit), .int(start)]
        ) {
            InMail(
                number: $0.int(0), thread: $0.int(1), seat: $0.int(2), member: $0.int(3), isFromMember: $0.flag(4),
                subject: $0.text(5), text: $0.text(6), sent: Moment($0.int(7)))
        }
    }

    func inMailCount(_ range: InMailRange) throws -> Int {
        Int(try first("SELECT count(*) \(Self.inRange)", range.values) { $0.int(0) } ?? 0)
    }

    // Shared profiles

    /// - Returns: its number.
    @discardableResult
    func addMailStub(contract: Int64, thread: InMailThread, at now: Moment) throws -> Int64 {
        let number = try first("SELECT coalesce(max(number) + 1, 90017) FROM mail_stub") { $0.int(0) } ?? 90_017
        try run(
            "INSERT INTO mail_stub (number, contract, seat, member, thread, created_ms) VALUES (?, ?, ?, ?, ?, ?)",
            .int(number), .int(contract), .int(thread.seat), .int(thread.member), .int(thread.number), .int(now.millis))
        return number
    }

    /// Shared profiles of members who are still there, the oldest first, created in `[from, to)`.
    ///
    /// - Parameter seats: whose conversations; nil means everybody's on the contract.
    func mailStubs(contract: Int64, seats: [Int64]?, from: Int64?, to: Int64?, start: Int, limit: Int) throws
        -> [MailStub]
    {
        let owners = seats.map { "mail_stub.seat IN (\(Self.holes($0.count)))" } ?? "1 = 1"
        return try rows(
            """
            SELECT mail_stub.number, contract, seat, created_ms, member
            FROM mail_stub JOIN member ON member.number = mail_stub.member AND closed_ms IS NULL
            WHERE contract = ? AND created_ms >= ? AND created_ms < ? AND \(owners)
            ORDER BY created_ms, mail_stub.number LIMIT ? OFFSET ?
            """,
            [.int(contract), .int(from ?? .min), .int(to ?? .max)] + (seats ?? []).map { .int($0) }
                + [.int(limit), .int(start)]
        ) {
            MailStub(
                number: $0.int(0), contract: $0.int(1), seat: $0.int(2), created: Moment($0.int(3)),
                member: $0.int(4))
        }
    }

    /// As many question marks.
    static func holes(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
}

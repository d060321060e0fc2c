// SPDX-License-Identifier: Apache-2.0

internal import SQLFile

/// A place in a list that is ordered by time: where the next page begins.
struct TimeCursor: Sendable, Hashable {
    var millis: Int64
    var number: Int64

    init(_ moment: Moment, _ number: Int64) {
        millis = moment.millis
        self.number = number
    }

    /// - Returns: nil for anything but the text of a cursor.
    init?(_ text: String?) {
        let parts = (text ?? "").split(separator: "-").map { Int64($0) }
        guard parts.count == 2, let millis = parts[0], let number = parts[1] else { return nil }
        self.init(Moment(millis), number)
    }

    var text: String { "\(millis)-\(number)" }
}

/// A conversation as a list shows it.
struct Conversation: Sendable {
    var thread: InMailThread
    /// Of the last message.
    var last: Moment
    var isLastFromMember: Bool
    /// Whether the recruiter has not seen the member's last message.
    var isUnread: Bool
    /// How the last message begins.
    var snippet: String
    var member: String
    var recruiter: String
    var isMemberGone: Bool

    var cursor: TimeCursor { TimeCursor(last, thread.number) }
}

/// Which conversations a recruiter wants to see.
enum InboxFilter: String, CaseIterable, Sendable {
    case all
    /// The member said something that the recruiter has not seen.
    case unread
    /// The recruiter had the last word, and the member has not declined.
    case waiting

    fileprivate var condition: String {
        switch self {
        case .all: "1 = 1"
        case .unread: "last_from_member = 1 AND last_inmail > read_inmail"
        case .waiting: "last_from_member = 0 AND answer <> 'DECLINED'"
        }
    }
}

/// Conversations as inboxes show them: statements on `inmail_thread`, `inmail` and who takes part.
extension SQLTransaction {
    /// Who left LinkedIn has no name any more.
    static let memberName =
        "CASE WHEN member.closed_ms IS NULL THEN member.first_name || ' ' || member.last_name ELSE '\(Member.goneName)' END"

    /// The last said first.
    func inbox(seat: Int64, _ filter: InboxFilter, after cursor: TimeCursor?, limit: Int) throws -> [Conversation] {
        try conversations("inmail_thread.seat = ? AND \(filter.condition)", [.int(seat)], cursor, limit)
    }

    /// Everything that recruiters wrote to a member, the last said first.
    func mailbox(member: Int64, after cursor: TimeCursor?, limit: Int) throws -> [Conversation] {
        try conversations("inmail_thread.member = ?", [.int(member)], cursor, limit)
    }

    /// What the recruiters of one organization wrote to a member, the last said first.
    func conversations(member: Int64, organization: Int64, after cursor: TimeCursor?, limit: Int) throws
        -> [Conversation]
    {
        try conversations(
            "inmail_thread.member = ? AND contract.organization = ?", [.int(member), .int(organization)], cursor, limit)
    }

    private func conversations(_ which: String, _ values: [SQLValue], _ cursor: TimeCursor?, _ limit: Int) throws
        -> [Conversation]
    {
        try rows(
            """
            SELECT inmail_thread.number, inmail_thread.seat, inmail_thread.member, inmail_thread.subject, opened_ms, answer,
                   last_ms, last_from_member, last_from_member = 1 AND last_inmail > read_inmail,
                   substr(inmail.text, 1, 200), \(Self.memberName),
                   seat.first_name || ' ' || seat.last_name, member.closed_ms IS NOT NULL
            FROM inmail_thread
            JOIN seat ON seat.number = inmail_thread.seat
            JOIN contract ON contract.number = seat.contract
            JOIN member ON member.number = inmail_thread.member
            LEFT JOIN inmail ON inmail.number = last_inmail
            WHERE \(which) AND (last_ms, inmail_thread.number) < (?, ?)
            ORDER BY last_ms DESC, inmail_thread.number DESC LIMIT ?
            """,
            values + [.int(cursor?.millis ?? .max), .int(cursor?.number ?? .max), .int(limit)]
        ) {
            Conversation(
                thread: InMailThread(
                    number: $0.int(0), seat: $0.int(1), member: $0.int(2), subject: $0.text(3),
                    opened: Moment($0.int(4)), answer: InMailThread.Answer(rawValue: $0.text(5))!),  // the schema checks
                last: Moment($0.int(6)), isLastFromMember: $0.flag(7), isUnread: $0.flag(8), snippet: $0.text(9),
                member: $0.text(10), recruiter: $0.text(11), isMemberGone: $0.flag(12))
        }
    }

    /// How many conversations of a seat each filter finds.
    func inboxCounts(seat: Int64) throws -> [InboxFilter: Int] {
        let counts = InboxFilter.allCases.map { "count(*) FILTER (WHERE \($0.condition))" }.joined(separator: ", ")
        return try first("SELECT \(counts) FROM inmail_thread WHERE seat = ?", [.int(seat)]) { row in
            var found: [InboxFilter: Int] = [:]
            for (column, filter) in InboxFilter.allCases.enumerated() { found[filter] = Int(row.int(Int32(column))) }
            return found
        } ?? [:]
    }

    /// The newest messages of a conversation before a message, oldest first.
    func messages(thread: Int64, before number: Int64?, limit: Int) throws -> [InMail] {
        try rows(
            """
            SELECT inmail.number, thread, inmail.seat, member, from_member, inmail.subject, text, sent_ms
            FROM inmail JOIN inmail_thread ON inmail_thread.number = thread
            WHERE thread = ? AND inmail.number < ? ORDER BY inmail.number DESC LIMIT ?
            """,
            [.int(thread), .int(number ?? .max), .int(limit)]
        ) {
            InMail(
                number: $0.int(0), thread: $0.int(1), seat: $0.int(2), member: $0.int(3), isFromMember: $0.flag(4),
                subject: $0.text(5), text: $0.text(6), sent: Moment($0.int(7)))
        }.reversed()
    }

    /// The text that opened a conversation.
    func opening(thread: Int64) throws -> String? {
        try first("SELECT text FROM inmail WHERE number = ?", [.int(thread)]) { $0.text(0) }
    }

    /// The recruiter has seen what is there.
    func markRead(thread: Int64) throws {
        try run(
            "UPDATE inmail_thread SET read_inmail = last_inmail WHERE number = ? AND read_inmail < last_inmail",
            .int(thread))
    }

    /// Whether the member shared contact data with a recruiter of this organization.
    func sharesContact(member: Int64, organization: Int64) throws -> Bool {
        try first(
            """
            SELECT 1 FROM mail_stub JOIN contract ON contract.number = mail_stub.contract
            WHERE mail_stub.member = ? AND organization = ? LIMIT 1
            """,
            [.int(member), .int(organization)]
        ) { $0.int(0) } != nil
    }
}

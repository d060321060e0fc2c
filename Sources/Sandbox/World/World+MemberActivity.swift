// SPDX-License-Identifier: Apache-2.0

internal import SQLFile

/// A note with its author's name.
struct SignedNote: Sendable {
    var note: RecruiterNote
    var author: String

    var cursor: TimeCursor { TimeCursor(note.modified, note.number) }
}

/// An export with who did it and how far it is.
struct ExportRow: Sendable {
    var export: Export
    var member: String
    var recruiter: String
    /// HTTP status of the last attempt to announce it.
    var status: Int?
    /// What became of the notification, in words; nil when it is forgotten.
    var outcome: String?

    var cursor: TimeCursor { TimeCursor(export.created, Int64(export.requestID) ?? 0) }
    var isDelivered: Bool { status.map { (200..<300).contains($0) } ?? false }
}

/// That a recruiter is not interested in a member.
struct NotInterested: Sendable, Hashable {
    var reason: String
    var said: Moment
}

/// What the recruiters of an organization did about one member.
extension SQLTransaction {
    /// Notes that a seat sees at a member: the organization's and its own private ones, the last changed first.
    func visibleNotes(member: Int64, organization: Int64, seat: Int64, after cursor: TimeCursor?, limit: Int) throws
        -> [SignedNote]
    {
        try rows(
            """
            SELECT recruiter_note.number, recruiter_note.contract, recruiter_note.seat, recruiter_note.member, text,
                   visibility, active, recruiter_note.created_ms, modified_ms, first_name || ' ' || last_name
            FROM recruiter_note
            JOIN contract ON contract.number = recruiter_note.contract AND organization = ?
            JOIN seat ON seat.number = recruiter_note.seat
            WHERE recruiter_note.member = ? AND active = 1 AND (visibility = 'ORGANIZATION' OR recruiter_note.seat = ?)
              AND (modified_ms, recruiter_note.number) < (?, ?)
            ORDER BY modified_ms DESC, recruiter_note.number DESC LIMIT ?
            """,
            [
                .int(organization), .int(member), .int(seat), .int(cursor?.millis ?? .max),
                .int(cursor?.number ?? .max), .int(limit),
            ]
        ) {
            SignedNote(
                note: RecruiterNote(
                    number: $0.int(0), contract: $0.int(1), seat: $0.int(2), member: $0.int(3), text: $0.text(4),
                    visibility: RecruiterNote.Visibility(rawValue: $0.text(5))!,  // the schema checks the word
                    isActive: $0.flag(6), created: Moment($0.int(7)), modified: Moment($0.int(8))),
                author: $0.text(9))
        }
    }

    /// Exports of a member to any ATS of an organization, the newest first.
    func exports(member: Int64, organization: Int64, after cursor: TimeCursor?, limit: Int) throws -> [ExportRow] {
        try exports(
            "export.member = ? AND export.tenancy IN (SELECT number FROM tenancy WHERE organization = ?)",
            [.int(member), .int(organization)], cursor, limit)
    }

    /// Exports by a seat, the newest first.
    ///
    /// - Parameter month: months since January 1970; nil shows all.
    func exports(seat: Int64, utcMonth month: Int64?, after cursor: TimeCursor?, limit: Int) throws -> [ExportRow] {
        try exports(
            "export.seat = ? AND (? IS NULL OR utc_month = ?)", [.int(seat), .optional(month), .optional(month)],
            cursor,
            limit)
    }

    private func exports(_ which: String, _ values: [SQLValue], _ cursor: TimeCursor?, _ limit: Int) throws
        -> [ExportRow]
    {
        try rows(
            """
            SELECT export.request_id, export.tenancy, export.member, job, export.seat, export.created_ms,
                   export.expires_ms, fetched_ms, \(Self.memberName),
                   seat.first_name || ' ' || seat.last_name, push.status, push.outcome
            FROM export
            JOIN member ON member.number = export.member
            JOIN seat ON seat.number = export.seat
            LEFT JOIN push ON push.request_id = export.request_id
            WHERE \(which) AND (export.created_ms, export.request_id) < (?, ?)
            ORDER BY export.created_ms DESC, export.request_id DESC LIMIT ?
            """,
            values + [
                .int(cursor?.millis ?? .max), .text(cursor.map { String($0.number) } ?? ":"), .int(limit),
            ]
        ) {
            ExportRow(
                export: Export(
                    requestID: $0.text(0), tenancy: $0.int(1), member: $0.int(2), job: $0.text(3), seat: $0.int(4),
                    created: Moment($0.int(5)), expires: Moment($0.int(6)),
                    fetched: $0.optionalInt(7).map(Moment.init)),
                member: $0.text(8), recruiter: $0.text(9), status: $0.optionalInt(10).map { Int($0) },
                outcome: $0.optionalText(11))
        }
    }

    func notInterested(seat: Int64, member: Int64) throws -> NotInterested? {
        try first(
            "SELECT reason, said_ms FROM not_interested WHERE seat = ? AND member = ?", [.int(seat), .int(member)]
        ) { NotInterested(reason: $0.text(0), said: Moment($0.int(1))) }
    }

    func sayNotInterested(seat: Int64, member: Int64, reason: String, at now: Moment) throws {
        try run(
            """
            INSERT INTO not_interested (seat, member, reason, said_ms) VALUES (?, ?, ?, ?)
            ON CONFLICT (seat, member) DO UPDATE SET reason = excluded.reason, said_ms = excluded.said_ms
            """,
            .int(seat), .int(member), .text(reason), .int(now.millis))
    }

    func forgetNotInterested(seat: Int64, member: Int64) throws {
        try run("DELETE FROM not_interested WHERE seat = ? AND member = ?", .int(seat), .int(member))
    }
}

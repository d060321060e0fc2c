// SPDX-License-Identifier: Apache-2.0

internal import SQLFile

/// Which seats an admin looks at.
struct SeatFilter: Sendable {
    var organization: Int64
    var contract: Int64?
    var state: Seat.State?
    /// Part of a name or an e-mail.
    var text: String?

    fileprivate static let condition = """
        contract IN (SELECT number FROM contract WHERE organization = ?) AND (? IS NULL OR contract = ?)
          AND (? IS NULL OR first_name || ' ' || last_name || ' ' || email LIKE ? ESCAPE '\\')
        """

    fileprivate var values: [SQLValue] {
        [
            .int(organization), .optional(contract), .optional(contract), .optional(text),
            .text("%\(SQLTransaction.literal(text ?? ""))%"),
        ]
    }
}

/// What an admin sees and changes of seats.
extension SQLTransaction {
    /// Numbers of seats, in order.
    func seatNumbers(_ filter: SeatFilter, after number: Int64, limit: Int) throws -> [Int64] {
        try rows(
            """
            SELECT number FROM seat WHERE \(SeatFilter.condition) AND (? IS NULL OR state = ?) AND number > ?
            ORDER BY number LIMIT ?
            """,
            filter.values + [
                .optional(filter.state?.rawValue), .optional(filter.state?.rawValue), .int(number), .int(limit),
            ]
        ) { $0.int(0) }
    }

    /// How many seats there are in each state, whatever state the filter names.
    func seatCounts(_ filter: SeatFilter) throws -> [Seat.State: Int] {
        let found = try rows(
            "SELECT state, count(*) FROM seat WHERE \(SeatFilter.condition) GROUP BY state", filter.values
        ) { (Seat.State(rawValue: $0.text(0))!, Int($0.int(1))) }  // the schema checks the word
        return Dictionary(uniqueKeysWithValues: found)
    }

    /// How many active admins an organization has.
    func activeAdmins(organization: Int64) throws -> Int {
        Int(
            try first(
                """
                SELECT count(*) FROM seat JOIN contract ON contract.number = seat.contract
                WHERE organization = ? AND state = 'ACTIVE' AND ' ' || roles || ' ' LIKE ? ESCAPE '\\'
                """,
                [.int(organization), .text("% \(Self.literal(Seat.adminRole)) %")]
            ) { $0.int(0) } ?? 0)
    }

    /// The first of them, by number.
    func activeAdminNumbers(organization: Int64, limit: Int) throws -> [Int64] {
        try rows(
            """
            SELECT seat.number FROM seat JOIN contract ON contract.number = seat.contract
            WHERE organization = ? AND state = 'ACTIVE' AND ' ' || roles || ' ' LIKE ? ESCAPE '\\'
            ORDER BY seat.number LIMIT ?
            """,
            [.int(organization), .text("% \(Self.literal(Seat.adminRole)) %"), .int(limit)]
        ) { $0.int(0) }
    }

    func seat(ofEmail email: String, contract: Int64) throws -> Seat? {
        let number = try first(
            "SELECT number FROM seat WHERE contract = ? AND lower(email) = ? ORDER BY number LIMIT 1",
            [.int(contract), .text(email.lowercased())]
        ) { $0.int(0) }
        return try number.flatMap { try seat(number: $0) }
    }

    /// Every role that a seat of the contract has.
    func seatRoles(contract: Int64) throws -> Set<String> {
        let all = try rows("SELECT DISTINCT roles FROM seat WHERE contract = ?", [.int(contract)]) { $0.text(0) }
        return Set(all.flatMap { $0.split(separator: " ").map(String.init) })
    }

    // Columns of the admin centre's file

    /// The names of kept columns, in the order in which they were first seen.
    func seatAttributeNames(contract: Int64) throws -> [String] {
        try rows(
            """
            SELECT name FROM seat_attribute JOIN seat ON seat.number = seat_attribute.seat
            WHERE contract = ? GROUP BY name ORDER BY min(seat_attribute.number)
            """,
            [.int(contract)]
        ) { $0.text(0) }
    }

    func seatAttributes(seat: Int64) throws -> [String: String] {
        let found = try rows("SELECT name, value FROM seat_attribute WHERE seat = ?", [.int(seat)]) {
            ($0.text(0), $0.text(1))
        }
        return Dictionary(uniqueKeysWithValues: found)
    }

    func setSeatAttribute(_ name: String, _ value: String, seat: Int64) throws {
        try run(
            """
            INSERT INTO seat_attribute (seat, name, value) VALUES (?, ?, ?)
            ON CONFLICT (seat, name) DO UPDATE SET value = excluded.value
            """,
            .int(seat), .text(name), .text(value))
    }

    // Usage

    /// Exports of these seats by UTC month, from a month on.
    func exportCounts(seats: [Int64], from month: Int64) throws -> [SeatMonth: Int] {
        try counts(
            """
            SELECT seat, utc_month, count(*) FROM export
            WHERE seat IN (\(Self.holes(seats.count))) AND utc_month >= ? GROUP BY 1, 2
            """,
            seats.map { .int($0) } + [.int(month)])
    }

    /// InMails that these seats sent, by UTC month, from a moment on.
    func inMailCounts(seats: [Int64], from start: Moment) throws -> [SeatMonth: Int] {
        try counts(
            """
            SELECT seat, (strftime('%Y', sent_ms / 1000, 'unixepoch') - 1970) * 12
                       + strftime('%m', sent_ms / 1000, 'unixepoch') - 1 AS month, count(*)
            FROM inmail WHERE seat IN (\(Self.holes(seats.count))) AND sent_ms >= ? AND from_member = 0 GROUP BY 1, 2
            """,
            seats.map { .int($0) } + [.int(start.millis)])
    }

    private func counts(_ sql: String, _ values: [SQLValue]) throws -> [SeatMonth: Int] {
        let found = try rows(sql, values) { (SeatMonth(seat: $0.int(0), month: $0.int(1)), Int($0.int(2))) }
        return Dictionary(uniqueKeysWithValues: found)
    }

    /// InMails that a seat sent in `[from, to)`, the newest first: to whom and when, as an admin may know.
    func sentInMails(seat: Int64, from: Moment, to: Moment, after cursor: TimeCursor?, limit: Int) throws
        -> [(number: Int64, member: Int64, name: String, sent: Moment)]
    {
        try rows(
            """
            SELECT inmail.number, inmail_thread.member, \(Self.memberName), sent_ms
            FROM inmail JOIN inmail_thread ON inmail_thread.number = thread
            JOIN member ON member.number = inmail_thread.member
            WHERE inmail.seat = ? AND sent_ms >= ? AND sent_ms < ? AND from_member = 0
              AND (sent_ms, inmail.number) < (?, ?)
            ORDER BY sent_ms DESC, inmail.number DESC LIMIT ?
            """,
            [
                .int(seat), .int(from.millis), .int(to.millis), .int(cursor?.millis ?? .max),
                .int(cursor?.number ?? .max), .int(limit),
            ]
        ) { ($0.int(0), $0.int(1), $0.text(2), Moment($0.int(3))) }
    }
}

/// A seat in a UTC month, counted from January 1970.
struct SeatMonth: Hashable, Sendable {
    var seat: Int64
    var month: Int64
}

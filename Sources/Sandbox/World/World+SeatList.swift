// SPDX-License-Identifier: Apache-2.0

internal import SQLFile

/// A place in the list of seats to sign in as.
struct SeatCursor: Sendable, Hashable {
    var contract: Int64
    var seat: Int64

    init(contract: Int64, seat: Int64) {
        self.contract = contract
        self.seat = seat
    }

    /// - Returns: nil for anything but the text of a cursor.
    init?(_ text: String) {
        let parts = text.split(separator: "-").map { Int64($0) }
        guard parts.count == 2, let contract = parts[0], let seat = parts[1] else { return nil }
        self.init(contract: contract, seat: seat)
    }

    var text: String { "\(contract)-\(seat)" }
}

/// Statements on `seat` for whoever signs in.
extension SQLTransaction {
    /// Numbers of the active seats, by contract and number.
    ///
    /// - Parameter text: part of a name or an e-mail; nil finds all.
    func activeSeats(matching text: String?, after cursor: SeatCursor?, limit: Int) throws -> [Int64] {
        try rows(
            """
            SELECT number FROM seat
            WHERE state = 'ACTIVE' AND (contract, number) > (?, ?)
              AND (? IS NULL OR first_name || ' ' || last_name || ' ' || email LIKE ? ESCAPE '\\')
            ORDER BY contract, number LIMIT ?
            """,
            [
                .int(cursor?.contract ?? -1), .int(cursor?.seat ?? -1), .optional(text),
                .text("%\(Self.literal(text ?? ""))%"), .int(limit),
            ]
        ) { $0.int(0) }
    }

    func hasSeats() throws -> Bool { try first("SELECT 1 FROM seat LIMIT 1") { $0.int(0) } != nil }

    /// The seats of whoever has this e-mail, as a member or on the licence, by number.
    func seats(ofEmail email: String) throws -> [Seat] {
        let folded = email.lowercased()
        let numbers = try rows(
            """
            SELECT number FROM seat
            WHERE member = (SELECT number FROM member WHERE email = ?) OR lower(email) = ? ORDER BY number LIMIT 100
            """,
            [.text(folded), .text(folded)]
        ) { $0.int(0) }
        return try numbers.compactMap { try seat(number: $0) }
    }

    /// For LIKE with ESCAPE '\': what somebody typed means itself.
    static func literal(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
    }
}

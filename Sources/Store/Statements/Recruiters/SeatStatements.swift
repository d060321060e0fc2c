// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// A seat and the ATS user who holds it, as far as we know.
package struct HeldSeat: Hashable, Sendable {
    /// How a seat's user was found, the surest way first.
    package enum Match: String, Sendable {
        /// By the person that the user signed in as, or that the ATS named.
        case person
        case email
    }

    package var seat: Seat
    package var user: ATSUser?
    package var match: Match?
    package var readAt: Millis
}

extension SQLTransaction {
    /// Stores what a list says about seats.
    ///
    /// - Parameter listedAt: when the list was begun.
    package func storeSeats(_ seats: [Seat], contract: Int64, listedAt: Millis, customer: Int64, at now: Millis) throws
    {
        for seat in seats {
            try run(
                """
                INSERT INTO seat (customer_id, seat, contract, person, first_name, last_name, email, state, roles, created_ms, listed_ms, at_ms)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (customer_id, seat) DO UPDATE SET
                    contract = excluded.contract, person = COALESCE(excluded.person, seat.person), first_name = excluded.first_name,
                    last_name = excluded.last_name, email = COALESCE(excluded.email, seat.email), state = excluded.state,
                    roles = excluded.roles, created_ms = COALESCE(excluded.created_ms, seat.created_ms),
                    listed_ms = excluded.listed_ms, at_ms = excluded.at_ms
                """,
                .int(customer), .int(seat.number), .int(contract), .optional(seat.person), .text(seat.firstName),
                .text(seat.lastName), .optional(seat.email), .text(seat.state),
                .text(seat.roles.joined(separator: " ")), .optional(seat.createdAt?.value), .int(listedAt.value),
                .int(now.value))
        }
    }

    /// Seats that a complete list does not name any more are kept, as inactive ones.
    package func retireSeats(contract: Int64, notListedSince listedAt: Millis, customer: Int64) throws {
        try run(
            "UPDATE seat SET state = 'INACTIVE' WHERE customer_id = ? AND contract = ? AND listed_ms < ? AND state <> 'INACTIVE'",
            .int(customer), .int(contract), .int(listedAt.value))
    }

    /// Every seat that was ever seen on a contract.
    package func seats(contract: Int64, customer: Int64) throws -> [Seat] {
        try rows(
            "SELECT \(Self.seatColumns) FROM seat WHERE customer_id = ? AND contract = ? ORDER BY seat",
            [.int(customer), .int(contract)], Seat.init(row:))
    }

    /// Seats by number with their users.
    ///
    /// - Parameter after: the last number of the page before.
    package func heldSeats(customer: Int64, after: Int64 = 0, limit: Int) throws -> [HeldSeat] {
        try rows(
            "SELECT \(Self.seatColumns), at_ms FROM seat WHERE customer_id = ? AND seat > ? ORDER BY seat LIMIT ?",
            [.int(customer), .int(after), .int(limit)]
        ) { row in HeldSeat(seat: Seat(row: row), user: nil, match: nil, readAt: Millis(row.int(9))) }
        .map { try held($0, customer) }
    }

    /// The ATS user who holds a seat: by person first, then by e-mail address (design, section 6; modules-3-5 A.7.3).
    package func user(ofSeat number: Int64, customer: Int64) throws -> ATSUser? {
        let seat = try first(
            "SELECT \(Self.seatColumns) FROM seat WHERE customer_id = ? AND seat = ?",
            [.int(customer), .int(number)], Seat.init(row:))
        guard let seat else { return nil }
        return try held(HeldSeat(seat: seat, user: nil, match: nil, readAt: Millis(0)), customer).user
    }

    private func held(_ found: HeldSeat, _ customer: Int64) throws -> HeldSeat {
        var held = found
        if let person = found.seat.person, let user = try user(ofPerson: person, customer: customer) {
            held.user = user
            held.match = .person
        } else if let email = found.seat.email, let user = try user(ofEmail: email, customer: customer) {
            held.user = user
            held.match = .email
        }
        return held
    }

    private static var seatColumns: String {
        "seat, contract, person, first_name, last_name, email, state, roles, created_ms"
    }
}

extension Seat {
    fileprivate init(row: borrowing SQLRow) {
        self.init(
            number: row.int(0), contract: row.int(1), person: row.optionalText(2), firstName: row.text(3),
            lastName: row.text(4), email: row.optionalText(5), state: row.text(6),
            roles: row.text(7).split(separator: " ").map(String.init), createdAt: row.optionalInt(8).map(Millis.init))
    }
}

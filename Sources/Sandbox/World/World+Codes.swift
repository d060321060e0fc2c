// SPDX-License-Identifier: Apache-2.0

import SQLFile

/// Statements on `authorization_code`.
extension SQLTransaction {
    func addAuthorizationCode(hash: [UInt8], _ code: AuthorizationCode) throws {
        try run(
            """
            INSERT INTO authorization_code
                (hash, application, member, redirect_uri, scope, challenge, issued_ms, expires_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .blob(hash), .int(code.application), .int(code.member), .text(code.redirectURI), .text(code.scope),
            .optional(code.challenge), .int(code.issued.millis), .int(code.expires.millis))
    }

    func authorizationCode(hash: [UInt8]) throws -> AuthorizationCode? {
        try first(
            """
            SELECT application, member, redirect_uri, scope, challenge, issued_ms, expires_ms FROM authorization_code
            WHERE hash = ?
            """,
            [.blob(hash)]
        ) {
            AuthorizationCode(
                application: $0.int(0), member: $0.int(1), redirectURI: $0.text(2), scope: $0.text(3),
                challenge: $0.optionalText(4), issued: Moment($0.int(5)), expires: Moment($0.int(6)))
        }
    }

    func removeAuthorizationCode(hash: [UInt8]) throws {
        try run("DELETE FROM authorization_code WHERE hash = ?", .blob(hash))
    }

    func removeAuthorizationCodes(expiredBefore moment: Moment) throws {
        try run("DELETE FROM authorization_code WHERE expires_ms < ?", .int(moment.millis))
    }

    /// Seats that are ACTIVE on contracts of an application's customers, by name.
    func seatsThatSignIn(application: Int64, limit: Int) throws -> [(seat: Int64, member: Int64, name: String)] {
        try rows(
            """
            SELECT seat.number, seat.member, seat.first_name, seat.last_name FROM seat
            JOIN contract ON contract.number = seat.contract
            JOIN tenancy ON tenancy.organization = contract.organization
            WHERE tenancy.application = ? AND seat.state = 'ACTIVE'
            ORDER BY seat.last_name, seat.first_name, seat.number LIMIT ?
            """,
            [.int(application), .int(limit)]
        ) { ($0.int(0), $0.int(1), "\($0.text(2)) \($0.text(3))") }
    }
}

// SPDX-License-Identifier: Apache-2.0

import SQLFile

/// Statements on `token`.
extension SQLTransaction {
    func tokens() throws -> [([UInt8], Grant)] {
        try rows("SELECT hash, application, member, scope, issued_ms, expires_ms FROM token") { row in
            (
                row.blob(0),
                Grant(
                    application: row.int(1), member: row.optionalInt(2), scope: row.text(3), issued: Moment(row.int(4)),
                    expires: Moment(row.int(5)))
            )
        }
    }

    func addToken(hash: [UInt8], _ grant: Grant) throws {
        try run(
            "INSERT INTO token (hash, application, member, scope, issued_ms, expires_ms) VALUES (?, ?, ?, ?, ?, ?)",
            .blob(hash), .int(grant.application), .optional(grant.member), .text(grant.scope),
            .int(grant.issued.millis),
            .int(grant.expires.millis))
    }

    /// Removes a member's tokens of the same application with other scopes; 2-legged ones stay.
    func removeTokens(otherThan grant: Grant) throws {
        try run(
            "DELETE FROM token WHERE application = ? AND member = ? AND scope <> ?", .int(grant.application),
            .optional(grant.member), .text(grant.scope))
    }

    func removeTokens(expiredBefore moment: Moment) throws {
        try run("DELETE FROM token WHERE expires_ms < ?", .int(moment.millis))
    }
}

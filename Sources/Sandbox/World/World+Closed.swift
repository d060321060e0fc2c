// SPDX-License-Identifier: Apache-2.0

internal import SQLFile

/// Statements on members who left LinkedIn.
extension SQLTransaction {
    /// Closes a member's account. What others wrote about and to the member stays.
    ///
    /// - Returns: false when there is no such member or the account was closed before.
    func closeMember(number: Int64, at now: Moment) throws -> Bool {
        try run(
            "UPDATE member SET closed_ms = ? WHERE number = ? AND closed_ms IS NULL", .int(now.millis), .int(number))
            > 0
    }

    /// Members whom a customer's recruiters exported and who closed their accounts afterwards, the first to leave
    /// first; each once, however often exported.
    func exportedMembersWhoLeft(tenancy: Int64, start: Int, limit: Int) throws -> [(member: Int64, closed: Moment)] {
        try rows(
            """
            SELECT number, closed_ms FROM member
            WHERE closed_ms IS NOT NULL AND EXISTS (
                SELECT 1 FROM export WHERE export.tenancy = ? AND export.member = member.number)
            ORDER BY closed_ms, number LIMIT ? OFFSET ?
            """,
            [.int(tenancy), .int(limit), .int(start)]
        ) { ($0.int(0), Moment($0.int(1))) }
    }
}

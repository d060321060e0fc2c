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
}

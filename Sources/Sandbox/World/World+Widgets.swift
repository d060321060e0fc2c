// SPDX-License-Identifier: Apache-2.0

internal import SQLFile

/// Statements on `unlinked_match`.
extension SQLTransaction {
    /// The members that a candidate was unlinked from, by number.
    func unlinkedMembers(_ candidate: EntityPlace) throws -> Set<Int64> {
        Set(
            try rows(
                """
                SELECT member FROM unlinked_match JOIN entity ON entity.number = unlinked_match.entity
                WHERE tenancy = ? AND kind = ? AND parent = ? AND id = ?
                """, candidate.values
            ) { $0.int(0) })
    }

    /// Says that a candidate is not this member, whatever it is matched by.
    func unlink(_ candidate: EntityPlace, from member: Int64) throws {
        try run(
            """
            INSERT INTO unlinked_match (entity, member)
            SELECT number, ? FROM entity WHERE tenancy = ? AND kind = ? AND parent = ? AND id = ? ON CONFLICT DO NOTHING
            """, [.int(member)] + candidate.values)
    }

    /// Takes it back.
    func forgetUnlinked(_ candidate: EntityPlace, from member: Int64) throws {
        try run(
            """
            DELETE FROM unlinked_match WHERE member = ? AND entity =
                (SELECT number FROM entity WHERE tenancy = ? AND kind = ? AND parent = ? AND id = ?)
            """, [.int(member)] + candidate.values)
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Crypto
package import Domain
package import SQLFile

extension Acceptance {
    /// A user is in a group from now on.
    ///
    /// - Parameter key: an assignee's, with the user's id in it.
    mutating func join(_ key: RecordKey) throws {
        let added = try tx.run(
            """
            INSERT INTO acl_member (customer_id, acl, user_id, rid, added_ms) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (customer_id, acl, user_id) DO NOTHING
            """,
            .int(customer), .text(key.parent), .text(key.id), .int(nextRID), .int(now.value))
        guard added > 0 else {
            tally.unchanged += 1
            return
        }
        nextRID += 1
        tally.added += 1
        if let person = try tx.user(key.id, customer: customer)?.person {
            try derive(acl: key.parent, person: person)
        }
    }

    /// A user is not in a group any more.
    mutating func leave(_ key: RecordKey) throws {
        let deleted = try tx.run(
            "DELETE FROM acl_member WHERE customer_id = ? AND acl = ? AND user_id = ?",
            .int(customer), .text(key.parent), .text(key.id))
        guard deleted > 0 else {
            tally.unknown += 1
            return
        }
        tally.deleted += 1
        if let person = try tx.user(key.id, customer: customer)?.person {
            try derive(acl: key.parent, person: person)
        }
    }

    /// Makes LinkedIn's side of a group and a person what memberships and bindings say: there as long as one user who is this person
    /// is in the group.
    mutating func derive(acl: String, person: String) throws {
        let counted = tally
        defer { tally = counted }
        let isWanted = try tx.first(
            """
            SELECT 1 FROM acl_member m JOIN ats_user u ON u.customer_id = m.customer_id AND u.id = m.user_id
            WHERE m.customer_id = ? AND m.acl = ? AND u.person = ? LIMIT 1
            """, [.int(customer), .text(acl), .text(person)]
        ) { _ in true }
        let key = RecordKey(.assignee, parent: acl, id: person)
        if isWanted != nil { try put(.permission(key)) } else { try delete(key) }
    }
}

extension DesiredRecord {
    /// LinkedIn's ACL records have a key and nothing else (modules-3-5, C.3 and C.4, documented).
    fileprivate static func permission(_ key: RecordKey) -> DesiredRecord {
        DesiredRecord(key: key, body: emptyBody, hash: emptyHash)
    }

    private static let emptyBody = Array("{}".utf8)
    private static let emptyHash = ContentHash(Array(SHA256.hash(data: emptyBody).prefix(16)))
}

extension Claim {
    /// A deleted job loses its groups only once it is closed and no application names it any more: before that, everybody might see it, or
    /// them. A group that the ATS takes off a job that stays goes at once.
    func stillSecured(by key: RecordKey) throws -> RecordKey? {
        let isClosing = try tx.first(
            "SELECT desired IS NULL FROM record WHERE customer_id = ? AND kind = ? AND parent = '' AND id = ?",
            [.int(customer), .int(RecordKind.job.number), .text(key.parent)]
        ) { $0.flag(0) }
        if let isClosing { return isClosing ? RecordKey(.job, id: key.parent) : nil }
        let application = try tx.first(
            "SELECT 1 FROM record WHERE customer_id = ? AND job = ? LIMIT 1", [.int(customer), .text(key.parent)]
        ) { _ in true }
        return application.map { _ in RecordKey(.application, id: key.parent) }
    }

    /// LinkedIn allows ten groups per user (modules-3-5, C.2, documented): one more waits until LinkedIn has let go of another. What is
    /// not settled counts as held; of what was never sent, the older goes first.
    func groupToLeave(before record: DueRecord) throws -> RecordKey? {
        guard !record.isObserved else { return nil }
        let others = try tx.first(
            """
            SELECT count(*) FROM record WHERE customer_id = ? AND kind = 9 AND id = ? AND rid <> ?
                AND (desired IS NULL OR observed IS NOT NULL OR rid < ?)
            """, [.int(customer), .text(record.key.id), .int(record.rid), .int(record.rid)]
        ) { $0.int(0) }
        return (others ?? 0) < ACLMembership.mostPerUser ? nil : RecordKey(.assignee, id: record.key.id)
    }
}

extension SQLTransaction {
    /// The groups a user is in, whether LinkedIn knows or not.
    package func groups(ofUser id: String, customer: Int64) throws -> Set<String> {
        Set(
            try rows("SELECT acl FROM acl_member WHERE customer_id = ? AND user_id = ?", [.int(customer), .text(id)]) {
                $0.text(0)
            })
    }

    /// The groups a person is in through all users that are this person.
    package func groups(ofPerson person: String, customer: Int64) throws -> Set<String> {
        Set(
            try rows(
                """
                SELECT m.acl FROM ats_user u JOIN acl_member m ON m.customer_id = u.customer_id AND m.user_id = u.id
                WHERE u.customer_id = ? AND u.person = ?
                """, [.int(customer), .text(person)]
            ) { $0.text(0) })
    }

    /// In how many groups somebody would be who joins one more, counted as LinkedIn does: over all users that are the same person.
    ///
    /// - Returns: nil when there is nothing to ask, because he is in that group already.
    package func groupCount(joining membership: ACLMembership, customer: Int64) throws -> Int? {
        var groups = try groups(ofUser: membership.user, customer: customer)
        if groups.contains(membership.acl) { return nil }
        if let person = try user(membership.user, customer: customer)?.person {
            groups.formUnion(try self.groups(ofPerson: person, customer: customer))
        }
        return groups.contains(membership.acl) ? nil : groups.count + 1
    }

    /// One membership; nil when the ATS did not ask for it.
    package func membership(_ membership: ACLMembership, customer: Int64) throws -> MembershipStatus? {
        try first(
            "SELECT 1 FROM acl_member WHERE customer_id = ? AND acl = ? AND user_id = ?",
            [.int(customer), .text(membership.acl), .text(membership.user)]
        ) { _ in true }
        .map { _ in try status(membership, customer: customer) }
    }

    /// The members of a group, by user id.
    ///
    /// - Parameter after: the last user id of the page before; empty for the first page.
    package func members(of acl: String, customer: Int64, after: String = "", limit: Int) throws -> [MembershipStatus] {
        try rows(
            "SELECT user_id FROM acl_member WHERE customer_id = ? AND acl = ? AND user_id > ? ORDER BY user_id LIMIT ?",
            [.int(customer), .text(acl), .text(after), .int(limit)]
        ) { ACLMembership(acl: acl, user: $0.text(0)) }
        .map { try status($0, customer: customer) }
    }

    /// How many memberships there are, and how many of them wait until somebody signs in with LinkedIn.
    package func memberships(customer: Int64) throws -> (all: Int, unbound: Int) {
        try first(
            """
            SELECT count(*), count(*) FILTER (WHERE u.person IS NULL) FROM acl_member m
            LEFT JOIN ats_user u ON u.customer_id = m.customer_id AND u.id = m.user_id WHERE m.customer_id = ?
            """, [.int(customer)]
        ) { (Int($0.int(0)), Int($0.int(1))) } ?? (0, 0)
    }

    private func status(_ membership: ACLMembership, customer: Int64) throws -> MembershipStatus {
        let user = try user(membership.user, customer: customer)
        let record = try user?.person.flatMap {
            try explain(customer: customer, key: RecordKey(.assignee, parent: membership.acl, id: $0))
        }
        return MembershipStatus(membership: membership, user: user, record: record)
    }
}

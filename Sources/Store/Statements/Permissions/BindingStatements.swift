// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// Takes the ATS's latest word about a user; whom it is bound to stays as it is.
    ///
    /// - Returns: whether the user is new.
    @discardableResult
    package func putUser(id: String, email: String, name: String, customer: Int64, at now: Millis) throws -> Bool {
        let isNew = try user(id, customer: customer) == nil
        try run(
            """
            INSERT INTO ats_user (customer_id, id, email, email_key, name, changed_ms) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (customer_id, id) DO UPDATE SET
                email = excluded.email, email_key = excluded.email_key, name = excluded.name, changed_ms = excluded.changed_ms
            WHERE ats_user.email <> excluded.email OR ats_user.name <> excluded.name
            """,
            .int(customer), .text(id), .text(email), .text(ATSUser.emailKey(email)), .text(name), .int(now.value))
        return isNew
    }

    /// Says which member a user is; whoever it was bound to before loses what he saw through this user.
    ///
    /// - Parameters:
    ///   - person: the member's URN, as the customer's child application sees him.
    ///   - priority: interactive when somebody waits for it.
    package func bind(
        _ id: String, to person: String, source: ATSUser.Binding.Source, customer: Int64,
        priority: Priority = .interactive,
        at now: Millis
    ) throws -> BindOutcome {
        guard let user = try user(id, customer: customer) else { return .unknownUser }
        guard user.person != person else { return .bound }
        let own = try groups(ofUser: id, customer: customer)
        let his = try groups(ofPerson: person, customer: customer)
        let groups = own.union(his)
        // A binding that adds no group is not to blame for too many.
        if groups.count > max(his.count, ACLMembership.mostPerUser) { return .tooManyGroups(groups.count) }
        try run(
            "UPDATE ats_user SET person = ?, bound_how = ?, bound_ms = ?, changed_ms = ? WHERE customer_id = ? AND id = ?",
            .text(person), .int(source.rawValue), .int(now.value), .int(now.value), .int(customer), .text(id))
        try derive(own, [user.person, person], customer: customer, priority: priority, at: now)
        return .bound
    }

    /// Forgets which member a user is: his LinkedIn account loses what it saw through this user.
    package func unbind(_ id: String, customer: Int64, priority: Priority = .interactive, at now: Millis) throws {
        guard let person = try user(id, customer: customer)?.person else { return }
        try run(
            """
            UPDATE ats_user SET person = NULL, bound_how = NULL, bound_ms = NULL, changed_ms = ? WHERE customer_id = ? AND id = ?
            """, .int(now.value), .int(customer), .text(id))
        let groups = try groups(ofUser: id, customer: customer)
        try derive(groups, [person], customer: customer, priority: priority, at: now)
    }

    /// Forgets a user with its memberships and its sign-in links.
    ///
    /// - Returns: false when nobody knew it.
    @discardableResult
    package func deleteUser(_ id: String, customer: Int64, priority: Priority = .interactive, at now: Millis) throws
        -> Bool
    {
        let person = try user(id, customer: customer)?.person
        let groups = try groups(ofUser: id, customer: customer)
        try run("DELETE FROM acl_member WHERE customer_id = ? AND user_id = ?", .int(customer), .text(id))
        try run("DELETE FROM sign_in WHERE customer_id = ? AND user_id = ?", .int(customer), .text(id))
        let deleted = try run("DELETE FROM ats_user WHERE customer_id = ? AND id = ?", .int(customer), .text(id))
        try derive(groups, [person], customer: customer, priority: priority, at: now)
        return deleted > 0 || !groups.isEmpty
    }

    private func derive(
        _ groups: Set<String>, _ persons: [String?], customer: Int64, priority: Priority, at now: Millis
    ) throws {
        let pairs = groups.sorted().flatMap { group in persons.compactMap(\.self).map { (acl: group, person: $0) } }
        guard !pairs.isEmpty else { return }
        let rid = try takeNumbers("record", count: pairs.count)
        var acceptance = Acceptance(tx: self, customer: customer, priority: priority, now: now, nextRID: rid)
        for pair in pairs { try acceptance.derive(acl: pair.acl, person: pair.person) }
        try apply(acceptance.counts, customer: customer)
    }
}

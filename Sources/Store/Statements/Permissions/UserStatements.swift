// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// The customer's ATS users, by id.
    ///
    /// - Parameters:
    ///   - after: the last id of the page before; empty for the first page.
    ///   - unbound: only those that are not bound to a LinkedIn member.
    package func users(customer: Int64, after: String = "", unbound: Bool = false, limit: Int = .max) throws
        -> [ATSUser]
    {
        try users(
            "id > ?\(unbound ? " AND person IS NULL" : "") ORDER BY id LIMIT ?",
            [.int(customer), .text(after), .int(limit)])
    }

    /// One user; nil when the ATS did not tell us of such a user.
    package func user(_ id: String, customer: Int64) throws -> ATSUser? {
        try users("id = ?", [.int(customer), .text(id)]).first
    }

    /// The user who is this member. Of several, the one who was bound first.
    package func user(ofPerson person: String, customer: Int64) throws -> ATSUser? {
        try users("person = ? ORDER BY bound_ms, id LIMIT 1", [.int(customer), .text(person)]).first
    }

    /// The user with this address, whatever its case; nil also when several have it, because then nobody knows which is meant.
    package func user(ofEmail email: String, customer: Int64) throws -> ATSUser? {
        let found = try users("email_key = ? LIMIT 2", [.int(customer), .text(ATSUser.emailKey(email))])
        return found.count == 1 ? found[0] : nil
    }

    private func users(_ condition: String, _ values: [SQLValue]) throws -> [ATSUser] {
        try rows(
            "SELECT id, email, name, person, bound_how, bound_ms FROM ats_user WHERE customer_id = ? AND \(condition)",
            values
        ) { row in
            let binding = row.optionalText(3).map { person in
                ATSUser.Binding(
                    person: person, source: ATSUser.Binding.Source(rawValue: row.int(4)) ?? .given,
                    at: Millis(row.int(5)))
            }
            return ATSUser(id: row.text(0), email: row.text(1), name: row.text(2), binding: binding)
        }
    }
}

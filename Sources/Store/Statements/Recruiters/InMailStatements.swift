// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// One conversation with everything that was said in it.
package struct InMailThread: Hashable, Sendable {
    package var thread: String
    package var person: String?
    package var contract: Int64
    /// By time, then by id.
    package var messages: [InMail]
}

extension SQLTransaction {
    /// Stores messages.
    ///
    /// - Returns: those that were not known.
    package func addInMails(_ messages: [InMail], contract: Int64, customer: Int64, at now: Millis) throws -> [InMail] {
        try messages.filter { message in
            guard try !isForgotten(person: message.person, since: message.at, customer: customer) else { return false }
            return try run(
                """
                INSERT INTO inmail_message (customer_id, thread, message, person, contract, seat, from_member, sent_ms, subject, text, at_ms)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (customer_id, thread, message) DO NOTHING
                """,
                .int(customer), .text(message.thread), .text(message.id), .optional(message.person), .int(contract),
                .int(message.seat), .flag(message.isFromMember), .int(message.at.value), .optional(message.subject),
                .optional(message.text), .int(now.value)) > 0
        }
    }

    /// Conversations by URN.
    ///
    /// - Parameters:
    ///   - person: only with this member.
    ///   - after: the last thread of the page before.
    package func inMailThreads(customer: Int64, person: String? = nil, after: String = "", limit: Int) throws
        -> [InMailThread]
    {
        let named: [SQLValue] = person.map { [.text($0)] } ?? []
        let threads = try rows(
            """
            SELECT DISTINCT thread FROM inmail_message WHERE customer_id = ? \(person == nil ? "" : "AND person = ?") AND thread > ?
            ORDER BY thread LIMIT ?
            """, [.int(customer)] + named + [.text(after), .int(limit)]
        ) { $0.text(0) }
        return try threads.map { try inMailThread($0, customer: customer) }
    }

    /// One conversation; without messages when it is not known.
    package func inMailThread(_ thread: String, customer: Int64) throws -> InMailThread {
        var whole = InMailThread(thread: thread, person: nil, contract: 0, messages: [])
        try each(
            """
            SELECT message, person, seat, from_member, sent_ms, subject, text, contract FROM inmail_message
            WHERE customer_id = ? AND thread = ? ORDER BY sent_ms, message
            """, [.int(customer), .text(thread)]
        ) { row in
            whole.person = whole.person ?? row.optionalText(1)
            whole.contract = row.int(7)
            whole.messages.append(
                InMail(
                    id: row.text(0), thread: thread, person: row.optionalText(1), seat: row.int(2),
                    isFromMember: row.flag(3), at: Millis(row.int(4)), subject: row.optionalText(5),
                    text: row.optionalText(6)))
            return true
        }
        return whole
    }
}

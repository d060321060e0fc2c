// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// A profile that a member shared, as we keep it.
package struct KeptProfile: Hashable, Sendable {
    package var profile: SharedProfile
    package var contract: Int64
    package var receivedAt: Millis
}

/// A closed account, and since when we know.
package struct KeptClosure: Hashable, Sendable {
    package var account: ClosedAccount
    package var receivedAt: Millis
}

extension SQLTransaction {
    /// Stores profiles that members shared.
    ///
    /// - Returns: those that were not known, or said something else.
    package func storeProfiles(_ profiles: [SharedProfile], contract: Int64, customer: Int64, at now: Millis) throws
        -> [SharedProfile]
    {
        try profiles.filter { profile in
            guard try !isForgotten(person: profile.person, since: profile.at, customer: customer) else { return false }
            return try run(
                """
                INSERT INTO stub_profile (customer_id, stub, person, contract, seat, created_ms, profile, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (customer_id, stub) DO UPDATE SET
                    person = excluded.person, seat = excluded.seat, profile = excluded.profile, at_ms = excluded.at_ms
                WHERE stub_profile.profile <> excluded.profile
                """,
                .int(customer), .text(profile.id), .text(profile.person), .int(contract), .optional(profile.seat),
                .optional(profile.at?.value), .blob(profile.profile), .int(now.value)) > 0
        }
    }

    /// Shared profiles by id.
    ///
    /// - Parameter after: the last id of the page before.
    package func profiles(customer: Int64, person: String? = nil, after: String = "", limit: Int) throws
        -> [KeptProfile]
    {
        try profiles(
            "\(person == nil ? "" : "person = ? AND ")stub > ? ORDER BY stub LIMIT ?",
            [.int(customer)] + (person.map { [.text($0)] } ?? []) + [.text(after), .int(limit)])
    }

    func profiles(_ condition: String, _ values: [SQLValue]) throws -> [KeptProfile] {
        try rows(
            """
            SELECT stub, person, seat, created_ms, profile, contract, at_ms FROM stub_profile
            WHERE customer_id = ? AND \(condition)
            """, values
        ) { row in
            KeptProfile(
                profile: SharedProfile(
                    id: row.text(0), person: row.text(1), seat: row.optionalInt(2),
                    at: row.optionalInt(3).map(Millis.init), profile: row.blob(4)), contract: row.int(5),
                receivedAt: Millis(row.int(6)))
        }
    }

    /// Stores what readings say about notes; an older reading changes nothing, and a deleted note loses its text.
    ///
    /// - Returns: notes that changed for whoever knew them: new ones, changed ones, and deleted ones that were known.
    package func storeNotes(_ notes: [RecruiterNote], contract: Int64, customer: Int64, at now: Millis) throws
        -> [RecruiterNote]
    {
        try notes.compactMap { note in
            if try isForgotten(person: note.person, since: note.modifiedAt, customer: customer) { return nil }
            let wasActive = try first(
                "SELECT active, person, seat FROM recruiter_note WHERE customer_id = ? AND note = ?",
                [.int(customer), .text(note.id)]
            ) { (isActive: $0.flag(0), person: $0.optionalText(1), seat: $0.optionalInt(2)) }
            let changed = try run(
                """
                INSERT INTO recruiter_note (customer_id, note, person, contract, seat, active, created_ms, modified_ms, text, at_ms)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (customer_id, note) DO UPDATE SET
                    person = COALESCE(excluded.person, recruiter_note.person), seat = COALESCE(excluded.seat, recruiter_note.seat),
                    active = excluded.active, modified_ms = excluded.modified_ms, text = excluded.text, at_ms = excluded.at_ms
                WHERE excluded.modified_ms > recruiter_note.modified_ms
                    OR (excluded.modified_ms = recruiter_note.modified_ms AND recruiter_note.active = 1
                        AND (excluded.active = 0 OR NOT (excluded.text IS NOT DISTINCT FROM recruiter_note.text)))
                """,
                .int(customer), .text(note.id), .optional(note.person), .int(contract), .optional(note.seat),
                .flag(note.isActive), .optional(note.createdAt?.value), .int(note.modifiedAt.value),
                .optional(note.isActive ? note.text : nil), .int(now.value))
            guard changed > 0, note.isActive || wasActive?.isActive == true else { return nil }
            var told = note
            told.person = note.person ?? wasActive?.person
            told.seat = note.seat ?? wasActive?.seat
            if !note.isActive { told.text = nil }
            return told
        }
    }

    /// Remembers which event carries a note's text, and takes the text of a deleted note from the events that had it.
    package func noteTold(_ note: RecruiterNote, event: Int64, customer: Int64) throws {
        guard note.isActive else {
            try run(
                """
                UPDATE event SET data = NULL WHERE customer_id = ? AND number IN (
                    SELECT number FROM recruiter_note_event WHERE customer_id = ? AND note = ?)
                """, .int(customer), .int(customer), .text(note.id))
            try run(
                "DELETE FROM recruiter_note_event WHERE customer_id = ? AND note = ?", .int(customer), .text(note.id))
            return
        }
        try run(
            "INSERT INTO recruiter_note_event (customer_id, note, number) VALUES (?, ?, ?)", .int(customer),
            .text(note.id), .int(event))
    }

    /// Notes that were not deleted, in the order of their ids.
    ///
    /// - Parameter person: only about this member.
    package func notes(customer: Int64, person: String? = nil, after: String = "", limit: Int) throws -> [RecruiterNote]
    {
        try notes(
            "\(person == nil ? "" : "person = ? AND ")note > ? ORDER BY note LIMIT ?",
            [.int(customer)] + (person.map { [.text($0)] } ?? []) + [.text(after), .int(limit)])
    }

    func notes(_ condition: String, _ values: [SQLValue]) throws -> [RecruiterNote] {
        try rows(
            """
            SELECT note, seat, created_ms, modified_ms, text, person FROM recruiter_note
            WHERE customer_id = ? AND active = 1 AND \(condition)
            """, values
        ) { row in
            RecruiterNote(
                id: row.text(0), person: row.optionalText(5), seat: row.optionalInt(1), isActive: true,
                createdAt: row.optionalInt(2).map(Millis.init), modifiedAt: Millis(row.int(3)),
                text: row.optionalText(4))
        }
    }

    /// Stores accounts that were closed.
    ///
    /// - Returns: those that were not known.
    package func addClosures(_ accounts: [ClosedAccount], customer: Int64, at now: Millis) throws -> [ClosedAccount] {
        try accounts.filter { account in
            guard try !isForgotten(person: account.person, since: nil, customer: customer) else { return false }
            return try run(
                """
                INSERT INTO closed_profile (customer_id, person, closed_ms, at_ms) VALUES (?, ?, ?, ?)
                ON CONFLICT (customer_id, person) DO NOTHING
                """, .int(customer), .text(account.person), .optional(account.closedAt?.value), .int(now.value)) > 0
        }
    }

    /// Closed accounts by person.
    package func closures(customer: Int64, after: String = "", limit: Int) throws -> [KeptClosure] {
        try closures("person > ? ORDER BY person LIMIT ?", [.int(customer), .text(after), .int(limit)])
    }

    func closures(_ condition: String, _ values: [SQLValue]) throws -> [KeptClosure] {
        try rows(
            "SELECT person, closed_ms, at_ms FROM closed_profile WHERE customer_id = ? AND \(condition)", values
        ) { row in
            KeptClosure(
                account: ClosedAccount(person: row.text(0), closedAt: row.optionalInt(1).map(Millis.init)),
                receivedAt: Millis(row.int(2)))
        }
    }

    /// Which feeds hold something about a member.
    package func holdings(ofPerson person: String, customer: Int64) throws -> [PullFeed] {
        let tables: [(PullFeed, String)] = [
            (.inMail, "inmail_message"), (.stubProfiles, "stub_profile"), (.notes, "recruiter_note"),
        ]
        return try tables.filter { _, table in
            try first(
                "SELECT 1 FROM \(table) WHERE customer_id = ? AND person = ? LIMIT 1", [.int(customer), .text(person)]
            ) { _ in true } ?? false
        }.map(\.0)
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import SQLFile

/// What recruiters write down about members.
struct NoteDesk: Sendable {
    let core: SandboxCore

    /// - Throws: `ControlError` 409 when the member has left.
    func add(_ text: String, _ visibility: RecruiterNote.Visibility, about member: Member, by seat: Seat) async throws
        -> RecruiterNote
    {
        try member.mustBeOpen()
        let now = core.clock.now()
        let draft = RecruiterNote(
            number: 0, contract: seat.contract, seat: seat.number, member: member.number, text: text,
            visibility: visibility, isActive: true, created: now, modified: now)
        return try await core.world.write { tx in
            var note = draft
            note.number = try tx.addNote(note)
            return note
        }
    }

    /// Edits or deletes a note.
    ///
    /// - Throws: `ControlError` 404, and 409 when it was deleted.
    func change(_ number: Int64, _ body: @escaping @Sendable (inout RecruiterNote) throws -> Void) async throws
        -> RecruiterNote
    {
        let now = core.clock.now()
        return try await core.world.write { tx in
            guard var note = try tx.note(number: number) else { throw RecruiterNote.unknown }
            guard note.isActive else {
                throw ControlError(409, field: "note", "was deleted", remedy: "add another: POST /_sandbox/notes")
            }
            try body(&note)
            note.modified = now
            try tx.updateNote(note)
            return note
        }
    }
}

extension RecruiterNote {
    static let unknown = ControlError(
        404, field: "note", "no note has that number", remedy: "GET /_sandbox/notes lists them")
}

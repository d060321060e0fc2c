// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// A recruiter's own note, to edit or to delete.
struct NotePage: Page {
    static let template = PageTemplate("note", utf8: PackageResources.note_mustache)

    let title: String
    var person: String
    var back: String
    var path: String
    var isDeleting: Bool
    var draft: NoteForm
    /// What the note said when the form was made: whoever saves over another text is told.
    var was: String

    static let routes: [PageRoute] = [
        .seatGet("/talent/notes/{note}") { try await show($0, isDeleting: false, draft: nil) },
        .seatGet("/talent/notes/{note}/delete") { try await show($0, isDeleting: true, draft: nil) },
        .seatPost("/talent/notes/{note}") { try await edit($0) },
        .seatPost("/talent/notes/{note}/delete") { try await delete($0) },
    ]

    /// The note of the path, if it is the recruiter's own.
    private static func note(_ call: PageCall) async throws -> RecruiterNote {
        let (seat, number) = (try call.seated().seat.number, try call.number(0))
        guard let note = try await call.read({ tx in try tx.note(number: number) }), note.seat == seat, note.isActive
        else { throw PageProblem.unknownPage }
        return note
    }

    private static func show(
        _ call: PageCall, isDeleting: Bool, draft: NoteForm?, status: Int = 200, notice: Notice? = nil
    ) async throws -> WebResponse {
        let note = try await note(call)
        let member = try await call.read { tx in try tx.member(number: note.member) }
        var form = draft ?? NoteForm()
        if draft == nil { form.text = note.text }
        form.isPrivate = note.visibility == .onlyAuthor
        let page = NotePage(
            title: isDeleting ? "Delete the note?" : "Edit the note", person: member?.name ?? "",
            back: back(note), path: "/talent/notes/\(note.number)", isDeleting: isDeleting, draft: form,
            was: String(note.modified.millis))
        return call.page(page, status: status, notice: notice)
    }

    private static func edit(_ call: PageCall) async throws -> WebResponse {
        let note = try await note(call)
        let draft = NoteForm(call.form)
        guard let text = call.text("text", most: NoteForm.most) else {
            return try await show(call, isDeleting: false, draft: draft.complaining(), status: 422)
        }
        guard call.form["was"] == String(note.modified.millis) else {
            return try await show(
                call, isDeleting: false, draft: draft, status: 409,
                notice: Notice(
                    .warn,
                    "The note was changed in another window meanwhile. Save again to put your text in place of it."))
        }
        _ = try await NoteDesk(core: call.core).change(note.number) { $0.text = text }
        return .see("/talent/profile/\(note.member)/activity?done=note-saved")
    }

    private static func delete(_ call: PageCall) async throws -> WebResponse {
        let note = try await note(call)
        _ = try await NoteDesk(core: call.core).change(note.number) { $0.isActive = false }
        return .see("/talent/profile/\(note.member)/activity?done=note-deleted")
    }

    private static func back(_ note: RecruiterNote) -> String { "/talent/profile/\(note.member)/activity" }
}

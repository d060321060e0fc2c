// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// What the customer's recruiters did about one member. Who sees what is LinkedIn's rule (modules 3–5, B.1): of an InMail the sender sees
/// the first message, others who wrote and when; private notes only their author; a rejection only who said it.
struct ActivityPage: Page {
    static let template = PageTemplate("activity", utf8: PackageResources.activity_mustache)

    struct Mail: Sendable {
        var recruiter: String
        var time: ShownTime
        var answer: Badge
        /// Only for the sender.
        var subject: String
        var text: String
        var thread: String?
    }

    struct Note: Sendable {
        var author: String
        var time: ShownTime
        var isEdited: Bool
        var isPrivate: Bool
        var text: String
        /// Only the author edits and deletes.
        var edit: String?
    }

    struct Rejection: Sendable {
        var reason: String
        var time: ShownTime
    }

    let title: String
    var head: MemberHead
    var path: String
    var mails: [Mail]
    var mailPager: Pager?
    var notes: [Note]
    var notePager: Pager?
    var draft: NoteForm
    var rejection: Rejection?
    var reasons: [String]
    var exports: [ExportsPage.Row]
    var exportPager: Pager?
    var isOpen: Bool

    static let routes: [PageRoute] = [
        .seatGet("/talent/profile/{member}/activity") { try await show($0, draft: NoteForm()) },
        .seatPost("/talent/profile/{member}/notes") { try await addNote($0) },
        .seatPost("/talent/profile/{member}/interest") { try await reject($0) },
    ]

    private static let pageSize = 20
    static let reasons = [
        "Skills do not match", "Not enough experience", "Too senior for the role", "Place does not fit",
        "Asked not to be contacted", "Another reason",
    ]

    private static func show(_ call: PageCall, draft: NoteForm, status: Int = 200) async throws -> WebResponse {
        let recruiter = try call.seated()
        let member = try await call.member()
        let (seat, organization, now) = (recruiter.seat.number, recruiter.contract.organization, call.now)
        let number = member.number
        let cursors = (
            TimeCursor(call.query["mails"]), TimeCursor(call.query["notes"]), TimeCursor(call.query["exports"])
        )
        let limit = pageSize + 1
        let (mails, notes, exports, rejection) = try await call.read { tx in
            let mails = try tx.conversations(
                member: number, organization: organization, after: cursors.0, limit: limit
            ).map { ($0, $0.thread.seat == seat ? try tx.opening(thread: $0.thread.number) : nil) }
            return (
                mails,
                try tx.visibleNotes(
                    member: number, organization: organization, seat: seat, after: cursors.1, limit: limit),
                try tx.exports(member: number, organization: organization, after: cursors.2, limit: limit),
                try tx.notInterested(seat: seat, member: number)
            )
        }
        let path = "/talent/profile/\(number)"
        func pager(_ key: String, _ count: Int, _ last: TimeCursor?, _ one: String) -> Pager? {
            count == 0 && call.query[key] == nil
                ? nil
                : Pager(
                    path + "/activity", call.query, nextKey: count > pageSize ? last?.text : nil,
                    says: Wording.count(min(count, pageSize), one) + (count > pageSize ? " on this page" : ""), key: key
                )
        }
        let page = ActivityPage(
            title: member.name,
            head: MemberHead(
                member, .activity, badges: rejection == nil ? [] : [Badge(.quiet, "You are not interested")]),
            path: path, mails: mails.prefix(pageSize).map { Self.mail($0, $1, call) },
            mailPager: pager("mails", mails.count, mails.prefix(pageSize).last?.0.cursor, "conversation"),
            notes: notes.prefix(pageSize).map { Self.note($0, seat, call) },
            notePager: pager("notes", notes.count, notes.prefix(pageSize).last?.cursor, "note"), draft: draft,
            rejection: rejection.map { Rejection(reason: $0.reason, time: call.shown($0.said)) }, reasons: reasons,
            exports: exports.prefix(pageSize).map { ExportsPage.Row($0, now: now) },
            exportPager: pager("exports", exports.count, exports.prefix(pageSize).last?.cursor, "export"),
            isOpen: member.closed == nil)
        return call.page(page, status: status)
    }

    private static func mail(_ conversation: Conversation, _ opening: String?, _ call: PageCall) -> Mail {
        let isOwn = opening != nil
        return Mail(
            recruiter: conversation.recruiter, time: call.shown(conversation.thread.opened),
            answer: conversation.thread.answer.badge, subject: isOwn ? conversation.thread.subject : "",
            text: opening ?? "", thread: isOwn ? "/talent/inbox/\(conversation.thread.number)" : nil)
    }

    private static func note(_ signed: SignedNote, _ seat: Int64, _ call: PageCall) -> Note {
        let note = signed.note
        return Note(
            author: signed.author, time: call.shown(note.modified), isEdited: note.modified > note.created,
            isPrivate: note.visibility == .onlyAuthor, text: note.text,
            edit: note.seat == seat ? "/talent/notes/\(note.number)" : nil)
    }

    private static func addNote(_ call: PageCall) async throws -> WebResponse {
        let recruiter = try call.seated()
        let member = try await call.member()
        let draft = NoteForm(call.form)
        guard let text = call.text("text", most: NoteForm.most) else {
            return try await show(call, draft: draft.complaining(), status: 422)
        }
        _ = try await NoteDesk(core: call.core).add(text, draft.visibility, about: member, by: recruiter.seat)
        return .see("/talent/profile/\(member.number)/activity?done=note-added")
    }

    private static func reject(_ call: PageCall) async throws -> WebResponse {
        let seat = try call.seated().seat.number
        let member = try await call.member()
        let (number, now) = (member.number, call.now)
        if call.form.has("undo") {
            try await call.write { tx in try tx.forgetNotInterested(seat: seat, member: number) }
            return .see("/talent/profile/\(number)/activity?done=interest-back")
        }
        guard let reason = call.form["reason"], reasons.contains(reason) else { throw PageProblem.unknownPage }
        let words = call.text("words", most: 500)
        try await call.write { tx in
            try tx.sayNotInterested(
                seat: seat, member: number, reason: words.map { "\(reason): \($0)" } ?? reason, at: now)
        }
        return .see("/talent/profile/\(number)/activity?done=not-interested")
    }
}

/// What somebody is writing into a note's form, kept when it is shown again.
struct NoteForm: Sendable {
    /// Longer notes are refused; what LinkedIn allows is not documented.
    static let most = 10_000

    var text = ""
    var isPrivate = false
    var error: String?

    var visibility: RecruiterNote.Visibility { isPrivate ? .onlyAuthor : .organization }

    init() {}

    init(_ form: FormFields) {
        text = form.exact("text") ?? ""
        isPrivate = form["visibility"] == RecruiterNote.Visibility.onlyAuthor.rawValue
    }

    func complaining() -> Self {
        var form = self
        form.error = text.isEmpty ? "Write something." : "A note has at most \(Wording.count(Self.most)) characters."
        return form
    }
}

extension InMailThread.Answer {
    /// Whether the member accepted, as Recruiter shows it to everybody.
    var badge: Badge {
        switch self {
        case .none: Badge(.quiet, "No answer yet")
        case .withheld: Badge(.good, "Accepted")
        case .shared: Badge(.good, "Accepted, contact shared")
        case .declined: Badge(.bad, "Declined")
        }
    }
}

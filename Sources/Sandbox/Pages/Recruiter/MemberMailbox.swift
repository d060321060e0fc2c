// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// The other side: what recruiters wrote to a member, as the member reads it. Anybody may play a member; it is a sandbox.
struct MemberMailbox: Page {
    static let template = PageTemplate("member_mailbox", utf8: PackageResources.member_mailbox_mustache)

    struct Row: Sendable {
        var href: String
        var recruiter: String
        var subject: String
        var snippet: String
        var time: ShownTime
        var answer: Badge
        /// The member has not answered the last message.
        var isWaiting: Bool
    }

    let title: String
    var profile: String
    var isOpen: Bool
    var rows: [Row]
    var empty = Nothing(
        title: "Nobody has written", text: "A recruiter writes an InMail from the member’s profile.", link: nil)
    var pager: Pager

    static let routes: [PageRoute] = [.get("/talent/as/{member}") { try await show($0) }]

    private static let pageSize = 50

    private static func show(_ call: PageCall) async throws -> WebResponse {
        let member = try await call.member()
        let (number, cursor) = (member.number, TimeCursor(call.query["after"]))
        let found = try await call.read { tx in try tx.mailbox(member: number, after: cursor, limit: pageSize + 1) }
        let shown = found.prefix(pageSize)
        let page = MemberMailbox(
            title: "You are \(member.name)", profile: "/talent/profile/\(number)", isOpen: member.closed == nil,
            rows: shown.map { one in
                Row(
                    href: "/talent/as/\(number)/\(one.thread.number)", recruiter: one.recruiter,
                    subject: one.thread.subject, snippet: one.snippet, time: call.shown(one.last),
                    answer: one.thread.answer.badge, isWaiting: !one.isLastFromMember && one.thread.answer != .declined)
            },
            pager: Pager(
                "/talent/as/\(number)", call.query, nextKey: found.count > pageSize ? shown.last?.cursor.text : nil,
                says: Wording.count(shown.count, "conversation") + (found.count > pageSize ? " on this page" : "")))
        return call.page(page)
    }
}

/// One conversation as the member reads it, and the answer. The first answer accepts or declines, and decides about contact
/// data; LinkedIn asks only then [doc: stub-profiles].
struct MemberThread: Page {
    static let template = PageTemplate("member_thread", utf8: PackageResources.member_thread_mustache)

    let title: String
    var recruiter: String
    var person: String
    var mailbox: String
    var answer: Badge
    var messages: [ThreadPage.Message]
    var earlier: String?
    var path: String
    var isFirst: Bool
    var isOpen: Bool
    var why: String
    var draft: MailForm
    var shares: Bool
    /// What sharing gives away.
    var email: String
    var phone: String?

    static let routes: [PageRoute] = [
        .get("/talent/as/{member}/{thread}") { try await show($0, MailForm()) },
        .post("/talent/as/{member}/{thread}") { try await answer($0) },
    ]

    private static func thread(_ call: PageCall) async throws -> (InMailThread, Member) {
        let (member, number) = (try await call.member(), try call.number(1))
        guard let thread = try await call.read({ tx in try tx.thread(number: number) }), thread.member == member.number
        else { throw PageProblem.unknownPage }
        return (thread, member)
    }

    private static func show(_ call: PageCall, _ draft: MailForm, status: Int = 200, notice: Notice? = nil) async throws
        -> WebResponse
    {
        let (thread, member) = try await thread(call)
        let before = call.query["before"].flatMap { Int64($0) }
        let (found, seat) = try await call.read { tx in
            (
                try tx.messages(thread: thread.number, before: before, limit: ThreadPage.pageSize + 1),
                try tx.seat(number: thread.seat)
            )
        }
        let recruiter = seat.map { "\($0.firstName) \($0.lastName)" } ?? ""
        let path = "/talent/as/\(member.number)/\(thread.number)"
        let shown = found.suffix(ThreadPage.pageSize)
        let page = MemberThread(
            title: thread.subject, recruiter: recruiter, person: member.name, mailbox: "/talent/as/\(member.number)",
            answer: thread.answer.badge,
            messages: shown.map {
                ThreadPage.Message(
                    $0, isOurs: $0.isFromMember, author: $0.isFromMember ? member.name : recruiter, now: call.now)
            },
            earlier: found.count > ThreadPage.pageSize ? shown.first.map { "\(path)?before=\($0.number)" } : nil,
            path: path, isFirst: thread.answer == .none, isOpen: member.closed == nil && thread.answer != .declined,
            why: member.closed != nil ? "The account is closed." : "You declined.", draft: draft,
            shares: call.form["contact"] == "share", email: member.email, phone: member.phone.orNil)
        return call.page(page, status: status, notice: notice)
    }

    private static func answer(_ call: PageCall) async throws -> WebResponse {
        let (thread, member) = try await thread(call)
        var draft = MailForm(call.form)
        let declines = call.form["answer"] == "decline"
        let shares = call.form["contact"] == "share"
        let isFirst = thread.answer == .none
        // The page was open while somebody answered in another window.
        if thread.answer == .declined || (!isFirst && (declines || call.form.has("contact"))) {
            return try await show(
                call, draft, status: 409,
                notice: Notice(.warn, "You have answered in another window meanwhile. Your text is still here."))
        }
        if !(declines && draft.text.isEmpty), !draft.check(needsSubject: false) {
            return try await show(call, draft, status: 422)
        }
        _ = try await InMailDesk(core: call.core).answer(
            thread.number,
            InMailDesk.Reply(
                text: draft.text.isEmpty ? nil : draft.text, isDeclined: declines,
                sharesContact: isFirst && !declines && shares))
        return .see(
            "/talent/as/\(member.number)/\(thread.number)?done=\(declines ? "member-declined" : "member-answered")")
    }
}

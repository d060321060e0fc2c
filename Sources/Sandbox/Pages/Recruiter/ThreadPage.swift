// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// One conversation, by the recruiter who began it.
struct ThreadPage: Page {
    static let template = PageTemplate("thread", utf8: PackageResources.thread_mustache)

    struct Message: Sendable {
        var isOurs: Bool
        var author: String
        var text: String
        var time: ShownTime

        /// - Parameter isOurs: whether whoever looks wrote it.
        init(_ message: InMail, isOurs: Bool, author: String, now: Moment) {
            self.isOurs = isOurs
            self.author = author
            text = message.text
            time = ShownTime(message.sent.millis, now: now.millis)
        }
    }

    let title: String
    var person: String
    var profile: String
    var answer: Badge
    var messages: [Message]
    var earlier: String?
    var path: String
    /// Declined, or the member left.
    var isOver: Bool
    var why: String
    var draft: MailForm
    var actAs: String

    static let routes: [PageRoute] = [
        .seatGet("/talent/inbox/{thread}") { try await show($0, draft: MailForm()) },
        .seatPost("/talent/inbox/{thread}") { try await send($0) },
    ]

    static let pageSize = 50

    /// The conversation of the path, if it is the recruiter's own.
    private static func thread(_ call: PageCall) async throws -> (InMailThread, Member) {
        let (seat, number) = (try call.seated().seat.number, try call.number(0))
        let found = try await call.read { tx -> (InMailThread, Member)? in
            guard let thread = try tx.thread(number: number), thread.seat == seat,
                let member = try tx.member(number: thread.member)
            else { return nil }
            return (thread, member)
        }
        guard let found else { throw PageProblem.unknownPage }
        return found
    }

    private static func show(_ call: PageCall, draft: MailForm, status: Int = 200) async throws -> WebResponse {
        let (thread, member) = try await thread(call)
        let before = call.query["before"].flatMap { Int64($0) }
        // The recruiter has seen it with this page.
        let found = try await call.write { tx in
            try tx.markRead(thread: thread.number)
            return try tx.messages(thread: thread.number, before: before, limit: pageSize + 1)
        }
        let recruiter = try call.seated().name
        let path = "/talent/inbox/\(thread.number)"
        let shown = found.suffix(pageSize)
        let page = ThreadPage(
            title: thread.subject, person: member.name, profile: "/talent/profile/\(member.number)",
            answer: thread.answer.badge,
            messages: shown.map {
                Message(
                    $0, isOurs: !$0.isFromMember, author: $0.isFromMember ? member.name : recruiter, now: call.now)
            },
            earlier: found.count > pageSize ? shown.first.map { "\(path)?before=\($0.number)" } : nil, path: path,
            isOver: thread.answer == .declined || member.closed != nil,
            why: member.closed != nil
                ? "The member has closed the account."
                : "The member declined. Begin another conversation from the profile.",
            draft: draft, actAs: "/talent/as/\(member.number)/\(thread.number)")
        return call.page(page, status: status)
    }

    private static func send(_ call: PageCall) async throws -> WebResponse {
        let (thread, _) = try await thread(call)
        var draft = MailForm(call.form)
        guard draft.check(needsSubject: false) else { return try await show(call, draft: draft, status: 422) }
        _ = try await InMailDesk(core: call.core).goOn(thread.number, text: draft.text)
        return .see("/talent/inbox/\(thread.number)?done=inmail-sent")
    }
}

// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Web

/// InMail: conversations by their latest message, and one conversation whole, both sides, in its order.
enum ThreadPages {
    static let routes: [DashboardRoute] = [
        .get("/ui/customers/{id}/inbox/threads", .viewer, list),
        .get("/ui/customers/{id}/inbox/threads/{thread}", .viewer, show),
    ]

    private static func list(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (mark, now, query) = (call.mark, call.now, call.query)
        let page = try await call.store.read { tx in
            let heads = ListPart(
                try tx.inMailHeads(customer: customer.number, before: mark, limit: Pager.asked),
                mark: { PageMark(at: $0.latest.at, key: $0.thread) })
            let members = Members(tx, customer)
            return try ThreadListPage(
                tabs: Inbox.tabs(customer, "threads", open: Inbox.openExports(tx, customer)),
                rows: heads.rows.map { try ThreadRow($0, customer, members, now) }, hasRows: !heads.rows.isEmpty,
                pager: heads.pager(Inbox.base(customer) + "/threads", query, "conversation"),
                empty: EmptyBox(
                    "No conversations yet",
                    "InMail of every active seat is read every 30 minutes, once the contract's administrator has enabled it at LinkedIn."
                ))
        }
        return call.page(page, of: customer)
    }

    private static func show(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (id, now) = (call.values[1], call.now)
        let page = try await call.store.read { tx -> ThreadPage? in
            let thread = try tx.inMailThread(id, customer: customer.number)
            guard let first = thread.messages.first else { return nil }
            let members = Members(tx, customer)
            let received =
                try tx.receivedAt(message: first.id, in: id, customer: customer.number) ?? first.at
            let member = try members.member(thread.person)
            return ThreadPage(
                title: "InMail with \(member.name.excerpt(120))", back: Inbox.base(customer) + "/threads",
                member: member, contract: thread.contract, topic: thread.messages.compactMap(\.subject).first,
                keeping: try Keeping(tx, customer).says(.inMails, receivedAt: received),
                messages: try thread.messages.suffix(Self.most).map { try ShownMessage($0, member, members, now) },
                left: thread.messages.count > Self.most
                    ? "\(Wording.count(thread.messages.count - Self.most, "earlier message")) left out here; GET /api/v1/inmails has them all."
                    : nil)
        }
        guard let page else {
            throw DashboardProblem(
                status: 404, title: "There is no such conversation", text: "It was erased, or is over its time.",
                links: [Link("All conversations", Inbox.base(customer) + "/threads")])
        }
        return call.page(page, of: customer)
    }

    /// Messages of one conversation on a page; nobody wrote so many by hand.
    private static let most = 500
}

struct ThreadRow: Sendable {
    var name: String
    var href: String
    var candidate: Link?
    var subject: String?
    var start: String
    var who: String
    var count: String
    var at: ShownTime

    init(_ head: InMailHead, _ customer: Customer, _ members: Members, _ now: Millis) throws {
        let member = try members.member(head.person)
        name = member.name.excerpt(120)
        href = "\(Inbox.base(customer))/threads/\(head.thread.urlComponent)"
        candidate = member.candidate
        subject = head.latest.subject?.excerpt(120)
        start = (head.latest.text ?? "").excerpt()
        who = head.latest.isFromMember ? "the member" : try members.recruiter(head.latest.seat)
        count = Wording.count(head.count, "message")
        at = ShownTime(head.latest.at.value, now: now.value)
    }
}

struct ThreadListPage: Page {
    static let template = PageTemplate("inbox-threads", utf8: PackageResources.inbox_threads_mustache)
    var title = "Inbox"
    var tabs: [PageTab]
    var rows: [ThreadRow]
    var hasRows: Bool
    var pager: Pager
    var empty: EmptyBox
}

struct ShownMessage: Sendable {
    var isOurs: Bool
    var who: String
    var at: ShownTime
    var subject: String?
    var text: String

    init(_ message: InMail, _ member: ShownMember, _ members: Members, _ now: Millis) throws {
        isOurs = !message.isFromMember
        who = message.isFromMember ? member.name.excerpt(120) : try members.recruiter(message.seat)
        at = ShownTime(message.at.value, now: now.value)
        subject = message.subject
        text = message.text ?? ""
    }
}

struct ThreadPage: Page {
    static let template = PageTemplate("inbox-thread", utf8: PackageResources.inbox_thread_mustache)
    var title: String
    var back: String
    var member: ShownMember
    var contract: Int64
    /// The first subject anybody wrote; not called like a message's own.
    var topic: String?
    var keeping: String
    var messages: [ShownMessage]
    var left: String?
}

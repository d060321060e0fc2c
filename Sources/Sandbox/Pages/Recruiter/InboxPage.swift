// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// A recruiter's conversations.
struct InboxPage: Page {
    static let template = PageTemplate("inbox", utf8: PackageResources.inbox_mustache)

    struct Row: Sendable {
        var href: String
        var person: String
        var subject: String
        var snippet: String
        var time: ShownTime
        var isUnread: Bool
        var answer: Badge
        /// The recruiter said the last word.
        var isOwn: Bool
    }

    let title = "Inbox"
    var tabs: [MemberHead.Tab]
    var rows: [Row]
    var empty: Nothing
    var pager: Pager

    static let routes: [PageRoute] = [.seatGet("/talent/inbox") { try await show($0) }]

    private static let pageSize = 50

    private static func show(_ call: PageCall) async throws -> WebResponse {
        let seat = try call.seated().seat.number
        let filter = call.query["show"].flatMap(InboxFilter.init) ?? .all
        let cursor = TimeCursor(call.query["after"])
        let (found, counts) = try await call.read { tx in
            (try tx.inbox(seat: seat, filter, after: cursor, limit: pageSize + 1), try tx.inboxCounts(seat: seat))
        }
        let shown = found.prefix(pageSize)
        let page = InboxPage(
            tabs: InboxFilter.allCases.map { one in
                MemberHead.Tab(
                    label: "\(one.label) (\(Wording.count(counts[one] ?? 0)))",
                    href: "/talent/inbox?show=\(one.rawValue)",
                    isCurrent: one == filter)
            },
            rows: shown.map { one in
                Row(
                    href: "/talent/inbox/\(one.thread.number)", person: one.member, subject: one.thread.subject,
                    snippet: one.snippet, time: call.shown(one.last), isUnread: one.isUnread,
                    answer: one.thread.answer.badge, isOwn: !one.isLastFromMember)
            },
            empty: filter.nothing,
            pager: Pager(
                "/talent/inbox", call.query, nextKey: found.count > pageSize ? shown.last?.cursor.text : nil,
                says: "\(Wording.count(shown.count)) of \(Wording.count(counts[filter] ?? 0, "conversation"))"))
        return call.page(page)
    }
}

extension InboxFilter {
    fileprivate var label: String {
        switch self {
        case .all: "All"
        case .unread: "Unread"
        case .waiting: "Awaiting reply"
        }
    }

    fileprivate var nothing: Nothing {
        switch self {
        case .all:
            Nothing(
                title: "No conversation yet", text: "Open a member’s profile and write an InMail.",
                link: Link("Search members", "/talent/search"))
        case .unread: Nothing(title: "You have read everything", text: "New answers appear here.", link: nil)
        case .waiting: Nothing(title: "Nobody owes you an answer", text: "Every member has answered.", link: nil)
        }
    }
}

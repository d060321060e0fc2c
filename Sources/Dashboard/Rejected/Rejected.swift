// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import Store
import Web

/// What LinkedIn refused, by reason: so that what went wrong once for thousands is mended once.
enum Rejected {
    static let routes: [DashboardRoute] = [
        .get("/ui/customers/{id}/rejected", .viewer, groups),
        .get("/ui/customers/{id}/rejected/rows", .viewer, rows),
        .get("/ui/customers/{id}/rejected/rows.csv", .viewer, RejectedFile.download),
        .post("/ui/customers/{id}/rejected/retry", .operator, retry),
    ]

    private static func groups(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let groups = try await call.store.read { try $0.rejectionGroups(customer: customer.number) }
        return call.page(
            RejectedPage(customer: customer, groups: groups, mayAct: call.visitor.account.role >= .operator),
            of: customer)
    }

    private static func rows(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        guard let group = RejectedGroup(call.query) else { throw DashboardProblem.noSuchGroup(customer) }
        let after = call.query["after"].flatMap(Int64.init) ?? 0
        let (count, lines) = try await call.store.read { tx in
            (
                try tx.rejectionCount(customer: customer.number, kind: group.kind, reason: group.reason),
                try tx.rejected(
                    customer: customer.number, kind: group.kind, reason: group.reason, after: after, limit: Pager.asked
                ).map { ($0, try ATSPage.address(of: $0, tx, customer: customer.number)) }
            )
        }
        return call.page(
            RejectedRowsPage(
                customer: customer, group: group, count: count, lines: lines, query: call.query,
                mayAct: call.visitor.account.role >= .operator, now: call.now), of: customer)
    }

    /// Sends one group again, or everything that was refused.
    private static func retry(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let group = RejectedGroup(call.form)
        guard group != nil || call.form["all"] == "true" else { throw DashboardProblem.noSuchGroup(customer) }
        let (now, actor) = (call.now, call.visitor.account.name)
        let count = try await call.store.write { tx in
            let count =
                if let group {
                    try tx.retryRejected(customer: customer.number, kind: group.kind, reason: group.reason, at: now)
                } else {
                    try RecordKind.allCases.reduce(0) {
                        try $0 + tx.retryRejected(customer: customer.number, kind: $1, at: now)
                    }
                }
            let what = group.map { "\($0.kind.rawValue), \($0.reason.code)" } ?? "all types"
            try tx.audit(
                AuditEntry(
                    actor: actor, action: "rejected.retry", customer: customer.number, subject: "\(count) of \(what)"),
                at: now)
            return count
        }
        if count > 0 { call.parts.signal.recordsChanged(customer.number) }
        return .see("/ui/customers/\(customer.id.text)/rejected?done=retried")
    }
}

extension DashboardProblem {
    static func noSuchGroup(_ customer: Customer) -> Self {
        Self(
            status: 404, title: "Nothing is rejected for this reason",
            text: "It was sent again, or the address is mistyped.",
            links: [Link("Everything that is rejected", "/ui/customers/\(customer.id)/rejected")])
    }
}

/// A type and a reason, as an address and a form name them.
struct RejectedGroup: Sendable {
    var kind: RecordKind
    var reason: Reason

    init(kind: RecordKind, reason: Reason) {
        self.kind = kind
        self.reason = reason
    }

    init?(_ fields: FormFields) {
        guard let kind = fields["type"].flatMap(RecordKind.init(rawValue:)), let code = fields["code"],
            let reason = fields.exact("reason")
        else { return nil }
        self.init(kind: kind, reason: Reason(Reason.Code(rawValue: code), reason))
    }

    var fields: FormFields {
        FormFields([("type", kind.rawValue), ("code", reason.code.rawValue), ("reason", reason.message)])
    }

    /// The field that LinkedIn blames, from its validator's `ERROR :: /emailAddresses/0 :: …`.
    static func field(in message: String) -> String? {
        guard let start = message.firstRange(of: "ERROR :: /") else { return nil }
        let path = message[start.upperBound...].prefix { $0 != " " }
        return path.isEmpty ? nil : path.split(separator: "/").joined(separator: " › ")
    }
}

struct RejectedPage: Page {
    static let template = PageTemplate("rejected", utf8: PackageResources.rejected_mustache)

    struct Group: Sendable {
        var kind: String
        var reason: String
        var field: String?
        var count: String
        var href: String
        var hidden: [RecordScreen.Hidden]
        var question: String
    }

    var title = "Rejected"
    var total: String
    var groups: [Group]
    var more: String?
    var mayAct: Bool
    var retry: String
    var file: String
    var question: String
    var empty: EmptyBox?

    private static let most = 50

    init(customer: Customer, groups all: [RejectionGroup], mayAct: Bool) {
        let base = "/ui/customers/\(customer.id)/rejected"
        let count = all.reduce(0) { $0 + $1.count }
        total = "\(Wording.count(count, "record")) for \(Wording.count(all.count, "reason"))"
        groups = all.prefix(Self.most).map { group in
            let named = RejectedGroup(kind: group.kind, reason: group.reason)
            return Group(
                kind: group.count == 1 ? group.kind.label : group.kind.plural, reason: group.reason.message,
                field: RejectedGroup.field(in: group.reason.message), count: Wording.count(group.count),
                href: "\(base)/rows?\(named.fields.query())",
                hidden: named.fields.pairs.map { RecordScreen.Hidden(name: $0.name, value: $0.value) },
                question: "Send \(Wording.count(group.count, "record")) again?")
        }
        let left = all.dropFirst(Self.most)
        more =
            left.isEmpty
            ? nil
            : "\(Wording.count(left.count, "more reason")) with \(Wording.count(left.reduce(0) { $0 + $1.count }, "record")): all of them are in the file."
        self.mayAct = mayAct && count > 0
        retry = base + "/retry"
        file = base + "/rows.csv"
        question = "Send \(Wording.count(count, "rejected record")) again?"
        if all.isEmpty {
            empty = EmptyBox(
                "Nothing is rejected", "LinkedIn took everything that it was sent.",
                link: Link("All records", "/ui/customers/\(customer.id)/records"))
        }
    }
}

/// The records of one reason.
struct RejectedRowsPage: Page {
    static let template = PageTemplate("rejected-rows", utf8: PackageResources.rejected_rows_mustache)

    struct Row: Sendable {
        var id: String
        var href: String
        var owner: Link?
        var label: String?
        var time: ShownTime
        var request: String?
        var ats: String?
        var hidden: [RecordScreen.Hidden]
    }

    var title: String
    var back: String
    var reason: String
    var field: String?
    var rows: [Row]
    var mayAct: Bool
    var retryOne: String
    var retry: String
    var question: String
    var hidden: [RecordScreen.Hidden]
    var file: String
    var empty: EmptyBox?
    var pager: Pager

    init(
        customer: Customer, group: RejectedGroup, count: Int, lines: [(RecordLine, String?)], query: FormFields,
        mayAct: Bool, now: Millis
    ) {
        let base = "/ui/customers/\(customer.id)"
        let part = ListPart(lines, key: { String($0.0.rid) })
        title =
            "Rejected: \(count == 1 ? "1 \(group.kind.label.lowercased())" : "\(Wording.count(count)) \(group.kind.plural.lowercased())")"
        back = base + "/rejected"
        reason = group.reason.message
        field = RejectedGroup.field(in: group.reason.message)
        rows = part.rows.map { line, ats in
            Row(
                id: line.key.id, href: line.key.path(of: customer.id),
                owner: line.key.owner.map { Link($0.id, $0.path(of: customer.id)) },
                label: line.label.text.map(RecordTable.short),
                time: ShownTime((line.status.sentAt ?? line.status.changedAt).value, now: now.value),
                request: line.status.requestID, ats: ats,
                hidden: line.key.fields.pairs.map { RecordScreen.Hidden(name: $0.name, value: $0.value) })
        }
        self.mayAct = mayAct && count > 0
        retryOne = base + "/records/one/retry"
        retry = base + "/rejected/retry"
        question = "Send \(Wording.count(count, "record")) again?"
        hidden = group.fields.pairs.map { RecordScreen.Hidden(name: $0.name, value: $0.value) }
        file = base + "/rejected/rows.csv?" + group.fields.query()
        if lines.isEmpty {
            empty = EmptyBox(
                "Nothing is rejected for this reason any more", "It was sent again, or the ATS changed it.",
                link: Link("Everything that is rejected", back))
        }
        pager = Pager(
            base + "/rejected/rows", query, nextKey: part.nextKey,
            says: "\(Wording.count(part.rows.count)) of \(Wording.count(count, "record"))")
    }
}

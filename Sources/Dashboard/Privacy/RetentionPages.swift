// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Web

/// How long LinkedIn's data is kept, what was removed, and what is done about closed accounts, with the evidence.
enum RetentionPages {
    static let routes: [DashboardRoute] = [
        .get("/ui/customers/{id}/privacy/retention", .viewer) { try await show($0) },
        .post("/ui/customers/{id}/privacy/retention", .admin, save),
        .get("/ui/customers/{id}/privacy/closed", .viewer, closed),
    ]

    /// - Parameters:
    ///   - typed: what was typed, when it was not taken.
    private static func show(_ call: DashboardCall, typed: FormFields? = nil) async throws -> WebResponse {
        let customer = try await call.customer()
        let (now, query, isAdmin) = (call.now, call.query, call.visitor.account.role >= .admin)
        let before = query["before"].flatMap { Int64($0) }
        let page = try await call.store.read { tx in
            let policy = try tx.retentionPolicy(customer: customer.number)
            let runs = ListPart(
                try tx.retentionRuns(customer: customer.number, before: before, limit: Pager.asked),
                key: { String($0.number) })
            let next = try tx.nextPurge(customer: customer.number)
            let over = try tx.purgeable(customer: customer.number, at: now)
            return RetentionPage(
                tabs: Privacy.tabs(customer, "retention"), base: Privacy.base(customer) + "/retention",
                revision: typed?[EditedThing.field] ?? policy.edited.revision,
                kinds: RetentionKind.allCases.map { kind in
                    RetentionField(
                        kind,
                        days: typed.map { $0.exact(kind.rawValue) ?? "" } ?? policy.days[kind].map(String.init) ?? "",
                        over: over.first { $0.kind == kind }?.removed ?? 0, isAdmin: isAdmin)
                },
                closed: ClosedPolicy.allCases.map {
                    Choice($0.word, $0.words, isChosen: typed?["closedProfiles"] ?? policy.closed.word == $0.word)
                }, isAdmin: isAdmin, nextRun: next.map { ShownTime($0.value, now: now.value) },
                runs: runs.rows.map { RetentionRunRow($0, now) }, hasRuns: !runs.rows.isEmpty,
                pager: runs.pager(Privacy.base(customer) + "/retention", query, "run", key: "before"),
                empty: EmptyBox("It did not run yet", "What is over its time is removed once a day."))
        }
        return call.page(page, of: customer, status: typed == nil ? 200 : 422)
    }

    /// What `PUT /api/v1/retention` does: the whole policy.
    private static func save(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (now, form) = (call.now, call.form)
        var policy = RetentionPolicy()
        for kind in RetentionKind.allCases {
            guard let text = form[kind.rawValue] else { continue }
            guard let days = Int(text), (1...RetentionPolicy.longest).contains(days) else {
                return try await show(call, typed: form)
            }
            policy.days[kind] = days
        }
        policy.closed = form["closedProfiles"].flatMap(ClosedPolicy.init(word:)) ?? .notify
        let stored = try await call.store.read { try $0.retentionPolicy(customer: customer.number) }
        let back = Link("The policy", Privacy.base(customer) + "/retention")
        if let answer = call.conflict(with: stored.edited, back: back, of: customer) { return answer }
        let entry = call.entry("retention.set", "the retention policy", of: customer)
        try await call.store.write { [policy] tx in
            try tx.setRetentionPolicy(policy, customer: customer.number)
            try tx.audit(entry, at: now)
        }
        return .see("\(Privacy.base(customer))/retention?done=saved")
    }

    private static func closed(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (mark, now, query) = (call.mark, call.now, call.query)
        let page = try await call.store.read { tx in
            let closures = ListPart(
                try tx.closuresNewest(customer: customer.number, before: mark, limit: Pager.asked),
                mark: { PageMark(at: $0.receivedAt, key: $0.account.person) })
            let checks = try tx.closedChecks(customer: customer.number, before: nil, limit: 20)
            let members = Members(tx, customer)
            let policy = try tx.retentionPolicy(customer: customer.number).closed
            return try ClosedPage(
                tabs: Privacy.tabs(customer, "closed"), policy: policy.words,
                change: Privacy.base(customer) + "/retention",
                overdue: checks.first.map { now - $0.at > ClosedCheck.longest } ?? false
                    ? "LinkedIn was last asked more than 30 days ago. It wants to be asked at least that often: see the state of the integration."
                    : nil,
                rows: closures.rows.map { kept in
                    ClosedRow(
                        member: try members.member(kept.account.person),
                        closed: kept.account.closedAt.map { ShownTime($0.value, now: now.value) },
                        heard: ShownTime(kept.receivedAt.value, now: now.value))
                }, hasRows: !closures.rows.isEmpty,
                pager: closures.pager(Privacy.base(customer) + "/closed", query, "account"),
                empty: EmptyBox(
                    "Nobody closed an account",
                    policy == .notify
                        ? "Members whose data came from LinkedIn and who closed their account are listed here."
                        : "Members who close their account are erased and not listed; the checks below say how many."),
                checks: checks.map { CheckRow($0, now) }, hasChecks: !checks.isEmpty)
        }
        return call.page(page, of: customer)
    }
}

extension RetentionPolicy {
    /// As the form has it.
    fileprivate var edited: EditedThing {
        EditedThing(
            RetentionKind.allCases.map { ($0.words, $0.rawValue, days[$0].map(String.init) ?? "") }
                + [("When a member closes the account", "closedProfiles", closed.word)])
    }
}

extension ClosedPolicy {
    var words: String {
        switch self {
        case .notify: "The ATS is told, and decides"
        case .erase: "What LinkedIn told us about the member is erased; the ATS's candidate stays"
        case .eraseCandidate: "The tied candidate is erased as well, here and at LinkedIn"
        }
    }
}

extension RetentionKind {
    var words: String {
        switch self {
        case .exports: "Exported profiles"
        case .stubProfiles: "Shared profiles"
        case .inMails: "InMails"
        case .notes: "Recruiters' notes"
        case .matches: "Matches"
        case .ties: "Ties between members and candidates"
        case .events: "What events say of members"
        }
    }
}

struct RetentionField: Sendable {
    var name: String
    var label: String
    var days: String
    var over: String?
    var error: String?
    var isFixed: Bool

    init(_ kind: RetentionKind, days: String, over: Int, isAdmin: Bool) {
        name = kind.rawValue
        label = kind.words
        self.days = days
        self.over = over == 0 ? nil : "\(Wording.count(over, "row")) over it, to be removed with the next run"
        let text = days.filter { !$0.isWhitespace }
        error =
            text.isEmpty || Int(text).map { (1...RetentionPolicy.longest).contains($0) } ?? false
            ? nil : "Write 1 to 36,500 days, or nothing for no limit."
        isFixed = !isAdmin
    }
}

struct RetentionRunRow: Sendable {
    var number: String
    var at: ShownTime
    var removed: String

    init(_ run: RetentionRun, _ now: Millis) {
        number = Wording.count(Int(run.number))
        at = ShownTime(run.at.value, now: now.value)
        removed =
            run.counts.isEmpty
            ? "No kind has a limit"
            : run.counts.map {
                "\($0.kind.words) (over \(Wording.count($0.days, "day"))): \(Wording.count($0.removed))"
            }
            .joined(separator: "; ")
    }
}

struct RetentionPage: Page {
    static let template = PageTemplate("privacy-retention", utf8: PackageResources.privacy_retention_mustache)
    var title = "Privacy"
    var tabs: [PageTab]
    var base: String
    var revision: String
    var kinds: [RetentionField]
    var closed: [Choice]
    var isAdmin: Bool
    /// Not called like the pager's own.
    var nextRun: ShownTime?
    var runs: [RetentionRunRow]
    var hasRuns: Bool
    var pager: Pager
    var empty: EmptyBox
}

struct ClosedRow: Sendable {
    var member: ShownMember
    var closed: ShownTime?
    var heard: ShownTime
}

struct CheckRow: Sendable {
    var at: ShownTime
    var policy: String
    var found: String
    var told: String
    var erased: String

    init(_ check: ClosedCheck, _ now: Millis) {
        at = ShownTime(check.at.value, now: now.value)
        policy = check.policy.words
        found = Wording.count(check.found)
        told = Wording.count(check.told)
        erased = Wording.count(check.erased)
    }
}

struct ClosedPage: Page {
    static let template = PageTemplate("privacy-closed", utf8: PackageResources.privacy_closed_mustache)
    var title = "Privacy"
    var tabs: [PageTab]
    var policy: String
    var change: String
    var overdue: String?
    var rows: [ClosedRow]
    var hasRows: Bool
    var pager: Pager
    var empty: EmptyBox
    var checks: [CheckRow]
    var hasChecks: Bool
}

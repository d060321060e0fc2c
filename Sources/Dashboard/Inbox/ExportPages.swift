// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import Store
import Web

/// Members whom recruiters exported: whose profile, for which job, and which candidate of the ATS it is.
enum ExportPages {
    static let routes: [DashboardRoute] = [
        .get("/ui/customers/{id}/inbox", .viewer, list),
        .get("/ui/customers/{id}/inbox/exports/{export}", .viewer, show),
        .post("/ui/customers/{id}/inbox/exports/{export}/tie", .operator, tie),
        .post("/ui/customers/{id}/inbox/exports/{export}/untie", .operator, untie),
        .post("/ui/customers/{id}/inbox/exports/{export}/decline", .operator, decline),
    ]

    private static func list(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let state = call.query["state"].flatMap(CandidateExport.State.init(rawValue:))
        let (mark, now, query) = (call.mark, call.now, call.query)
        let page = try await call.store.read { tx in
            let exports = ListPart(
                try tx.exportsNewest(customer: customer.number, state: state, before: mark, limit: Pager.asked),
                mark: { PageMark(at: $0.at, key: $0.request) })
            let (members, keeping) = (Members(tx, customer), try Keeping(tx, customer))
            return try ExportListPage(
                tabs: Inbox.tabs(customer, "exports", open: Inbox.openExports(tx, customer)),
                states: [("", "All"), ("open", "Waiting for the ATS's id"), ("tied", "Tied to a candidate")].map {
                    Choice($0.0, $0.1, isChosen: $0.0 == state?.rawValue ?? "")
                },
                rows: exports.rows.map { try ExportRow($0, customer, members, keeping, now) },
                hasRows: !exports.rows.isEmpty, pager: exports.pager(Inbox.base(customer), query, "export"),
                empty: state == nil && mark == nil
                    ? EmptyBox(
                        "No exports yet",
                        "When a recruiter exports a member to a job of the ATS, the member is shown here within seconds."
                    )
                    : EmptyBox("No such export", "Choose another state, or go back to the first page."))
        }
        return call.page(page, of: customer)
    }

    private static func show(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (id, now, canTie) = (call.values[1], call.now, call.visitor.account.role >= .operator)
        let page = try await call.store.read { tx -> ExportPage? in
            guard let export = try tx.export(id, customer: customer.number) else { return nil }
            let keeping = try Keeping(tx, customer)
            let member = try Members(tx, customer).member(export.person)
            let suggestions = try tx.suggestions(customer: customer.number, person: export.person, limit: 20)
            return ExportPage(export, customer, member, suggestions, keeping, canTie: canTie, now: now)
        }
        guard let page else { throw DashboardProblem.unknownExport(customer) }
        return call.page(page, of: customer)
    }

    /// What `PUT /api/v1/exports/{id}/candidate` does.
    private static func tie(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (id, now) = (call.values[1], call.now)
        guard let candidate = call.form["candidate"], candidate.count <= 500 else {
            throw DashboardProblem(
                status: 422, title: "Which candidate?",
                text: "Write the ATS's own id of the candidate, 1 to 500 characters.",
                links: [Link("Back to the export", "\(Inbox.base(customer))/exports/\(id.urlComponent)")])
        }
        let application = call.form["application"].map { String($0.prefix(500)) }
        let entry = call.entry("export.tie", "export \(id)", of: customer)
        let isKnown = try await call.store.write { tx in
            guard
                try tx.answerExport(
                    id, candidate: candidate, application: application, customer: customer.number, at: now)
            else { return false }
            try tx.audit(entry, at: now)
            return true
        }
        guard isKnown else { throw DashboardProblem.unknownExport(customer) }
        call.parts.signal.recordsChanged(customer.number)
        return .see("\(Inbox.base(customer))/exports/\(id.urlComponent)?done=tied")
    }

    /// What `DELETE /api/v1/candidates/{id}/ties/{person}` does.
    private static func untie(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (id, now) = (call.values[1], call.now)
        let entry = call.entry("export.untie", "export \(id)", of: customer)
        let isUndone = try await call.store.write { tx in
            guard let export = try tx.export(id, customer: customer.number), let candidate = export.candidate,
                try tx.untie(person: export.person, from: candidate, customer: customer.number, at: now)
            else { return false }
            try tx.audit(entry, at: now)
            return true
        }
        guard isUndone else { throw DashboardProblem.unknownExport(customer) }
        call.parts.signal.recordsChanged(customer.number)
        return .see("\(Inbox.base(customer))/exports/\(id.urlComponent)?done=untied")
    }

    /// What `POST /api/v1/candidates/{id}/suggestions/{person}/decline` does.
    private static func decline(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (id, now, candidate) = (call.values[1], call.now, call.form.exact("candidate") ?? "")
        let entry = call.entry("suggestion.decline", "export \(id)", of: customer)
        let isDeclined = try await call.store.write { tx in
            guard let export = try tx.export(id, customer: customer.number),
                try tx.declineSuggestion(
                    person: export.person, candidate: candidate, customer: customer.number, at: now)
            else { return false }
            try tx.audit(entry, at: now)
            return true
        }
        guard isDeclined else { throw DashboardProblem.unknownExport(customer) }
        return .see("\(Inbox.base(customer))/exports/\(id.urlComponent)?done=declined")
    }
}

extension CandidateExport {
    fileprivate var badge: Badge {
        state == .open ? Badge(.warn, "New person") : Badge(.good, "Tied")
    }
}

extension TieSource {
    /// How we know, for a person.
    var words: String {
        switch self {
        case .ats: "the ATS or somebody here said so"
        case .manualMatch: "somebody chose the member at LinkedIn"
        case .match: "LinkedIn matched them"
        case .profileURL: "the same LinkedIn profile"
        case .email: "the same e-mail address"
        }
    }
}

struct ExportRow: Sendable {
    var name: String
    var href: String
    var headline: String?
    var job: Link?
    var badge: Badge
    var waits: String?
    var candidate: Link?
    var at: ShownTime
    var keeping: String

    init(_ export: CandidateExport, _ customer: Customer, _ members: Members, _ keeping: Keeping, _ now: Millis) throws
    {
        name = export.profile.flatMap(Members.name(in:))?.excerpt(120) ?? "Erased"
        href = "\(Inbox.base(customer))/exports/\(export.request.urlComponent)"
        headline = export.profile.flatMap { Fact.profile($0).first { $0.label == "Headline" }?.value.excerpt(120) }
        job = export.job.map { Link($0.excerpt(60), Members.recordPage(customer, .job, $0)) }
        badge = export.badge
        waits = export.state == .open ? "waiting for the ATS's id" : nil
        candidate = export.candidate.map { Link($0.excerpt(60), Members.candidatePage(customer, $0)) }
        at = ShownTime(export.at.value, now: now.value)
        self.keeping = keeping.says(.exports, receivedAt: export.at)
    }
}

struct ExportListPage: Page {
    static let template = PageTemplate("inbox-exports", utf8: PackageResources.inbox_exports_mustache)
    var title = "Inbox"
    var tabs: [PageTab]
    var states: [Choice]
    var rows: [ExportRow]
    var hasRows: Bool
    var pager: Pager
    var empty: EmptyBox
}

struct ExportPage: Page {
    static let template = PageTemplate("inbox-export", utf8: PackageResources.inbox_export_mustache)
    var title: String
    var back: String
    var badge: Badge
    var facts: [Fact]
    var isErased: Bool
    var person: String
    var request: String
    var job: Link?
    var received: ShownTime
    var keeping: String
    var tied: Tied?
    var form: TieForm?
    var suggestions: [Suggested]

    struct Tied: Sendable {
        var candidate: Link
        var how: String
        var application: Link?
        var answered: ShownTime?
        /// Where the form goes; nil for those who may not.
        var untie: String?
    }

    struct TieForm: Sendable {
        var action: String
        var hasJob: Bool
    }

    struct Suggested: Sendable {
        var candidate: Link
        var id: String
        var reasons: String
        var actions: Actions?

        struct Actions: Sendable {
            var tie: String
            var decline: String
        }
    }

    init(
        _ export: CandidateExport, _ customer: Customer, _ member: ShownMember, _ suggestions: [TieSuggestion],
        _ keeping: Keeping, canTie: Bool, now: Millis
    ) {
        let path = "\(Inbox.base(customer))/exports/\(export.request.urlComponent)"
        title = export.profile.flatMap(Members.name(in:))?.excerpt(200) ?? "An exported member"
        back = Inbox.base(customer)
        badge = export.badge
        facts = export.profile.map(Fact.profile) ?? []
        isErased = export.profile == nil
        person = export.person
        request = export.request
        job = export.job.map { Link($0, Members.recordPage(customer, .job, $0)) }
        received = ShownTime(export.at.value, now: now.value)
        self.keeping = keeping.says(.exports, receivedAt: export.at)
        tied = export.candidate.map { candidate in
            Tied(
                candidate: Link(candidate, Members.candidatePage(customer, candidate)),
                how: export.tiedBy?.words ?? "",
                application: export.application.map { Link($0, Members.recordPage(customer, .application, $0)) },
                answered: export.answeredAt.map { ShownTime($0.value, now: now.value) },
                untie: canTie ? path + "/untie" : nil)
        }
        form = canTie ? TieForm(action: path + "/tie", hasJob: export.job != nil) : nil
        self.suggestions = suggestions.map { one in
            Suggested(
                candidate: Link(one.candidate, Members.candidatePage(customer, one.candidate)), id: one.candidate,
                reasons: one.reasons.joined(separator: "; "),
                actions: canTie ? .init(tie: path + "/tie", decline: path + "/decline") : nil)
        }
    }
}

extension DashboardProblem {
    fileprivate static func unknownExport(_ customer: Customer) -> Self {
        Self(
            status: 404, title: "There is no such export",
            text: "It was erased or is over its time, or somebody was quicker than you.",
            links: [Link("All exports", Inbox.base(customer))])
    }
}

extension DashboardCall {
    /// What the audit says of something that this visitor does; written in the transaction that does it.
    func entry(_ action: String, _ subject: String, of customer: Customer) -> AuditEntry {
        AuditEntry(actor: visitor.account.name, action: action, customer: customer.number, subject: subject)
    }
}

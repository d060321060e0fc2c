// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Web

/// The page of one record.
struct RecordScreen: Page {
    static let template = PageTemplate("record", utf8: PackageResources.record_mustache)

    struct Fact: Sendable {
        var name: String
        var text: String?
        var link: Link?
        var time: ShownTime?
        var isCode = false
    }

    struct Related: Sendable {
        var title: String
        var table: RecordTable
        var more: Link?
    }

    struct Member: Sendable {
        var person: String
        var how: String
        var since: ShownTime
        var canUndo: Bool
    }

    struct Matching: Sendable {
        var members: [Member]
        var isEmpty: Bool
        var choice: String?
        var mayAct: Bool
        var link: String
        var unlink: String
        var candidate: String
    }

    var title: String
    var kind: String
    var because: String
    var state: Badge
    var told: [Notice] = []
    var facts: [Fact]
    var mayAct: Bool
    var retry: String
    var retryLabel: String
    /// Of the button: it is what one came for only when the record was refused.
    var retryClass: String
    var hidden: [Hidden]
    var ats: String?
    var comparison: FieldComparison
    var hasFields: Bool
    var isDeletion: Bool
    var heldSays: String
    var ask: [Ask] = []
    var history: RecordHistory
    /// What people did to it, for whoever may see the audit.
    var audit: String?
    var matching: [Matching] = []
    var related: [Related]

    struct Hidden: Sendable {
        var name: String
        var value: String
    }

    /// The form that asks LinkedIn.
    struct Ask: Sendable {
        var action: String
        var hidden: [Hidden]
    }

    init(customer: Customer, facts known: RecordFacts, readBack: ReadBack?, mayAct: Bool, canAsk: Bool, now: Millis) {
        let (status, line, id) = (known.status, known.line, customer.id)
        let key = status.key
        title = RecordTable.short(line.label.text ?? "\(key.kind.label) \(key.id)")
        kind = key.kind.label
        because = status.because
        state = status.state.badge
        self.mayAct = mayAct && status.state != .confirming
        retry = "/ui/customers/\(id)/records/one/retry"
        retryLabel = status.state == .rejected ? "Retry" : status.state == .synced ? "Send again" : "Try now"
        retryClass = status.state == .rejected ? "main" : ""
        hidden = key.fields.pairs.map { Hidden(name: $0.name, value: $0.value) }
        ats = known.inATS
        isDeletion = status.isDeletion
        facts = Self.facts(known, of: id, now: now)
        if customer.status != .enabled {
            told.append(
                Notice(
                    .warn, "Nothing is sent, because the integration is not enabled.",
                    link: Link("See what is missing", "/ui/customers/\(id)")))
        }
        // A deleted job keeps its bytes until it is closed.
        let wanted = status.isDeletion ? nil : known.body
        let isThis = status.desired.map { status.observed == .exactly($0) } ?? false
        switch readBack {
        case .held(let body, let request):
            comparison = FieldComparison(
                wanted: wanted, held: body, ignoring: ["integrationContext", "matchedMembers"])
            heldSays = "as LinkedIn showed it just now" + (request.map { " (request \($0))" } ?? "")
        case .nothing:
            comparison = FieldComparison(wanted: wanted, held: Array("{}".utf8))
            heldSays = "LinkedIn has no such record"
        case .unknown(let why):
            comparison = FieldComparison(wanted: wanted, held: nil)
            heldSays = why
        case nil:
            comparison = FieldComparison(wanted: wanted, held: isThis ? known.body : nil)
            heldSays = Self.held(status, isThis: isThis)
        }
        hasFields = !comparison.rows.isEmpty
        if mayAct, canAsk, ReadBack.canShow(key.kind), status.observed != .nothing {
            ask = [Ask(action: "/ui/customers/\(id)/records/one/linkedin", hidden: hidden)]
        }
        history = RecordHistory(status, events: known.events, now: now)
        if key.kind == .candidate, !status.isDeletion {
            matching = [Self.matching(known, of: id, mayAct: mayAct, now: now)]
        }
        related = known.related.map { kind, page in
            let all = FormFields([("type", kind.rawValue), ("of", key.kind.rawValue), ("ofId", key.id)]).query()
            return Related(
                title: kind.plural,
                table: RecordTable("\(kind.plural) that belong to it", page.lines, of: id, now: now),
                more: page.next == nil
                    ? nil : Link("All \(kind.plural.lowercased())", "/ui/customers/\(id)/records?\(all)"))
        }
    }

    private static func held(_ status: RecordStatus, isThis: Bool) -> String {
        let since = status.observedAt.map { " since \(Wording.time($0.value)) UTC" } ?? ""
        if isThis { return "exactly this version\(since)" }
        return switch status.observed {
        case .nothing: "nothing yet"
        case .older, .exactly:
            status.observedAt.map { "the version of \(Wording.time($0.value)) UTC; its fields are not kept here" }
                ?? "something else; its fields are not kept here"
        }
    }

    private static func facts(_ known: RecordFacts, of customer: CustomerID, now: Millis) -> [Fact] {
        let (status, line) = (known.status, known.line)
        func time(_ name: String, _ moment: Millis?) -> Fact? {
            moment.map { Fact(name: name, time: ShownTime($0.value, now: now.value)) }
        }
        func record(_ name: String, _ key: RecordKey?) -> Fact? {
            key.map { Fact(name: name, link: Link($0.id, $0.path(of: customer))) }
        }
        let owner = status.key.owner
        let dueAt = status.state == .due && status.dueAt > now ? status.dueAt : nil
        let waits = status.waitsFor.map { wait in
            record(wait.kind.label + " it waits for", RecordKey(wait.kind, id: wait.id))
        }
        return [
            Fact(name: "Id in the ATS", text: status.key.id, isCode: true),
            record(owner?.kind.label ?? "", owner),
            status.key.kind == .assignee ? Fact(name: "Job group", text: status.key.parent, isCode: true) : nil,
            record("Job", line.job.map { RecordKey(.job, id: $0) }),
            record("Candidate", line.candidate.map { RecordKey(.candidate, id: $0) }),
            status.isDeletion ? nil : waits ?? nil,
            time(status.isDeletion ? "Deleted by the ATS" : "Changed by the ATS", status.changedAt),
            time("Last sent", status.sentAt),
            time("Last accepted", status.observedAt),
            time("Next try", dueAt),
            status.attempts > 0 ? Fact(name: "Failed tries", text: Wording.count(status.attempts)) : nil,
            status.requestID.map { Fact(name: "LinkedIn's request id", text: $0, isCode: true) },
            status.task.map { Fact(name: "LinkedIn's task", text: $0.task, isCode: true) },
        ].compactMap(\.self)
    }

    private static func matching(_ known: RecordFacts, of customer: CustomerID, mayAct: Bool, now: Millis) -> Matching {
        let choice: String? =
            switch (known.choice?.state, known.choice?.person) {
            case (nil, _): nil
            case (.due?, let person?): "\(person) is being written to LinkedIn as the chosen member."
            case (.due?, nil): "The chosen member is being taken back at LinkedIn."
            case (.written?, let person): "LinkedIn shows \(person ?? "nobody") as the chosen member."
            case (.refused?, _): "LinkedIn refused the chosen member: \(known.choice?.reason ?? "without saying why")."
            }
        let base = "/ui/customers/\(customer)/matches"
        return Matching(
            members: known.ties.map {
                Member(
                    person: $0.person, how: $0.source.sentence, since: ShownTime($0.at.value, now: now.value),
                    canUndo: mayAct)
            },
            isEmpty: known.ties.isEmpty, choice: choice, mayAct: mayAct, link: base + "/link",
            unlink: base + "/unlink", candidate: known.status.key.id)
    }
}

extension TieSource {
    /// How we know, for people.
    var sentence: String {
        switch self {
        case .ats: "the ATS, or somebody here, said so"
        case .manualMatch: "somebody chose it at LinkedIn"
        case .match: "LinkedIn matched it"
        case .profileURL: "same LinkedIn profile address"
        case .email: "same e-mail address"
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Web

/// How many candidates are matched, over time, and what waits for an answer.
struct MatchesPage: Page {
    static let template = PageTemplate("matches", utf8: PackageResources.matches_mustache)

    struct Facts: Sendable {
        var tally: Tally
        var days: [MatchDay]
        var today: Int64
        var suggestions: [(TieSuggestion, RecordLine?)]
        var suggested: Int
    }

    struct Suggestion: Sendable {
        var person: String
        var candidate: String
        var href: String
        var label: String?
        var reasons: [String]
        var time: ShownTime
    }

    struct Tile: Sendable {
        var label: String
        var count: String
        var href: String
    }

    var title = "Matches"
    var tiles: [Tile]
    var chart: LineChart?
    var noChart: String?
    var empty: EmptyBox?
    var suggestions: [Suggestion]
    var nothingSuggested: Bool
    var mayAct: Bool
    var accept: String
    var decline: String
    var pager: Pager

    init(customer: Customer, facts: Facts, query: FormFields, mayAct: Bool, now: Millis) {
        let base = "/ui/customers/\(customer.id)"
        let (held, matched) = (facts.tally.observed, facts.tally.matched)
        tiles = [
            Tile(label: "Match rate", count: Wording.percent(matched, of: held), href: base + "/matches/matched"),
            Tile(label: "Matched", count: Wording.count(matched), href: base + "/matches/matched"),
            Tile(label: "Not matched", count: Wording.count(max(0, held - matched)), href: base + "/matches/unmatched"),
            Tile(
                label: "At LinkedIn", count: Wording.count(held),
                href: base + "/records?type=candidate&state=held"),
            Tile(label: "Suggestions", count: Wording.count(facts.suggested), href: "#suggestions"),
        ]
        let shown = Dictionary(uniqueKeysWithValues: facts.days.map { ($0.day, $0) })
        if facts.days.count < 2 {
            noChart = held == 0 ? nil : "The chart begins when matches were read on two days."
        } else {
            let span = max(facts.days.first?.day ?? facts.today, facts.today - 59)...facts.today
            let days = Array(min(span.lowerBound, facts.today - 6)...facts.today)
            // A day without a reading has the figures of the day before.
            var last: Double?
            let values = days.map { day -> Double? in
                if let found = shown[day] {
                    last = found.candidates > 0 ? Double(found.matched) * 100 / Double(found.candidates) : nil
                }
                return last
            }
            chart = LineChart(
                summary: "Share of candidates at LinkedIn that are matched to a member, by day (UTC).",
                columns: days.map { String(Wording.time($0 * 86_400_000).dropFirst(5).prefix(5)) }, values: values,
                top: 100,
                unit: " %")
        }
        if held == 0 {
            empty = EmptyBox(
                "No candidates at LinkedIn yet",
                "LinkedIn matches a candidate to its members after it took the candidate.",
                link: Link("Candidates", base + "/records?type=candidate"))
        }
        let part = ListPart(facts.suggestions, key: { "\($0.0.person) \($0.0.candidate)" })
        suggestions = part.rows.map { suggestion, line in
            Suggestion(
                person: suggestion.person, candidate: suggestion.candidate,
                href: RecordKey(.candidate, id: suggestion.candidate).path(of: customer.id),
                label: line?.label.text.map(RecordTable.short), reasons: suggestion.reasons,
                time: ShownTime(suggestion.at.value, now: now.value))
        }
        nothingSuggested = suggestions.isEmpty
        self.mayAct = mayAct
        accept = base + "/matches/accept"
        decline = base + "/matches/decline"
        pager = Pager(
            base + "/matches", query, nextKey: part.nextKey,
            says: "\(Wording.count(part.rows.count)) of \(Wording.count(facts.suggested, "suggestion"))")
    }
}

/// Candidates that are matched, or those that are not and why that may be.
struct MatchListPage: Page {
    static let template = PageTemplate("match-list", utf8: PackageResources.match_list_mustache)

    struct Row: Sendable {
        var id: String
        var href: String
        var label: String?
        var says: String
        var time: ShownTime?
    }

    var title: String
    var back: String
    var caption: String
    var column: String
    var when: String
    var told: [Notice] = []
    var rows: [Row]
    var empty: EmptyBox?
    var pager: Pager

    init(customer: Customer, matched lines: [RecordLine], count: Int, query: FormFields, now: Millis) {
        let base = "/ui/customers/\(customer.id)/matches"
        let part = ListPart(lines, key: { String($0.rid) })
        title = "Matched candidates"
        back = base
        caption = "Candidates and the members that they are"
        column = "Member"
        when = "Read"
        rows = part.rows.map { line in
            Row(
                id: line.key.id, href: line.key.path(of: customer.id), label: line.label.text.map(RecordTable.short),
                says: line.status.matches.map { $0.isManual ? "\($0.person), chosen by somebody" : $0.person }
                    .joined(separator: "; "),
                time: line.status.matches.map(\.readAt).max().map { ShownTime($0.value, now: now.value) })
        }
        if rows.isEmpty {
            empty = EmptyBox(
                "Nobody is matched yet",
                "Matches are read back some minutes after LinkedIn took a candidate, and again later.",
                link: Link("Those who are not matched", base + "/unmatched"))
        }
        pager = Pager(
            base + "/matched", query, nextKey: part.nextKey,
            says: "\(Wording.count(rows.count)) of \(Wording.count(count, "candidate"))")
    }

    init(
        customer: Customer, unmatched lines: [UnmatchedLine], next: String?, isCut: Bool, count: Int,
        query: FormFields, now: Millis
    ) {
        let base = "/ui/customers/\(customer.id)/matches"
        title = "Candidates without a match"
        back = base
        caption = "LinkedIn does not say why it found nobody: the reasons are likely ones"
        column = "Likely reason"
        when = "Asked again"
        rows = lines.map { unmatched in
            Row(
                id: unmatched.line.key.id, href: unmatched.line.key.path(of: customer.id),
                label: unmatched.line.label.text.map(RecordTable.short), says: Self.reason(unmatched),
                time: unmatched.nextAt.map { ShownTime($0.value, now: now.value) })
        }
        if isCut {
            told.append(Notice(.info, "There is more to look through: the next page goes on where this one stopped."))
        }
        if rows.isEmpty, !isCut {
            empty = EmptyBox(
                "Everybody is matched", "LinkedIn found a member for each candidate that it has.",
                link: Link("Matched candidates", base + "/matched"))
        }
        pager = Pager(
            base + "/unmatched", query, nextKey: next,
            says: "\(Wording.count(rows.count)) of \(Wording.count(count, "candidate"))")
    }

    private static func reason(_ unmatched: UnmatchedLine) -> String {
        let label = unmatched.line.label
        if unmatched.line.status.isDeletion { return "It is being deleted." }
        if !unmatched.wasRead { return "LinkedIn was not asked yet since it took this version." }
        return switch (label.hasEmail, label.hasProfile) {
        case (false, false): "Neither an e-mail address nor a LinkedIn profile is known: LinkedIn has only the name."
        case (false, true): "LinkedIn found nobody by the profile address; no e-mail address is known."
        case (true, false): "No member uses this e-mail address, or the name differs; no LinkedIn profile is known."
        case (true, true):
            "LinkedIn found nobody, although an e-mail address and a profile are known: both may be out of date."
        }
    }
}

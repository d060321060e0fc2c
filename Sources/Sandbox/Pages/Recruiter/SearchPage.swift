// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// Members that match what a recruiter looks for, with facets that narrow the search down.
struct SearchPage: Page {
    static let template = PageTemplate("search", utf8: PackageResources.search_mustache)

    struct Facet: Sendable {
        var heading: String
        var options: [Option]
    }

    struct Option: Sendable {
        var text: String
        /// Nil on the option that is chosen: its link takes it away again.
        var count: String?
        var target: String
        var isOn: Bool
    }

    struct Choice: Sendable {
        var value: String
        var text: String
        var isChosen: Bool
    }

    let title = "Search"
    var form: SearchForm
    var atsChoices: [Choice]
    /// More than the keyword is asked for, so its fields are shown.
    var isDetailed: Bool
    var notices: [Notice]
    var says: String
    var download: String
    var hits: [MemberRow]
    var facets: [Facet]
    /// Said under the facets when their numbers are not of everybody.
    var capped: String?
    var projects: [Choice]
    var pager: Pager
    var empty: Nothing
    /// The page's own address, to come back to after something was saved.
    var here: String

    static let routes: [PageRoute] = [
        .seatGet("/talent/search") { try await show($0) },
        .seatGet("/talent/search.csv") { try await SearchDownload.answer($0) },
    ]

    static let pageSize = 25
    private static let shownValues = 8

    private static func show(_ call: PageCall) async throws -> WebResponse {
        let recruiter = try call.seated()
        let form = SearchForm(call.query)
        let query = form.query
        let core = call.sandbox.core
        let before = call.query["after"].flatMap { Int64($0) }
        let backlog = try await call.sandbox.searchKeeper.catchUp(in: call.sandbox)
        let (hits, next, facets, hasIndicator, projects) = try await core.world.read { tx in
            let view = try RecruiterView(recruiter, core, tx)
            let numbers = try tx.members(query, view.scope, before: before, limit: pageSize + 1)
            return (
                try view.rows(numbers.prefix(pageSize), tx),
                numbers.count > pageSize ? numbers[pageSize - 1] : nil,
                try tx.facets(query, view.scope, values: shownValues), !view.scope.doors.isEmpty,
                try tx.projects(contract: recruiter.contract.number, isArchived: false, before: nil, limit: 100)
            )
        }
        let total = facets.isCapped ? "\(Wording.count(facets.count))+ members" : Wording.count(facets.count, "member")
        let page = SearchPage(
            form: form,
            atsChoices: [("", "Anybody"), ("yes", "In the ATS"), ("no", "Not in the ATS")].map {
                Choice(value: $0.0, text: $0.1, isChosen: form.ats == $0.0)
            },
            isDetailed: form.isDetailed, notices: notices(backlog, form, hasIndicator: hasIndicator), says: total,
            download: "/talent/search.csv?" + call.query.query(except: ["after", "done"]), hits: hits,
            facets: self.facets(facets, form, call.query, hasIndicator: hasIndicator),
            capped: facets.isCapped
                ? "Counts are of the newest \(Wording.count(MemberFacets.cap)) members that match." : nil,
            projects: projects.map { Choice(value: String($0.number), text: $0.name, isChosen: false) },
            pager: Pager(
                "/talent/search", call.query, nextKey: next.map { String($0) },
                says: "\(Wording.count(hits.count)) of \(total)"),
            empty: Nothing(
                title: "Nobody matches",
                text: "Words are found whole, whatever their case and accents. Take a filter away, or search for less.",
                link: Link("Start over", "/talent/search")),
            here: "/talent/search?" + call.query.query(except: ["done"]))
        return call.page(page)
    }

    private static func notices(_ backlog: SearchKeeper.Backlog, _ form: SearchForm, hasIndicator: Bool) -> [Notice] {
        var notices: [Notice] = []
        if backlog.members > 0 {
            notices.append(Notice(.info, "\(Wording.count(Int(backlog.members))) members are not searchable yet."))
        }
        if backlog.candidates > 0 {
            notices.append(
                Notice(
                    .info,
                    "\(Wording.count(Int(backlog.candidates))) records that the ATS wrote are still being matched; who is in the ATS is not complete."
                ))
        }
        if !hasIndicator, !form.ats.isEmpty || form.isPast {
            notices.append(
                Notice(
                    .warn, "No ATS with the In-ATS indicator on is connected, so Recruiter knows nobody who is in it.",
                    link: Link("To the ATS tab", "/talent/admin/ats")))
        }
        return notices
    }

    private static func facets(_ found: MemberFacets, _ form: SearchForm, _ fields: FormFields, hasIndicator: Bool)
        -> [Facet]
    {
        func target(_ name: String, _ value: String?) -> String {
            let query = fields.query(except: [name, "after", "done"], adding: value.map { [(name, $0)] } ?? [])
            return "/talent/search" + (query.isEmpty ? "" : "?" + query)
        }
        func values(_ heading: String, _ name: String, _ chosen: String?, _ values: [MemberFacets.Value]) -> Facet? {
            if let chosen {
                return Facet(
                    heading: heading,
                    options: [Option(text: chosen, count: nil, target: target(name, nil), isOn: true)])
            }
            let options = values.map {
                Option(text: $0.text, count: Wording.count($0.count), target: target(name, $0.text), isOn: false)
            }
            return options.isEmpty ? nil : Facet(heading: heading, options: options)
        }
        func flag(_ text: String, _ name: String, _ isOn: Bool, _ count: Int) -> Option? {
            if isOn { return Option(text: text, count: nil, target: target(name, nil), isOn: true) }
            return count == 0
                ? nil : Option(text: text, count: Wording.count(count), target: target(name, "yes"), isOn: false)
        }
        let spotlights = [
            flag("Open to work", "open", form.isOpen, found.openToWork),
            hasIndicator ? flag("In the ATS", "ats", form.ats == "yes", found.inATS) : nil,
            hasIndicator
                ? form.isPast
                    ? flag("Rediscovered candidates", "past", true, 0)
                    : Option(
                        text: "Rediscovered candidates", count: nil, target: target("past", "yes"), isOn: false)
                : nil,
        ].compactMap { $0 }
        return [
            spotlights.isEmpty ? nil : Facet(heading: "Spotlights", options: spotlights),
            values("Title", "title_is", form.titleIs, found.titles),
            values("Company", "company_is", form.companyIs, found.companies),
            values("Place", "place_is", form.placeIs, found.places),
        ].compactMap { $0 }
    }
}

/// The fields of the search as they were sent; empty when they were not.
struct SearchForm: Sendable, Hashable {
    var q: String
    var first: String
    var last: String
    var jobTitle: String
    var company: String
    var place: String
    var titleIs: String?
    var companyIs: String?
    var placeIs: String?
    /// `yes`, `no` or empty.
    var ats: String
    var isOpen: Bool
    var isPast: Bool

    init(_ fields: FormFields) {
        q = fields["q"] ?? ""
        first = fields["first"] ?? ""
        last = fields["last"] ?? ""
        jobTitle = fields["title"] ?? ""
        company = fields["company"] ?? ""
        place = fields["place"] ?? ""
        titleIs = fields["title_is"]
        companyIs = fields["company_is"]
        placeIs = fields["place_is"]
        ats = ["yes", "no"].contains(fields["ats"]) ? fields["ats"] ?? "" : ""
        isOpen = fields["open"] == "yes"
        isPast = fields["past"] == "yes"
    }

    var query: MemberQuery {
        func some(_ text: String) -> String? { text.isEmpty ? nil : text }
        return MemberQuery(
            keyword: some(q), firstName: some(first), lastName: some(last), title: some(jobTitle),
            company: some(company), place: some(place), exactTitle: titleIs, exactCompany: companyIs,
            exactPlace: placeIs, isOpenToWork: isOpen, isInATS: ats.isEmpty ? nil : ats == "yes",
            isPastApplicant: isPast)
    }

    var isDetailed: Bool {
        ![first, last, jobTitle, company, place, ats].allSatisfy(\.isEmpty) || isOpen || isPast
    }
}

// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import SQLFile
import Web

/// The profile plugin: the LinkedIn profile of the ATS's candidate, what recruiters did about it, and the choice of another.
/// Source: modules 3–5, B.1.
struct ProfileWidget: Page {
    static let template = PageTemplate(
        "widget_profile", utf8: PackageResources.widget_profile_mustache, layout: .frame)

    struct Person: Sendable {
        var headline: String
        var place: String
        var how: Badge
        var facts: [Fact]
        var recruiter: Link
    }

    struct Fact: Sendable {
        var label: String
        var value: String
    }

    struct Tab: Sendable {
        var label: String
        var href: String
        var isCurrent: Bool
    }

    /// The link to unlink, or its confirmation.
    struct Unlink: Sendable {
        /// Form target.
        var act: String
        var member: Int64
        var asks: Bool
        var person: String
        /// Back, without having done anything.
        var keep: String
    }

    struct Search: Sendable {
        /// Of the form.
        var action: String
        var kept: [WidgetVisit.Kept]
        var text: String
        /// Form target of the choice.
        var link: String
        var found: [Choice]
        var isNobody: Bool
    }

    struct Choice: Sendable {
        var number: Int64
        var person: String
        var about: String
    }

    let title: String
    var bar: WidgetBar
    var person: Person?
    var tabs: [Tab]
    var activity: MemberActivity?
    var unlink: Unlink?
    /// Others that match as well.
    var others: Search?
    var search: Search

    static let routes: [PageRoute] = [
        WidgetFrame.get(.profile) { try await show($0) },
        WidgetFrame.post(.profile, "link") { try await link($0) },
        WidgetFrame.post(.profile, "unlink") { try await unlink($0) },
    ]

    private static let most = 10

    private static func show(_ visit: WidgetVisit) async throws -> WebResponse {
        let tenant = try await WidgetFrame.tenant(visit)
        let place = try place(visit, tenant)
        let recruiter = try visit.recruiter()
        let core = visit.sandbox.core
        let text = visit.call.query["q"]
        let isActivity = visit.call.query["tab"] == "activity"
        if text != nil { _ = try await visit.sandbox.searchKeeper.catchUp(in: visit.sandbox) }
        let (isKnown, match, found, activity) = try await core.world.read { tx in
            guard let candidate = try tx.entity(place) else {
                return (false, CandidateMatch?.none, [Member](), MemberActivity?.none)
            }
            let match = try CandidateMatch.find(candidate, place, core, tenant, tx)
            let found = try text.map { try tx.members(like: $0, at: core.clock.now(), limit: most) } ?? []
            let activity = try match.flatMap { match in
                isActivity ? try MemberActivity(match.member, recruiter, core.clock.now(), tx) : nil
            }
            return (true, match, found, activity)
        }
        guard isKnown else { throw unknownCandidate(place.id) }
        let link = visit.url("link")
        func choices(_ members: [Member], _ text: String, isNobody: Bool) -> Search {
            Search(
                action: visit.widget.framePath, kept: visit.kept, text: text, link: link,
                found: members.map { Choice(number: $0.number, person: $0.name, about: about($0)) }, isNobody: isNobody)
        }
        return visit.page(
            ProfileWidget(
                title: match?.member.name ?? "No LinkedIn profile yet", bar: visit.bar,
                person: match.map { person($0) },
                tabs: match == nil
                    ? []
                    : [
                        Tab(label: "Profile", href: visit.url(), isCurrent: !isActivity),
                        Tab(
                            label: "Recruiting activities", href: visit.url("", [("tab", "activity")]),
                            isCurrent: isActivity),
                    ],
                activity: activity, unlink: match.flatMap { unlink($0, visit) },
                others: match.flatMap { $0.others.isEmpty ? nil : choices($0.others, "", isNobody: false) },
                search: choices(
                    found.filter { $0.number != match?.member.number }, text ?? "",
                    isNobody: text != nil && found.isEmpty)))
    }

    private static func person(_ match: CandidateMatch) -> Person {
        let member = match.member
        return Person(
            headline: member.headline, place: member.place,
            how: match.isManual ? Badge(.good, "Linked by a person") : Badge(.info, "Matched by LinkedIn"),
            facts: [
                Fact(label: "Title", value: member.title), Fact(label: "Company", value: member.company),
                Fact(label: "Place", value: member.place), Fact(label: "Profile", value: member.profileURL),
            ].filter { !$0.value.isEmpty },
            recruiter: Link("Open in Recruiter", "/talent/profile/\(member.number)"))
    }

    private static func about(_ member: Member) -> String {
        [member.headline, member.place].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    /// `data-show-unlink-url` and `data-confirm-unlink`: what they mean is inferred from their names.
    private static func unlink(_ match: CandidateMatch, _ visit: WidgetVisit) -> Unlink? {
        guard visit.isOn("show-unlink-url") else { return nil }
        return Unlink(
            act: visit.url("unlink"), member: match.member.number, asks: visit.call.query["ask"] == "unlink",
            person: match.member.name, keep: visit.url())
    }
}

extension ProfileWidget {
    /// Somebody chose a profile. LinkedIn keeps the relationship under the candidate's id [D], and the page is told, because the ATS
    /// sends `manualMatchedMember` (RSC-304).
    private static func link(_ visit: WidgetVisit) async throws -> WebResponse {
        let tenant = try await WidgetFrame.tenant(visit)
        let place = try place(visit, tenant)
        let core = visit.sandbox.core
        let number = visit.call.form["member"].flatMap { Int64($0) }
        let now = core.clock.now()
        let persons = core.personIDs(application: tenant.application)
        let member = try await core.world.write { tx -> Member in
            guard let member = try number.flatMap({ try tx.member(number: $0) }), member.closed == nil else {
                throw WidgetProblem(
                    status: 404, title: "There is no such member",
                    text: "The account was closed meanwhile. Search again.")
            }
            guard try tx.setManualMatch(place, persons.urn(ofMember: member.number), at: now.millis) else {
                throw unknownCandidate(place.id)
            }
            try tx.forgetUnlinked(place, from: member.number)
            return member
        }
        return visit.done("linked", calling: ("onlink", .string(persons.urn(ofMember: member.number))))
    }

    /// The candidate is not this member. Asks first when the page wants that.
    private static func unlink(_ visit: WidgetVisit) async throws -> WebResponse {
        let tenant = try await WidgetFrame.tenant(visit)
        let place = try place(visit, tenant)
        let core = visit.sandbox.core
        guard !visit.isOn("confirm-unlink") || visit.call.form.has("sure") else {
            return visit.see("", [("ask", "unlink")])
        }
        guard let number = visit.call.form["member"].flatMap({ Int64($0) }) else { return visit.see("", []) }
        let now = core.clock.now()
        let urn = core.personIDs(application: tenant.application).urn(ofMember: number)
        try await core.world.write { tx in
            guard let candidate = try tx.entity(place) else { throw unknownCandidate(place.id) }
            guard try CandidateMatch.find(candidate, place, core, tenant, tx)?.member.number == number else {
                throw WidgetProblem(
                    status: 409, title: "The candidate is somebody else now",
                    text: "Somebody linked or unlinked the candidate meanwhile. Reload the page.")
            }
            if candidate.manual != nil { _ = try tx.setManualMatch(place, nil, at: now.millis) }
            try tx.unlink(place, from: number)
        }
        return visit.done("unlinked", calling: ("onunlink", .string(urn)))
    }

    /// - Throws: `WidgetProblem` when the tag names no candidate.
    private static func place(_ visit: WidgetVisit, _ tenant: Tenant) throws -> EntityPlace {
        guard visit.attribute("widget-type") == "ATS" else {
            throw WidgetProblem(
                status: 400, title: "The widget does not say what it is for", text: "data-widget-type must be ATS.")
        }
        guard let id = visit.attribute("ats-candidate-id") else {
            throw WidgetProblem(
                status: 400, title: "The widget does not say who is meant",
                text: "data-ats-candidate-id must be the id under which the candidate is synced.")
        }
        return EntityPlace(tenancy: tenant.tenancy, kind: .candidate, id: id)
    }

    private static func unknownCandidate(_ id: String) -> WidgetProblem {
        WidgetProblem(
            status: 404, title: "LinkedIn does not know this candidate yet",
            text: "Candidate \(id) was not synced. The profile is found once your ATS has sent the candidate.",
            isUsual: true)
    }
}

// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Web

/// The In-ATS indicator as a page shows it: what one ATS sent about a member. All of it is somebody else's text.
struct IndicatorView: Sendable {
    /// A line of a candidate's or an application's own fields.
    struct Fact: Sendable {
        var label: String
        var value: String
    }

    /// A note, an interview, a stage.
    struct Entry: Sendable {
        var time: ShownTime?
        var author: String?
        /// What it is about: a stage's name, a kind of interview.
        var lead: String?
        var text: String?
        var points: [Fact]
    }

    /// The newest of a list, and where the rest is.
    struct Entries: Sendable {
        var label: String
        var count: String
        var entries: [Entry]
        var all: Link?
    }

    struct Application: Sendable {
        var id: String
        var job: String
        var jobTitle: String
        var stage: Badge?
        var facts: [Fact]
        var lists: [Entries]
    }

    struct Candidate: Sendable {
        var id: String
        var person: String
        var match: Badge
        var doNotContact: Bool
        /// In the ATS.
        var open: Link?
        var facts: [Fact]
        var notes: Entries?
        var applications: [Application]
        var count: String
        var more: Link?
        var noApplications: Bool
    }

    /// Records shown of each list, and applications of each candidate.
    static let most = 10

    var name: String
    var candidates: [Candidate]
    /// Said when the member is more candidates than are shown.
    var others: String?

    /// - Parameter records: path of the page that shows whole lists.
    init(_ name: String, _ candidates: [SeenCandidate], records: String, now: Moment) {
        self.name = name
        let most = RecruiterSight.mostCandidates
        self.candidates = candidates.prefix(most).map { Self.candidate($0, records, now) }
        others =
            candidates.count > most
            ? "The member is more candidates than these \(most). The ATS may have given many of them one e-mail." : nil
    }

    private static func candidate(_ seen: SeenCandidate, _ records: String, _ now: Moment) -> Candidate {
        let record = seen.record
        let names = ["prefix", "firstName", "middleInitial", "lastName", "suffix"].compactMap { record[$0]?.string }
        let shown = seen.applications.map { application($0, records, now) }
        return Candidate(
            id: seen.id, person: names.filter { !$0.isEmpty }.joined(separator: " "),
            match: seen.isManual ? Badge(.good, "Linked by hand") : Badge(.info, "Matched"),
            doNotContact: record["doNotContact"]?.bool ?? false, open: outside(record["externalProfileUrl"]),
            facts: facts(of: record, now),
            notes: entries(
                seen.notes, "ATS notes", records + "&list=candidate_note&of=\(seen.id.urlComponent)", now, note),
            applications: shown, count: (seen.isMore ? "More than " : "") + Wording.count(seen.visible, "application"),
            more: seen.isMore || seen.visible > shown.count
                ? Link(
                    seen.isMore ? "All applications" : "All \(Wording.count(seen.visible)) applications",
                    records + "&list=application&of=\(seen.id.urlComponent)") : nil,
            noApplications: shown.isEmpty)
    }

    static func application(_ seen: SeenApplication, _ records: String, _ now: Moment) -> Application {
        let id = seen.id.urlComponent
        let record = seen.record
        // The current stage is the newest (UNVERIFIED).
        let current = seen.stages.records.first?.record["stage"]?.string
        var facts: [Fact] = []
        if let time = record["atsCreatedAt"]?.int { facts.append(Fact(label: "Applied", value: day(time))) }
        add("Source", record["source"], to: &facts)
        add("Disposition", record["dispositionReason"], to: &facts)
        let lists = [
            entries(seen.stages, "Stages", records + "&list=stage&of=\(id)", now, stage),
            entries(seen.feedback, "Interview feedback", records + "&list=feedback&of=\(id)", now, feedback),
            entries(seen.notes, "ATS notes", records + "&list=application_note&of=\(id)", now, note),
        ]
        return Application(
            id: seen.id, job: seen.job.id, jobTitle: seen.job.title, stage: current.map { Badge(.info, $0) },
            facts: facts, lists: lists.compactMap { $0 })
    }

    private static func entries(
        _ list: SeenList, _ label: String, _ all: String, _ now: Moment, _ entry: (JSONValue, Moment) -> Entry
    ) -> Entries? {
        guard list.total > 0 else { return nil }
        return Entries(
            label: label, count: Wording.count(list.total), entries: list.records.map { entry($0.record, now) },
            all: list.total > list.records.count ? Link("All \(Wording.count(list.total))", all) : nil)
    }

    // One record

    static func note(_ record: JSONValue, _ now: Moment) -> Entry {
        Entry(
            time: time(record, now), author: person(record["author"]), lead: nil, text: record["note"]?.string?.orNil,
            points: [])
    }

    static func stage(_ record: JSONValue, _ now: Moment) -> Entry {
        Entry(time: time(record, now), author: nil, lead: record["stage"]?.string, text: nil, points: [])
    }

    static func feedback(_ record: JSONValue, _ now: Moment) -> Entry {
        let kind = record["interviewType"]?.string ?? ""
        let points = (record["evaluations"]?.array ?? []).prefix(50).map {
            Fact(label: $0["attribute"]?.string ?? "", value: $0["result"]?.string ?? "")
        }
        return Entry(
            time: time(record, now), author: person(record["interviewer"]), lead: (kinds[kind] ?? kind).orNil,
            text: record["feedback"]?.string?.orNil, points: Array(points))
    }

    private static let kinds = ["PHONE_SCREEN": "Phone screen", "ONSITE": "On site"]

    private static func time(_ record: JSONValue, _ now: Moment) -> ShownTime? {
        record["atsCreatedAt"]?.int.map { ShownTime($0, now: now.millis) }
    }

    private static func day(_ time: Int64) -> String { String(Wording.time(time).prefix(10)) }

    private static func person(_ value: JSONValue?) -> String? {
        [value?["firstName"]?.string, value?["lastName"]?.string].compactMap { $0 }.joined(separator: " ").orNil
    }

    private static func facts(of record: JSONValue, _ now: Moment) -> [Fact] {
        var facts: [Fact] = []
        let work = ["currentJobTitle", "currentCompanyName"].compactMap { record[$0]?.string }.filter { !$0.isEmpty }
        if !work.isEmpty { facts.append(Fact(label: "Work", value: work.joined(separator: " at "))) }
        let emails = (record["emailAddresses"]?.array ?? []).compactMap(\.string)
        if !emails.isEmpty { facts.append(Fact(label: "E-mail", value: emails.joined(separator: ", "))) }
        let phones = (record["phoneNumbers"]?.array ?? []).compactMap { $0["number"]?.string }
        if !phones.isEmpty { facts.append(Fact(label: "Telephone", value: phones.joined(separator: ", "))) }
        let places = (record["addresses"]?.array ?? []).map { address in
            ["line1", "city", "geographicArea", "postalCode", "country"].compactMap { address[$0]?.string }
                .filter { !$0.isEmpty }.joined(separator: ", ")
        }.filter { !$0.isEmpty }
        if !places.isEmpty { facts.append(Fact(label: "Address", value: places.joined(separator: "; "))) }
        if let time = record["atsCreatedAt"]?.int { facts.append(Fact(label: "In the ATS since", value: day(time))) }
        return facts
    }

    private static func add(_ label: String, _ value: JSONValue?, to facts: inout [Fact]) {
        if let text = value?.string, !text.isEmpty { facts.append(Fact(label: label, value: text)) }
    }

    /// An ATS's own address. Only a web address becomes a link: others could run as a script.
    private static func outside(_ value: JSONValue?) -> Link? {
        guard let address = value?.string,
            ["https://", "http://"].contains(where: { address.lowercased().hasPrefix($0) })
        else { return nil }
        return Link("Open in the ATS", address)
    }
}

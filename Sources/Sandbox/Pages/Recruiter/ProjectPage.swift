// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// One project: its members by stage.
struct ProjectPage: Page {
    static let template = PageTemplate("project", utf8: PackageResources.project_mustache)

    struct Tab: Sendable {
        var label: String
        var count: String
        var href: String
        var isCurrent: Bool
    }

    struct Choice: Sendable {
        var value: String
        var text: String
        var isChosen: Bool
    }

    struct Entry: Sendable {
        var row: MemberRow
        var member: Int64
        var person: String
        var stage: String
        var stages: [Choice]
        var notes: Link?
        var saved: ShownTime
        var saver: String
    }

    /// A member who was just removed and can be put back.
    struct Removed: Sendable {
        var member: Int64
        var person: String
        var stage: String
    }

    let title: String
    var project: Int64
    var projectName: String
    var isArchived: Bool
    var tabs: [Tab]
    /// The stage that is shown; empty shows all.
    var shown: String
    var removed: Removed?
    var entries: [Entry]
    var pager: Pager
    var empty: Nothing

    static let routes: [PageRoute] = [
        .seatGet("/talent/projects/{project}") { try await show($0) },
        .seatPost("/talent/projects/{project}") { try await rename($0) },
        .seatPost("/talent/projects/{project}/archive") { try await archive($0) },
        .seatPost("/talent/projects/{project}/move") { try await move($0) },
        .seatPost("/talent/projects/{project}/remove") { try await remove($0) },
        .seatPost("/talent/projects/{project}/back") { try await putBack($0) },
    ]

    static let unknown = PageProblem(
        status: 404, title: "There is no such project", text: "Your contract has no project of that number.",
        links: [Link("To the projects", "/talent/projects")])

    private static let pageSize = 25

    private static func show(_ call: PageCall) async throws -> WebResponse {
        let recruiter = try call.seated()
        let stage = call.query["stage"].flatMap { Project.Stage(rawValue: $0) }
        let after = call.query["after"].flatMap { Int64($0) } ?? 0
        let undone = call.query["removed"].flatMap { Int64($0) }
        let was = call.query["was"].flatMap { Project.Stage(rawValue: $0) } ?? .uncontacted
        let core = call.sandbox.core
        let now = core.clock.now().millis
        let number = Int64(call.values[0]) ?? 0
        _ = try await call.sandbox.searchKeeper.catchUp(in: call.sandbox)
        let page = try await core.world.read { tx -> ProjectPage? in
            guard let project = try tx.project(number: number, contract: recruiter.contract.number) else { return nil }
            let found = try tx.entries(project: number, stage: stage, after: after, limit: pageSize + 1)
            let counts = try tx.stages(project: number)
            let view = try RecruiterView(recruiter, core, tx)
            let entries = try found.prefix(pageSize).compactMap { entry in
                try tx.member(number: entry.member).map { member in
                    try Self.entry(entry, try view.row(member, tx), recruiter, now, tx)
                }
            }
            let removed = try undone.flatMap { member in
                try tx.entry(member: member, project: number) == nil
                    ? tx.member(number: member).map {
                        Removed(member: member, person: "\($0.firstName) \($0.lastName)", stage: was.rawValue)
                    } : nil
            }
            return ProjectPage(
                title: project.name, project: number, projectName: project.name, isArchived: project.isArchived,
                tabs: tabs(number, counts, stage), shown: stage?.rawValue ?? "", removed: removed, entries: entries,
                pager: Pager(
                    "/talent/projects/\(number)",
                    FormFields(call.query.pairs.filter { $0.name != "removed" && $0.name != "was" }),
                    nextKey: found.count > pageSize ? String(found[pageSize - 1].member) : nil,
                    says:
                        "\(Wording.count(entries.count)) of \(Wording.count(stage.map { counts[$0] ?? 0 } ?? counts.values.reduce(0, +), "member"))"
                ),
                empty: Nothing(
                    title: stage == nil ? "Nobody is saved yet" : "Nobody is in this stage",
                    text: "Choose members in the search, or save one from a profile.",
                    link: Link("To the search", "/talent/search")))
        }
        guard let page else { throw unknown }
        return call.page(page)
    }

    private static func entry(
        _ entry: ProjectEntry, _ row: MemberRow, _ recruiter: Recruiter, _ now: Int64, _ tx: SQLTransaction
    ) throws -> Entry {
        let notes = try tx.noteCount(
            member: entry.member, contract: recruiter.contract.number, seat: recruiter.seat.number)
        return Entry(
            row: row, member: entry.member, person: row.name, stage: entry.stage.rawValue,
            stages: Project.Stage.allCases.map {
                Choice(value: $0.rawValue, text: $0.label, isChosen: $0 == entry.stage)
            },
            notes: notes == 0
                ? nil : Link(Wording.count(notes, "note"), "/talent/profile/\(entry.member)/activity"),
            saved: ShownTime(entry.saved.millis, now: now),
            saver: try tx.seat(number: entry.seat).map { "\($0.firstName) \($0.lastName)" } ?? "")
    }

    private static func tabs(_ project: Int64, _ counts: [Project.Stage: Int], _ shown: Project.Stage?) -> [Tab] {
        let all = Tab(
            label: "All", count: Wording.count(counts.values.reduce(0, +)), href: "/talent/projects/\(project)",
            isCurrent: shown == nil)
        return [all]
            + Project.Stage.allCases.map {
                Tab(
                    label: $0.label, count: Wording.count(counts[$0] ?? 0),
                    href: "/talent/projects/\(project)?stage=\($0.rawValue)", isCurrent: shown == $0)
            }
    }

    // Acts

    private static func rename(_ call: PageCall) async throws -> WebResponse {
        let name = try ProjectsPage.projectName(call.form)
        let was = call.form.exact("was") ?? ""
        let (number, isDone) = try await change(call) { tx, project in
            try project.name == name || tx.renameProject(number: project.number, name, was: was)
        }
        guard isDone else {
            throw PageProblem(
                status: 409, title: "Somebody else renamed the project",
                text: "It has another name than when you opened the page, so yours was not taken. Look at it first.",
                links: [Link("To the project", "/talent/projects/\(number)")])
        }
        return .see("/talent/projects/\(number)?done=project-renamed")
    }

    private static func archive(_ call: PageCall) async throws -> WebResponse {
        let isArchived = call.form["archived"] == "yes"
        let (number, _) = try await change(call) { tx, project in
            try tx.archiveProject(number: project.number, isArchived)
        }
        return .see("/talent/projects/\(number)?done=\(isArchived ? "project-archived" : "project-restored")")
    }

    private static func move(_ call: PageCall) async throws -> WebResponse {
        guard let stage = call.form["stage"].flatMap({ Project.Stage(rawValue: $0) }) else { throw wrongStage }
        let member = call.form["member"].flatMap { Int64($0) } ?? 0
        let (number, isDone) = try await change(call) { tx, project in
            try tx.move(member: member, project: project.number, to: stage)
        }
        guard isDone else {
            throw PageProblem(
                status: 409, title: "The member is not in the project any more", text: "Somebody removed the member.",
                links: [Link("To the project", "/talent/projects/\(number)")])
        }
        return .see(back(call, number).saying("member-moved"))
    }

    private static func remove(_ call: PageCall) async throws -> WebResponse {
        let member = call.form["member"].flatMap { Int64($0) } ?? 0
        let (number, was) = try await change(call) { tx, project in
            let was = try tx.entry(member: member, project: project.number)?.stage
            try tx.remove(member: member, project: project.number)
            return was
        }
        return .see("/talent/projects/\(number)?removed=\(member)&was=\(was?.rawValue ?? "")")
    }

    private static func putBack(_ call: PageCall) async throws -> WebResponse {
        let recruiter = try call.seated()
        let member = call.form["member"].flatMap { Int64($0) } ?? 0
        let stage = call.form["stage"].flatMap { Project.Stage(rawValue: $0) } ?? .uncontacted
        let now = call.sandbox.clock.now()
        let (number, _) = try await change(call) { tx, project in
            try tx.save(
                members: [member], project: project.number, seat: recruiter.seat.number, stage: stage, at: now)
        }
        return .see("/talent/projects/\(number)?done=member-back")
    }

    private static let wrongStage = PageProblem(
        status: 422, title: "That is no stage", text: "Go back and use the page's own buttons.")

    private static func back(_ call: PageCall, _ number: Int64) -> LocalPath {
        let shown = call.form["shown"].flatMap { Project.Stage(rawValue: $0) }
        return "/talent/projects/\(number)\(shown.map { "?stage=\($0.rawValue)" } ?? "")"
    }

    /// Runs `body` on the project that the path names.
    private static func change<Value: Sendable>(
        _ call: PageCall, _ body: @escaping @Sendable (SQLTransaction, Project) throws -> Value
    ) async throws -> (Int64, Value) {
        let contract = try call.seated().contract.number
        let number = Int64(call.values[0]) ?? 0
        return try await call.sandbox.core.world.write { tx in
            guard let project = try tx.project(number: number, contract: contract) else { throw unknown }
            return (number, try body(tx, project))
        }
    }
}

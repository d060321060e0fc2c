// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// The projects of the recruiter's contract.
struct ProjectsPage: Page {
    static let template = PageTemplate("projects", utf8: PackageResources.projects_mustache)

    struct Row: Sendable {
        var name: String
        var href: String
        var members: String
        /// How many are in each stage that has any.
        var stages: String
        var maker: String
        var made: ShownTime
    }

    struct Tab: Sendable {
        var label: String
        var href: String
        var isCurrent: Bool
    }

    let title = "Projects"
    var tabs: [Tab]
    var isArchive: Bool
    var hasRows: Bool
    var rows: [Row]
    var pager: Pager
    var empty: Nothing

    static let routes: [PageRoute] = [
        .seatGet("/talent/projects") { try await show($0) },
        .seatPost("/talent/projects") { try await make($0) },
        .seatPost("/talent/projects/members") { try await save($0, project: $0.form["project"]) },
        .seatPost("/talent/projects/{project}/members") { try await save($0, project: $0.values[0]) },
    ]

    private static let pageSize = 50

    private static func show(_ call: PageCall) async throws -> WebResponse {
        let recruiter = try call.seated()
        let isArchive = call.query["show"] == "archived"
        let before = call.query["after"].flatMap { Int64($0) }
        let now = call.sandbox.clock.now().millis
        let (rows, next) = try await call.sandbox.core.world.read { tx in
            let found = try tx.projects(
                contract: recruiter.contract.number, isArchived: isArchive, before: before, limit: pageSize + 1)
            let rows = try found.prefix(pageSize).map { project in
                let stages = try tx.stages(project: project.number)
                return Row(
                    name: project.name, href: "/talent/projects/\(project.number)",
                    members: Wording.count(stages.values.reduce(0, +)),
                    stages: Project.Stage.allCases.compactMap { stage in
                        stages[stage].map { "\(Wording.count($0)) \(stage.label.lowercased())" }
                    }.joined(separator: ", "),
                    maker: try tx.seat(number: project.seat).map { "\($0.firstName) \($0.lastName)" } ?? "",
                    made: ShownTime(project.created.millis, now: now))
            }
            return (rows, found.count > pageSize ? found[pageSize - 1].number : nil)
        }
        return call.page(
            ProjectsPage(
                tabs: [
                    Tab(label: "Active", href: "/talent/projects", isCurrent: !isArchive),
                    Tab(label: "Archived", href: "/talent/projects?show=archived", isCurrent: isArchive),
                ], isArchive: isArchive, hasRows: !rows.isEmpty, rows: rows,
                pager: Pager(
                    "/talent/projects", call.query, nextKey: next.map { String($0) },
                    says: Wording.count(rows.count, "project")),
                empty: isArchive
                    ? Nothing(
                        title: "No project is archived", text: "An archived project keeps its members and stages.",
                        link: nil)
                    : Nothing(
                        title: "No project yet",
                        text: "Make one above, or choose members in the search and save them to a new project.",
                        link: Link("To the search", "/talent/search"))))
    }

    private static func make(_ call: PageCall) async throws -> WebResponse {
        let recruiter = try call.seated()
        let name = try projectName(call.form)
        let now = call.sandbox.clock.now()
        let number = try await call.sandbox.core.world.write { tx in
            try tx.addProject(
                contract: recruiter.contract.number, seat: recruiter.seat.number, name: name, at: now)
        }
        return .see("/talent/projects/\(number)?done=project-made")
    }

    /// Saves the members of a form to a project, or to a new one when it names none: `member` (any number of them),
    /// `name` of a new project, `to` for where to go afterwards.
    private static func save(_ call: PageCall, project: String?) async throws -> WebResponse {
        let recruiter = try call.seated()
        let members = call.form.all("member").prefix(1_000).compactMap { Int64($0) }
        let target = call.form["to"].flatMap { LocalPath($0) }
        guard !members.isEmpty else { return .see((target ?? "/talent/search").saying("none-chosen")) }
        let number = project.flatMap { Int64($0) }
        let name = project == nil ? try projectName(call.form) : ""
        let now = call.sandbox.clock.now()
        let saved = try await call.sandbox.core.world.write { tx -> Int64? in
            let contract = recruiter.contract.number
            let place =
                try project == nil
                ? tx.addProject(contract: contract, seat: recruiter.seat.number, name: name, at: now)
                : number.flatMap { try tx.project(number: $0, contract: contract)?.number }
            guard let place else { return nil }
            try tx.save(members: members, project: place, seat: recruiter.seat.number, at: now)
            return place
        }
        guard let saved else { throw ProjectPage.unknown }
        return .see((target ?? "/talent/projects/\(saved)").saying("saved-members"))
    }

    /// - Throws: `PageProblem` for an empty name and one that is too long.
    static func projectName(_ form: FormFields) throws -> String {
        guard let name = form["name"], name.count <= Project.longestName else {
            throw PageProblem(
                status: 422, title: "The project needs a name",
                text:
                    "Give it a name of at most \(Project.longestName) characters. Go back: what you typed is still there."
            )
        }
        return name
    }
}

extension LocalPath {
    /// The same page, saying that something is done (`SandboxShell.notices`).
    func saying(_ word: String) -> LocalPath {
        LocalPath(text + (text.contains("?") ? "&" : "?") + "done=" + word) ?? self
    }
}

// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// Saves one member to a project, from the profile.
struct KeepPage: Page {
    static let template = PageTemplate("keep", utf8: PackageResources.keep_mustache)

    struct Choice: Sendable {
        var value: String
        var text: String
    }

    /// A project that the member is in already.
    struct Place: Sendable {
        var name: String
        var href: String
        var stage: String
    }

    let title: String
    var head: MemberHead
    var member: Int64
    var projects: [Choice]
    var isKept: Bool
    var places: [Place]
    var back: String

    static let routes: [PageRoute] = [.seatGet("/talent/profile/{member}/project") { try await show($0) }]

    /// More projects than this do not fit into a list to choose from.
    private static let mostProjects = 100

    private static func show(_ call: PageCall) async throws -> WebResponse {
        let contract = try call.seated().contract.number
        let member = try await call.member()
        let (projects, places) = try await call.sandbox.core.world.read { tx in
            (
                try tx.projects(contract: contract, isArchived: false, before: nil, limit: mostProjects),
                try tx.projects(ofMember: member.number, contract: contract, limit: mostProjects)
            )
        }
        return call.page(
            KeepPage(
                title: "Save \(member.name) to a project", head: MemberHead(member, .other), member: member.number,
                projects: projects.map { Choice(value: String($0.number), text: $0.name) }, isKept: !places.isEmpty,
                places: places.map { project, stage in
                    Place(name: project.name, href: "/talent/projects/\(project.number)", stage: stage.label)
                }, back: "/talent/profile/\(member.number)"))
    }
}

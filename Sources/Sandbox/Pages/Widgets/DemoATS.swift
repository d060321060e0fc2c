// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import SQLFile
import Web

/// A page as an ATS has it: all four widgets, with the tags that LinkedIn documents, and a log of what they call.
struct DemoATS: Page {
    static let template = PageTemplate("demo_ats", utf8: PackageResources.demo_ats_mustache)
    static let script = Asset("demo-ats.js", type: "text/javascript; charset=utf-8", PackageResources.demo_ats_js)

    struct Choice: Sendable {
        var value: String
        var label: String
        var isChosen: Bool
    }

    /// Everything that the tags say.
    struct Tags: Sendable {
        var key: String
        var loader: String
        var extensions: String
        var context: String
        var bundles: String
        var script: String
    }

    struct Connector: Sendable {
        var url: String
        var hasKey: Bool
    }

    let title = "Demo ATS"
    var applications: [Choice]
    var candidate: String
    var job: String
    /// Ids to choose from.
    var candidates: [String]
    var jobs: [String]
    /// nil while there is no application.
    var tags: Tags?
    var showsProfile: Bool
    var showsMatches: Bool
    var connector: Connector
    /// This page again, as its forms send it.
    var here: String

    static let path = "/_sandbox/demo-ats"

    static let routes: [PageRoute] = [
        .get(path) { try await show($0) },
        .post(path + "/connector") { call in
            call.sessions.change(call.session) {
                $0.connector = PageSession.Connector(url: call.form["url"] ?? "", key: call.form["key"] ?? "")
            }
            return .see(
                LocalPath(path + "?" + call.query.query(except: ["done"], adding: [("done", "saved")])) ?? "/talent")
        },
        .post(path + "/told") { call in
            let answer = await DemoATSCall(call.form, call.session.connector)?.send()
            return WebResponse(
                status: answer == nil ? 400 : 200,
                headers: [("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store")],
                body: .bytes(Array((answer ?? "There is nothing that an ATS would do.").utf8)))
        },
        .get("/assets/{hash}/demo-ats.js") { call in
            guard call.request.path == script.path else { throw PageProblem.unknownPage }
            return script.response
        },
    ]

    /// How many ids are offered; others are typed.
    private static let offered = 50

    private static func show(_ call: PageCall) async throws -> WebResponse {
        let children = call.sandbox.core.applications.all.filter { !$0.isParent }
        let chosen = children.first { $0.clientID == call.query["application"] } ?? children.first
        let (organization, candidates, jobs) = try await call.sandbox.core.world.read {
            tx -> (Int64?, [String], [String]) in
            guard let number = chosen?.number else { return (nil, [], []) }
            let organization = try tx.organizations().first {
                try tx.tenancy(application: number, organization: $0) != nil
            }
            guard let organization else { return (nil, [], []) }
            func ids(_ kind: EntityKind) throws -> [String] {
                try tx.entities(organization: organization, kind: kind, after: nil, limit: offered)
                    .filter { $0.application == number }.map(\.id)
            }
            return (organization, try ids(.candidate), try ids(.job))
        }
        let home = WebOrigin(of: call.request)?.description ?? ""
        let candidate = call.query["candidate"] ?? candidates.first ?? ""
        let job = call.query["job"] ?? jobs.first ?? ""
        let page = DemoATS(
            applications: children.map {
                Choice(value: $0.clientID, label: $0.name, isChosen: $0.number == chosen?.number)
            },
            candidate: candidate, job: job, candidates: candidates, jobs: jobs,
            tags: chosen.map { application in
                Tags(
                    key: application.clientID, loader: "/xdoor/scripts/in.js",
                    extensions: Widget.allCases.map { "\($0.tag)@\(home)\($0.extensionPaths[0])" }.joined(
                        separator: ", "),
                    context: organization.map { OrganizationURN(number: $0).description } ?? "",
                    bundles: IntegrationBundle.allCases.map(\.rawValue).joined(separator: ","), script: script.path)
            },
            showsProfile: organization != nil && !candidate.isEmpty, showsMatches: organization != nil && !job.isEmpty,
            connector: Connector(
                url: call.session.connector?.url ?? "", hasKey: !(call.session.connector?.key.isEmpty ?? true)),
            here: call.query.query(except: ["done"]))
        return call.page(page, policy: ContentPolicy(widgetOrigins: [home]))
    }
}

extension PageSession {
    /// The connector that the demo ATS talks to.
    struct Connector: Sendable {
        var url: String
        var key: String
    }
}

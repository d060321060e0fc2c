// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Web

/// The registered applications: partners, and below each the child applications of its customers.
struct ApplicationsPage: Page {
    static let template = PageTemplate("developer_applications", utf8: PackageResources.developer_applications_mustache)

    struct Row: Sendable {
        var name: String
        var href: String
        var customer: String?
        var clientID: String
        var secrets: String
        var domains: String
        var requests: String
        var requestsLink: String
        var created: ShownTime
    }

    struct Family: Sendable {
        var parent: Row
        var children: [Row]
        var isChildless: Bool
    }

    let title = "Applications"
    var families: [Family]
    var pager: Pager

    static let pageSize = 50

    static func show(_ call: PageCall) -> WebResponse {
        let all = call.sandbox.core.applications.all
        let after = call.query["after"].flatMap { Int64($0) } ?? 0
        let children = all.filter { !$0.isParent && $0.number > after }.sorted { $0.number < $1.number }
        let page = children.prefix(pageSize)
        let requests = Dictionary(call.sandbox.quotas.usage.map { ($0.application, $0.requests) }, uniquingKeysWith: +)
        func row(_ application: DeveloperApplication) -> Row {
            Row(
                name: application.name, href: "/developers/applications/\(application.number)",
                customer: application.uniqueForeignID, clientID: application.clientID,
                secrets: String(application.secrets.count), domains: String(application.jsDomains.count),
                requests: Wording.count(requests[application.number] ?? 0),
                requestsLink: "/developers/requests?application=\(application.clientID.urlComponent)",
                created: call.shown(application.created))
        }
        let families = all.filter(\.isParent).map { parent in
            let own = page.filter { $0.parent == parent.number }
            return Family(parent: row(parent), children: own.map(row), isChildless: own.isEmpty)
        }
        return call.page(
            ApplicationsPage(
                families: families,
                pager: Pager(
                    "/developers/applications", call.query,
                    nextKey: children.count > pageSize ? page.last.map { String($0.number) } : nil,
                    says: "\(Wording.count(page.count)) of "
                        + Wording.count(all.count { !$0.isParent }, "child application"))))
    }
}

/// One application: its credentials, where it may be embedded, and what was switched on for it.
struct ApplicationPage: Page {
    static let template = PageTemplate("developer_application", utf8: PackageResources.developer_application_mustache)

    struct Secret: Sendable {
        var id: String
        var text: String
        var age: String
    }

    struct Integration: Sendable {
        var type: String
        var context: String
        var name: String
        var status: Badge
    }

    let title: String
    var number: String
    var kind: String
    var parent: Link?
    var customer: String?
    var description: String
    var clientID: String
    var urn: String
    var created: ShownTime
    var requestsLink: String
    var quotasLink: String
    /// How many there are, while they are hidden.
    var hidden: String?
    /// Shown on demand.
    var secrets: [Secret]
    var canAdd: Bool
    var canRemove: Bool
    var domains: String
    var callbacks: String
    var integrations: [Integration]
    var empty: EmptyNote

    static let routes: [PageRoute] = [
        .get("/developers/applications") { ApplicationsPage.show($0) },
        .get("/developers/applications/{number}") { try await show($0) },
        .post("/developers/applications/{number}") { try await change($0) },
        .post("/developers/applications/{number}/secrets") { try await addSecret($0) },
        .get("/developers/applications/{number}/secrets/remove") { try confirmRemoval($0) },
        .post("/developers/applications/{number}/secrets/remove") { try await removeSecret($0) },
    ]

    private static func application(_ call: PageCall) throws -> DeveloperApplication {
        guard
            let found = Int64(call.values[0]).flatMap({ call.sandbox.core.applications.application(number: $0) })
        else {
            throw PageProblem(
                status: 404, title: "There is no such application", text: "A reset of the world removes applications.",
                links: [Link("To the applications", "/developers/applications")])
        }
        return found
    }

    private static func show(_ call: PageCall) async throws -> WebResponse {
        let application = try application(call)
        let integrations = try await call.sandbox.controls.integrations(application: application.number)
        let parent = application.parent.flatMap { call.sandbox.core.applications.application(number: $0) }
        let isShown = call.query["secrets"] == "shown"
        let count = application.secrets.count
        let page = ApplicationPage(
            title: application.name, number: String(application.number),
            kind: application.isParent ? "The partner's own (parent)" : "One customer's (child)",
            parent: parent.map { Link($0.name, "/developers/applications/\($0.number)") },
            customer: application.uniqueForeignID, description: application.description,
            clientID: application.clientID, urn: application.urn, created: call.shown(application.created),
            requestsLink: "/developers/requests?application=\(application.clientID.urlComponent)",
            quotasLink: "/developers/quotas#application-\(application.number)",
            hidden: isShown ? nil : Wording.count(count, "secret"),
            secrets: isShown
                ? application.secrets.enumerated().map { index, secret in
                    Secret(
                        id: "secret-\(index + 1)", text: secret,
                        age: count == 1 ? "the only one" : index == 0 ? "the older one" : "the newer one")
                } : [],
            canAdd: count < DeveloperApplication.mostSecrets, canRemove: count > 1,
            domains: application.jsDomains.joined(separator: "\n"),
            callbacks: application.callbackURLs.joined(separator: "\n"),
            integrations: integrations.map { integration in
                Integration(
                    type: integration.id.type, context: integration.id.context, name: integration.name ?? "",
                    status: Badge(
                        integration.status == .enabled ? .good : integration.status == .requested ? .warn : .quiet,
                        integration.status.rawValue))
            },
            empty: EmptyNote(
                "No integration was asked for",
                application.isParent
                    ? "Integrations belong to child applications."
                    : "The customer's admin asks for them in the configuration plugin and enables them in Recruiter.",
                link: application.isParent ? nil : Link("To Recruiter's ATS settings", "/talent/admin/ats")))
        return call.page(page)
    }

    /// What a partial update of a provisioned application changes, for the parent, too, which has no such call.
    private static func change(_ call: PageCall) async throws -> WebResponse {
        let application = try application(call)
        try await call.sandbox.core.applications.update(
            number: application.number, jsDomains: lines(call.form["domains"]),
            callbackURLs: lines(call.form["callbacks"]))
        return .see("/developers/applications/\(application.number)?done=application-saved")
    }

    private static func lines(_ text: String?) -> [String] {
        (text ?? "").split(whereSeparator: \.isNewline).map { String($0.filter { !$0.isWhitespace }) }
            .filter { !$0.isEmpty }
    }

    private static func addSecret(_ call: PageCall) async throws -> WebResponse {
        let application = try application(call)
        _ = try await call.sandbox.core.applications.rollSecret(number: application.number, now: call.now)
        return .see("/developers/applications/\(application.number)?secrets=shown&done=secret-added")
    }

    private static func confirmRemoval(_ call: PageCall) throws -> WebResponse {
        let application = try application(call)
        let path = "/developers/applications/\(application.number)"
        guard let secret = call.query["secret"] else { throw PageProblem.unknownPage }
        return call.page(
            ConfirmPage(
                "Remove a secret of \(application.label)",
                ["Whoever still asks for tokens with \(secret.prefix(6))… is refused from then on."],
                action: path + "/secrets/remove", button: "Remove the secret",
                fields: [ConfirmPage.Field(name: "secret", value: secret)], back: path + "?secrets=shown"))
    }

    private static func removeSecret(_ call: PageCall) async throws -> WebResponse {
        let application = try application(call)
        _ = try await call.control.removeSecret(
            ControlRequest([
                "client_id": .string(application.clientID), "client_secret": .string(call.form["secret"] ?? ""),
            ]))
        return .see("/developers/applications/\(application.number)?secrets=shown&done=secret-removed")
    }
}

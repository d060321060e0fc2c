// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import SQLFile
import Web

/// The configuration plugin: the customer's admin asks for integrations, which tells the ATS's page (`data-onintegrate`).
///
/// Looks as the ATS vendors' help pages describe the older one: "Request" for each level, then "Notify partner", then "Partner Ready"
/// once the ATS named and configured it (modules 1–2, 2.3, third party).
struct SetupWidget: Page {
    static let template = PageTemplate("widget_setup", utf8: PackageResources.widget_setup_mustache, layout: .frame)

    struct Row: Sendable {
        /// What the form says.
        var key: String
        var name: String
        var explanation: String
        var state: Badge
        var isRequested: Bool
    }

    let title = "LinkedIn integrations"
    var bar: WidgetBar
    /// Form target.
    var act: String
    var rows: [Row]
    var asksAll: Bool
    /// The ATS has done its part of something that is not on yet.
    var isReady: Bool
    /// The frame again, to see whether the ATS has done its part.
    var again: String
    /// Bundles that the page names and the sandbox does not play.
    var unknown: [String]

    static let routes: [PageRoute] = [
        WidgetFrame.get(.setup) { try await show($0) },
        WidgetFrame.post(.setup, "request") { try await request($0) },
    ]

    /// One level that can be asked for, as it stands.
    fileprivate struct Level {
        var bundle: IntegrationBundle
        var contract: Contract?
        /// In the order of the bundle; nil where nobody asked.
        var integrations: [(id: IntegrationID, stored: StoredIntegration?)]
        /// Whether LinkedIn knows where to post events.
        var hasCallback: Bool

        var key: String { bundle.rawValue + (contract.map { " \($0.number)" } ?? "") }
        var isRequested: Bool { integrations.allSatisfy { $0.stored != nil } }
        /// The ATS has named what was asked for, and said where to post events.
        var isReady: Bool {
            isRequested && integrations.allSatisfy { $0.stored?.name != nil } && (hasCallback || bundle != .company)
        }
        func all(_ status: IntegrationStatus) -> Bool { integrations.allSatisfy { $0.stored?.status == status } }

        var state: Badge {
            if !isRequested { return Badge(.quiet, "Not requested") }
            if all(.enabled) { return Badge(.good, "Enabled") }
            if integrations.contains(where: { $0.stored?.status == .disabled }) { return Badge(.warn, "Disabled") }
            return isReady ? Badge(.info, "Partner Ready") : Badge(.info, "Requested")
        }
    }

    private static func show(_ visit: WidgetVisit) async throws -> WebResponse {
        let levels = try await levels(visit)
        let known = Set(IntegrationBundle.allCases.map(\.rawValue))
        return visit.page(
            SetupWidget(
                bar: visit.bar, act: visit.url("request"),
                rows: levels.map { level in
                    Row(
                        key: level.key, name: level.bundle.title + (level.contract.map { ": \($0.name)" } ?? ""),
                        explanation: level.bundle.explanation, state: level.state, isRequested: level.isRequested)
                },
                asksAll: levels.count { !$0.isRequested } > 1,
                isReady: levels.contains { $0.isReady && !$0.all(.enabled) }, again: visit.url(),
                unknown: wanted(visit).filter { !known.contains($0) }))
    }

    /// Asks for one level or for all that are missing; asking again for what was asked for only tells the ATS again.
    private static func request(_ visit: WidgetVisit) async throws -> WebResponse {
        let levels = try await levels(visit)
        let key = visit.call.form["level"]
        let chosen = levels.filter { key == nil ? !$0.isRequested : $0.key == key }
        guard !chosen.isEmpty else {
            throw WidgetProblem(
                status: 409, title: "There is nothing to ask for",
                text: "It was asked for already, in another window perhaps. Reload the page.")
        }
        let isNew = chosen.contains { !$0.isRequested }
        let changes = try await visit.sandbox.setIntegrations(
            .requested, chosen.flatMap { $0.integrations.map(\.id) },
            organization: visit.recruiter().contract.organization, application: visit.application.number)
        return visit.done(
            isNew ? "requested" : "notified",
            calling: ("onintegrate", .array(changes.map { $0.announcement })))
    }

    private static func wanted(_ visit: WidgetVisit) -> [String] {
        let names = (visit.attribute("supported-bundled-integration-types") ?? "").split { $0 == "," || $0 == " " }
        return names.isEmpty ? IntegrationBundle.standard.map(\.rawValue) : names.map(String.init)
    }

    /// - Throws: `WidgetProblem` for a seat that is no administrator's [doc: job-posting-customer-configuration].
    private static func levels(_ visit: WidgetVisit) async throws -> [Level] {
        let recruiter = try visit.recruiter()
        guard recruiter.seat.isAdmin else {
            throw WidgetProblem(
                status: 403, title: "Only an administrator of Recruiter can do this",
                text:
                    "\(recruiter.name)'s seat has no administrator's role on \(recruiter.contractName). Sign in with one that has.",
                isUsual: true)
        }
        let organization = recruiter.contract.organization
        let application = visit.application.number
        let bundles = wanted(visit).compactMap(IntegrationBundle.init)
        return try await visit.sandbox.core.world.read { tx in
            let context = OrganizationURN(number: organization).description
            let hasCallback = try tx.callbackURL(application: application, context: context) != nil
            return try bundles.flatMap { bundle -> [Level] in
                guard bundle == .contract else {
                    return [try tx.level(bundle, nil, context, application, hasCallback)]
                }
                return try tx.contracts(organization: organization).map {
                    try tx.level(bundle, $0, $0.urn, application, hasCallback)
                }
            }
        }
    }
}

extension SQLTransaction {
    fileprivate func level(
        _ bundle: IntegrationBundle, _ contract: Contract?, _ context: String, _ application: Int64, _ hasCallback: Bool
    ) throws -> SetupWidget.Level {
        SetupWidget.Level(
            bundle: bundle, contract: contract,
            integrations: try bundle.types.map { type in
                let id = IntegrationID(context: context, type: type.rawValue, tenant: type.tenantType)
                return (id, try integration(id, application: application))
            }, hasCallback: hasCallback)
    }
}

extension IntegrationChange {
    /// What the page around the widget is told. Source: modules 1–2, section 9, row 2 (third party, from a sibling widget).
    fileprivate var announcement: JSONValue {
        [
            "integrationContext": .string(id.context), "integrationType": .string(id.type),
            "tenantType": .string(id.tenant), "onboardingStatus": .string(status.rawValue),
        ]
    }
}

// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import SQLFile
import Web

/// Recruiter's ATS tab: the integrations of every ATS under their names, and one switch for each level.
///
/// Source: modules 1–2, 2.3: company level access is of the three organization types together, contract level access of
/// one contract (inferred from vendors' help pages).
struct ATSTab: Page {
    static let template = PageTemplate("ats_tab", utf8: PackageResources.ats_tab_mustache)

    struct Feature: Sendable {
        var label: String
        var type: String
        var name: String?
        var status: Badge
        /// What the ATS has not done yet.
        var missing: String?
    }

    struct Level: Sendable {
        var key: String
        var label: String
        var text: String
        var state: Badge
        var features: [Feature]
        var canEnable: Bool
        var canDisable: Bool
        /// Statuses when the page was made.
        var was: String
    }

    struct System: Sendable {
        var application: String
        var name: String
        var clientID: String
        var levels: [Level]
    }

    let title = "ATS"
    var systems: [System]
    var empty = Nothing(
        title: "No ATS has asked for an integration",
        text:
            "An admin asks for it inside the ATS, in LinkedIn’s configuration plugin. It then appears here to be switched on.",
        link: Link("Open the demo ATS", "/_sandbox/demo-ats"))

    static let routes: [PageRoute] = [
        .seatGet("/talent/admin/ats") { try await show($0) },
        .seatPost("/talent/admin/ats") { try await turn($0) },
    ]

    private static func show(_ call: PageCall, status: Int = 200, notice: Notice? = nil) async throws -> WebResponse {
        let found = try await ATSLevels.all(call.admin(), call)
        let systems = found.map { system in
            System(
                application: String(system.application), name: system.name, clientID: system.clientID,
                levels: system.levels.map(level))
        }
        return call.page(ATSTab(systems: systems), status: status, notice: notice)
    }

    private static func level(_ level: ATSLevel) -> Level {
        Level(
            key: level.key, label: level.label, text: level.text, state: level.state,
            features: level.integrations.map { one in
                Feature(
                    label: one.type.label, type: one.type.rawValue, name: one.stored.name,
                    status: one.stored.status.badge, missing: one.missing.joined(separator: " ").orNil)
            }, canEnable: level.canEnable, canDisable: level.canDisable, was: level.fingerprint)
    }

    private static func turn(_ call: PageCall) async throws -> WebResponse {
        let admin = try call.admin()
        let found = try await ATSLevels.all(admin, call)
        guard let system = found.first(where: { String($0.application) == call.form["application"] }),
            let level = system.levels.first(where: { $0.key == call.form["level"] }),
            let status = call.form["to"].flatMap(IntegrationStatus.init(rawValue:)), status != .requested
        else { throw PageProblem.unknownPage }
        guard call.form["was"] == level.fingerprint else {
            return try await show(
                call, status: 409,
                notice: Notice(.warn, "It was changed meanwhile, by the ATS or another admin. This is how it is now."))
        }
        guard status == .enabled ? level.canEnable : level.canDisable else {
            return try await show(
                call, status: 409,
                notice: Notice(.warn, "\(level.label) cannot be switched on yet: the ATS is not ready."))
        }
        _ = try await call.sandbox.setIntegrations(
            status, level.integrations.map(\.stored.id), organization: admin.contract.organization,
            application: system.application)
        return .see("/talent/admin/ats?done=\(status == .enabled ? "ats-on" : "ats-off")")
    }
}

extension IntegrationStatus {
    var badge: Badge {
        switch self {
        case .requested: Badge(.info, "Requested")
        case .enabled: Badge(.good, "On")
        case .disabled: Badge(.quiet, "Off")
        }
    }
}

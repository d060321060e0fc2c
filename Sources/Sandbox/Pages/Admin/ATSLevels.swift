// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import SQLFile
import Web

/// What flips together in the ATS tab.
struct ATSLevel: Sendable {
    struct Integration: Sendable {
        var type: IntegrationType
        var stored: StoredIntegration
        /// What the ATS must do before it can be switched on, in sentences.
        var missing: [String]
    }

    var key: String
    var label: String
    var text: String
    var integrations: [Integration]

    private var isReady: Bool { integrations.allSatisfy { $0.missing.isEmpty } }
    private var isOn: Bool { integrations.allSatisfy { $0.stored.status == .enabled } }

    /// UNVERIFIED: that *Partner Ready*, which a vendor's help page shows, is the moment after the ATS has named the
    /// integration and set its callback address (modules 1–2, 2.4.4).
    var canEnable: Bool { isReady && !isOn }
    var canDisable: Bool { integrations.contains { $0.stored.status == .enabled } }

    var state: Badge {
        if isOn { return Badge(.good, "On") }
        if canDisable { return Badge(.warn, "Partly on") }
        if integrations.contains(where: { $0.stored.status == .disabled }) { return Badge(.quiet, "Off") }
        return isReady ? Badge(.info, "Partner Ready") : Badge(.warn, "Waiting for the ATS")
    }

    /// Statuses and what is missing: what a form carries to notice a change.
    var fingerprint: String {
        integrations.map { "\($0.type.rawValue)-\($0.stored.status.rawValue)-\($0.missing.count)" }
            .joined(separator: " ")
    }
}

/// The levels of every ATS of a customer.
enum ATSLevels {
    struct System: Sendable {
        var application: Int64
        var clientID: String
        var name: String
        var levels: [ATSLevel]
    }

    private static let company: [IntegrationType] = [.oneClickExport, .inATSIndicator, .profilePlugin]

    static func all(_ recruiter: Recruiter, _ call: PageCall) async throws -> [System] {
        let core = call.core
        return try await call.read { tx in
            try recruiter.tenants(core, tx).map { one in
                let application = one.tenant.application
                let stored = try tx.integrations(application: application)
                    .filter { $0.organization == one.tenant.organization }
                let integrations = try stored.compactMap { integration -> ATSLevel.Integration? in
                    guard let type = IntegrationType(rawValue: integration.id.type) else { return nil }
                    return ATSLevel.Integration(
                        type: type, stored: integration, missing: try missing(integration, type, application, tx))
                }
                return System(
                    application: application,
                    clientID: core.applications.application(number: application)?.clientID ?? "", name: one.name,
                    levels: try levels(integrations, tx))
            }
        }
    }

    private static func levels(_ all: [ATSLevel.Integration], _ tx: SQLTransaction) throws -> [ATSLevel] {
        var levels: [ATSLevel] = []
        let together = company.compactMap { type in all.first { $0.type == type } }
        if !together.isEmpty {
            levels.append(
                ATSLevel(
                    key: "company", label: "Company level access",
                    text:
                        "One-click export, the In-ATS indicator and the profile widget, for every contract of the company.",
                    integrations: together))
        }
        for one in all where one.type == .recruiterData {
            guard let number = ContractURN(one.stored.id.context)?.number else { continue }
            let name = try tx.contract(number: number)?.name ?? Contract.standardName(number)
            levels.append(
                ATSLevel(
                    key: "contract-\(number)", label: "Contract level access: \(name)",
                    text: "The ATS reads InMail, notes and seats of contract \(number).", integrations: [one]))
        }
        for one in all where one.type != .recruiterData && !company.contains(one.type) {
            levels.append(
                ATSLevel(
                    key: one.stored.id.line.replacing(" ", with: "-"), label: one.type.label,
                    text: "Sold separately, for the whole company.", integrations: [one]))
        }
        return levels
    }

    private static func missing(
        _ integration: StoredIntegration, _ type: IntegrationType, _ application: Int64, _ tx: SQLTransaction
    ) throws -> [String] {
        var missing: [String] = []
        if integration.name == nil { missing.append("The ATS has not named it yet (integrationName).") }
        if type == .oneClickExport,
            try tx.configuration(.callbackURL, of: integration.id, application: application) == nil
        {
            missing.append("The ATS has not said where notifications go (CALLBACK_URL).")
        }
        return missing
    }
}

extension IntegrationType {
    /// What an admin calls it.
    var label: String {
        switch self {
        case .oneClickExport: "One-click export"
        case .inATSIndicator: "In-ATS indicator"
        case .profilePlugin: "Profile widget"
        case .recruiterData: "InMail, notes and seats"
        case .recommendedMatches: "Recommended matches"
        case .unifiedSearch: "Unified search"
        default: rawValue
        }
    }
}

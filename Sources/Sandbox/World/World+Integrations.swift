// SPDX-License-Identifier: Apache-2.0

package import LinkedIn
internal import SQLFile

/// A customer switched integrations on or off in Recruiter: what the notification `INTEGRATION_STATUS_CHANGE` tells.
package struct IntegrationChange: Sendable, Hashable {
    package var application: Int64
    package var organization: Int64
    /// What the partner passes to the finder `q=request`.
    package var requestID: String
    /// Nil when the partner has set none: then nothing is sent.
    package var callbackURL: String?
    /// The ones that changed, in their new state.
    package var integrations: [StoredIntegration]
}

/// The level at which Recruiter's ATS tab switches. UNVERIFIED: one switch per level (seen in vendors' help pages).
package enum IntegrationLevel: Sendable, Hashable, CaseIterable {
    /// The three types of the organization flip together.
    case company
    /// `CSA_API` of every contract.
    case contract
}

/// What the customer's admin does: asks in the partner's plugin, then switches on and off in Recruiter.
///
///     (none) ── request ──▶ REQUESTED ── enable ──▶ ENABLED ⇄ DISABLED
extension World {
    /// The plugin: the admin pre-authorises integrations. Idempotent, because the plugin can fire several times.
    ///
    /// - Returns: every integration of that customer and application afterwards.
    @discardableResult
    package func requestIntegrations(
        application: Int64, organization: Int64, contracts: [Int64],
        types: [IntegrationType] = IntegrationType.recruiterSystemConnect, at now: Moment
    ) async throws -> [StoredIntegration] {
        try await write { tx in
            try tx.addTenancy(application: application, organization: organization)
            for type in types {
                let contexts =
                    type.contextType == ContractKind.type
                    ? contracts.map { ContractURN(number: $0).description } : [OrganizationURN(number: organization).description]
                for context in contexts {
                    let place = IntegrationPlace(application: application, context: context, type: type.rawValue, tenant: type.tenantType)
                    try tx.requestIntegration(place, organization: organization, at: now.millis)
                }
            }
            return try tx.integrations(application: application, organization: organization)
        }
    }

    /// Recruiter's ATS tab: switch on.
    ///
    /// - Parameter needsConfiguration: leave alone what has no name yet, or is a `ONE_CLICK_EXPORT` without a `CALLBACK_URL`.
    /// - Returns: one change per application whose integrations changed; nothing when all were on already.
    package func enableIntegrations(
        application: Int64?, organization: Int64, levels: [IntegrationLevel] = IntegrationLevel.allCases, needsConfiguration: Bool = false,
        at now: Moment
    ) async throws -> [IntegrationChange] {
        try await write { tx in
            try tx.setIntegrations(application, organization, levels, to: .enabled, needsConfiguration: needsConfiguration, at: now.millis)
        }
    }

    /// Recruiter's ATS tab: switch off. Records stay and are hidden; they show again when it is switched on (UNVERIFIED).
    package func disableIntegrations(
        application: Int64?, organization: Int64, levels: [IntegrationLevel] = IntegrationLevel.allCases, at now: Moment
    ) async throws -> [IntegrationChange] {
        try await write { tx in
            try tx.setIntegrations(application, organization, levels, to: .disabled, needsConfiguration: false, at: now.millis)
        }
    }
}

extension SQLTransaction {
    /// Switches every integration of the customer that is in `levels`, and remembers what the notifications are about.
    func setIntegrations(
        _ application: Int64?, _ organization: Int64, _ levels: [IntegrationLevel], to status: IntegrationStatus, needsConfiguration: Bool,
        at now: Int64
    ) throws -> [IntegrationChange] {
        var changed: [Int64: [StoredIntegration]] = [:]
        for integration in try integrations(application: application, organization: organization) {
            let isContract = integration.place.context.hasPrefix("urn:li:contract:")
            guard levels.contains(isContract ? .contract : .company) else { continue }
            // Only what is on can be switched off.
            if status == .disabled && integration.status != .enabled { continue }
            if needsConfiguration, try !isReady(integration) { continue }
            guard try setIntegrationStatus(integration.place, status, at: now) else { continue }
            var now = integration
            now.status = status
            changed[integration.place.application, default: []].append(now)
        }
        return try changed.sorted { $0.key < $1.key }.map { application, integrations in
            IntegrationChange(
                application: application, organization: organization,
                requestID: try addIntegrationRequest(integrations.map(\.place), at: now),
                callbackURL: try callbackURL(application: application, organization: organization), integrations: integrations)
        }
    }

    /// Source: the newer Postman text makes CALLBACK_URL mandatory before enabling (third party); the name is inferred.
    private func isReady(_ integration: StoredIntegration) throws -> Bool {
        guard integration.name != nil else { return false }
        guard integration.place.type == IntegrationType.oneClickExport.rawValue else { return true }
        return try configuration(of: integration.place, .callbackURL) != nil
    }
}

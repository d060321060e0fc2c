// SPDX-License-Identifier: Apache-2.0

package import Domain
import LinkedIn

/// What a customer's integrations mean, and what LinkedIn must be told about each. Pure.
package enum Onboarding {
    /// The organization-level types of RSC, which flip together, and the contract-level one (integration-types, documented).
    package static let organizationTypes = IntegrationType.recruiterSystemConnect.filter {
        $0.contextType == OrganizationKind.type
    }.map(\.rawValue)
    package static let contractType = IntegrationType.recruiterData.rawValue

    package static func wanted(_ customer: Customer) -> [IntegrationRef] {
        organizationTypes.map { IntegrationRef(type: $0, context: "urn:li:organization:\(customer.organization)") }
            + customer.contracts.map { IntegrationRef(type: contractType, context: "urn:li:contract:\($0)") }
    }

    /// How far the customer is. Data may be sent once an organization-level integration is enabled (protocol reference, section 3).
    ///
    /// Every word but `ENABLED` is not enabled (protocol reference 9, item 3).
    package static func state(of integrations: [PortIntegration], before: IntegrationState) -> IntegrationState {
        let organization = integrations.filter { organizationTypes.contains($0.ref.type) }
        if organization.contains(where: { $0.status == "ENABLED" }) { return .enabled }
        if before == .enabled || before == .disabled && !organization.contains(where: { $0.status == "REQUESTED" }) {
            return .disabled
        }
        return organization.isEmpty ? .pending : .requested
    }

    /// What the customer's administrator reads in Recruiter. LinkedIn names no limit; 50 characters are safe (protocol reference 9, item 9).
    package static func name(for customer: String) -> String {
        let tail = " – Crosswalk"
        return String(customer.prefix(50 - tail.count)) + tail
    }

    /// The settings a type needs; a nil value means that there must be none.
    ///
    /// Viewers are all users (RSC-104, documented), or, when jobs without an ACL are to be hidden, nobody in particular: then the setting
    /// is removed (acl-overview, documented; modules-3-5, C.1).
    ///
    /// - Parameter callback: nil when LinkedIn cannot reach us.
    package static func settings(
        of type: String, callback: String?, visibility: JobVisibility = .everybody
    ) -> [(key: String, value: String?)] {
        let viewers = visibility == .everybody ? ConfigurationKey.allProductUsers : nil
        return switch type {
        case IntegrationType.oneClickExport.rawValue:
            (callback.map { [(ConfigurationKey.callbackURL.rawValue, $0)] } ?? [])
                + [(ConfigurationKey.jobPostingViewers.rawValue, viewers)]
        case IntegrationType.inATSIndicator.rawValue:
            [(ConfigurationKey.applicationViewers.rawValue, viewers)]
        default: []
        }
    }
}

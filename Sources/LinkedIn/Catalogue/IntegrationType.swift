// SPDX-License-Identifier: Apache-2.0

/// The features a customer can switch on, each with its own context and tenant.
/// Source: integration-types (documented); tenants from the Postman collection (postman) unless marked.
package enum IntegrationType: String, CaseIterable, Sendable {
    case oneClickExport = "ONE_CLICK_EXPORT"
    case inATSIndicator = "IN_ATS_INDICATOR"
    case profilePlugin = "PROFILE_PLUGIN"
    case recruiterData = "CSA_API"
    case recommendedMatches = "RECOMMENDED_MATCHES"
    case unifiedSearch = "UNIFIED_SEARCH"
    case applyConnect = "APPLY_CONNECT"
    case applyWithLinkedIn = "APPLY_WITH_LINKEDIN"
    case premiumJobPosting = "PREMIUM_JOB_POSTING"
    case crmRecruiterData = "CRM_CSA_API"
    case crmOneClickExport = "CRM_ONE_CLICK_EXPORT"
    case inCRMIndicator = "IN_CRM_INDICATOR"

    /// The URN type of `integrationContext`: `organization` or `contract`.
    package var contextType: String {
        switch self {
        case .recruiterData, .premiumJobPosting, .crmRecruiterData: ContractKind.type
        default: OrganizationKind.type
        }
    }

    /// `RECRUITER` or `JOBS`.
    package var tenantType: String {
        switch self {
        case .applyConnect, .applyWithLinkedIn, .premiumJobPosting: "JOBS"
        case .recommendedMatches, .unifiedSearch: "RECRUITER"  // UNVERIFIED
        default: "RECRUITER"
        }
    }

    /// The four that Recruiter System Connect needs: three of the organization, one of each contract.
    package static let recruiterSystemConnect: [Self] = [
        .oneClickExport, .inATSIndicator, .profilePlugin, .recruiterData,
    ]
}

/// The status of an integration, kept as LinkedIn writes it so that an unknown word survives.
/// Only `ENABLED` allows data to be sent.
package struct IntegrationStatus: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    /// The customer's admin asked for it in the plugin. Source: a vendor's copy of the plugin's payload (third party).
    package static let requested = Self(rawValue: "REQUESTED")
    /// Switched on in Recruiter. Source: rsc-customer-configuration (documented in words; the spelling is third party).
    package static let enabled = Self(rawValue: "ENABLED")
    /// Switched off in Recruiter. UNVERIFIED: the name.
    package static let disabled = Self(rawValue: "DISABLED")

    package static let known = ["REQUESTED", "ENABLED", "DISABLED"]

    package var allowsData: Bool { self == .enabled }
    package var description: String { rawValue }
}

/// The keys of integration configurations. Source: integration-types (documented), Postman collection (postman).
package enum ConfigurationKey: String, CaseIterable, Sendable {
    /// Where LinkedIn posts events; on `ONE_CLICK_EXPORT`; https.
    case callbackURL = "CALLBACK_URL"
    /// Who sees jobs in the export's list; on `ONE_CLICK_EXPORT`.
    case jobPostingViewers = "JOB_POSTING_VIEWERS"
    /// Who sees applications in the indicator; on `IN_ATS_INDICATOR`.
    case applicationViewers = "APPLICATION_VIEWERS"

    package var integrationType: IntegrationType {
        switch self {
        case .callbackURL, .jobPostingViewers: .oneClickExport
        case .applicationViewers: .inATSIndicator
        }
    }

    /// The only value of the two viewer keys. Source: integration-types (documented).
    package static let allProductUsers = "ALL_PRODUCT_USERS"
}

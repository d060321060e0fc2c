// SPDX-License-Identifier: Apache-2.0

import LinkedIn

/// What the configuration plugin offers as one thing to ask for, by the names of `data-supported-bundled-integration-types`.
/// Source: modules 1–2, 2.3: the names were seen in LinkedIn's sample, what is in each is inferred from them (section 9, row 44).
enum IntegrationBundle: String, CaseIterable, Sendable {
    case company = "RECRUITER_SYSTEM_CONNECT_COMPANY"
    case contract = "RECRUITER_SYSTEM_CONNECT_CONTRACT"
    case recommendedMatches = "RECOMMENDED_MATCHES"  // UNVERIFIED as a bundle (row 45)
    case unifiedSearch = "UNIFIED_SEARCH"  // UNVERIFIED as a bundle (row 45)

    /// Asked for when the page names none.
    static let standard: [Self] = [.company, .contract]

    var types: [IntegrationType] {
        switch self {
        case .company: [.oneClickExport, .inATSIndicator, .profilePlugin]
        case .contract: [.recruiterData]
        case .recommendedMatches: [.recommendedMatches]
        case .unifiedSearch: [.unifiedSearch]
        }
    }

    var title: String {
        switch self {
        case .company: "Company level access"
        case .contract: "Contract level access"
        case .recommendedMatches: "Recommended Matches"
        case .unifiedSearch: "Unified Search"
        }
    }

    var explanation: String {
        switch self {
        case .company:
            "Export to your ATS, the In-ATS indicator and the profile widget, for every contract of the company."
        case .contract: "InMail, notes and seats of this contract, for your ATS to read."
        case .recommendedMatches: "Members who fit a job, shown in your ATS."
        case .unifiedSearch: "Members and your own candidates in one search, shown in your ATS."
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import LinkedIn

/// What an ATS embeds. LinkedIn serves each under an address that the page's `extensions:` line names; the name before the `@` is the
/// page's own choice, and that of its tag.
enum Widget: String, CaseIterable, Sendable {
    /// The configuration plugin: the customer's admin asks for integrations. Source: modules 1–2, 2.3.
    case setup
    /// The profile plugin: who a candidate is on LinkedIn. Source: modules 3–5, B.1.
    case profile
    /// Recommended matches for a job. Source: modules 3–5, B.4.
    case matches
    /// Unified search over members and synced candidates. Source: modules 3–5, B.5.
    case search

    /// The paths of the extension's script, the documented one first. LinkedIn's sample pages name others (J-20).
    var extensionPaths: [String] {
        switch self {
        case .setup: ["/rsc/extensions/onboarding-widget", "/recruiter/widget/ATSIntegration"]
        case .profile: ["/rsc/extensions/profile-widget", "/recruiter/widget/hcm"]
        case .matches: ["/rsc/extensions/recommended-matches-widget"]  // UNVERIFIED
        case .search: ["/rsc/extensions/unified-search-widget"]  // UNVERIFIED
        }
    }

    /// What sample pages call its tag.
    var tag: String {
        switch self {
        case .setup: "ATSIntegrationWidget"
        case .profile: "HcmWidget"
        case .matches: "RecommendedMatchesWidget"  // UNVERIFIED
        case .search: "UnifiedSearchWidget"  // UNVERIFIED
        }
    }

    /// The page inside the frame; only the loader knows it.
    var framePath: String { extensionPaths[0] + "/frame" }

    /// Of the frame, for people who cannot see it.
    var title: String {
        switch self {
        case .setup: "LinkedIn integrations"
        case .profile: "LinkedIn profile"
        case .matches: "Recommended matches"
        case .search: "LinkedIn search"
        }
    }

    /// The integration of the organization that must be ENABLED for it; nil for the one that asks for integrations.
    var integration: IntegrationType? {
        switch self {
        case .setup: nil
        case .profile: .profilePlugin
        case .matches: .recommendedMatches
        case .search: .unifiedSearch
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Why Recruiter does not export a member. Nothing is pushed then.
enum ExportRefusal: String, Error, CaseIterable {
    case seatNotActive = "seat_not_active"
    case foreignContract = "foreign_contract"
    case switchedOff = "switched_off"
    case integrationNotEnabled = "integration_not_enabled"
    case noCallback = "no_callback"
    case accountClosed = "account_closed"
    case privateProfile = "private_profile"
    case unknownJob = "unknown_job"
    case closedJob = "closed_job"
    case hiddenJob = "hidden_job"
    case monthlyLimit = "monthly_limit"

    /// In words, with what to do about it.
    var reason: String {
        switch self {
        case .seatNotActive: "The seat is not ACTIVE: only a licensed user exports."
        case .foreignContract: "The seat is on a contract of another organization."
        case .switchedOff: "The customer's admin has switched one-click export off in Recruiter's product settings."
        case .integrationNotEnabled: "The organization's ONE_CLICK_EXPORT integration is not ENABLED."
        case .noCallback: "The ATS has not set CALLBACK_URL on ONE_CLICK_EXPORT, so nobody could be told."
        case .accountClosed: "The member has closed the account."
        case .privateProfile: "The member's privacy settings keep the profile out of exports."
        case .unknownJob: "The ATS has synced no job of this id."
        case .closedJob: "The job is not open, so Recruiter's list does not offer it."
        case .hiddenJob:
            "The seat does not see the job: it is in none of the job's ACLs, or the job has none and JOB_POSTING_VIEWERS is not ALL_PRODUCT_USERS."
        case .monthlyLimit: "The seat has used up its exports of this calendar month (UTC)."
        }
    }
}

/// What decides whether a recruiter may export. Source: modules 3–5, A.5.4, and J-6 for the limit.
struct ExportFacts: Sendable {
    enum Job: Sendable {
        case unknown
        case closed
        case open(isVisible: Bool)
    }

    var isSeatActive: Bool
    var isContractOfOrganization: Bool
    /// The product setting of the customer; on by default.
    var isSwitchedOn: Bool
    var isIntegrationEnabled: Bool
    var hasCallback: Bool
    var isAccountOpen: Bool
    var isExportable: Bool
    var job: Job
    /// By this seat, in this UTC month.
    var exports: Int
    var mostExports: Int

    /// The first thing in the way; nil when the export may go ahead. The order is ours.
    var refusal: ExportRefusal? {
        if !isSeatActive { return .seatNotActive }
        if !isContractOfOrganization { return .foreignContract }
        if !isSwitchedOn { return .switchedOff }
        if !isIntegrationEnabled { return .integrationNotEnabled }
        if !hasCallback { return .noCallback }
        if !isAccountOpen { return .accountClosed }
        if !isExportable { return .privateProfile }
        switch job {
        case .unknown: return .unknownJob
        case .closed: return .closedJob
        case .open(isVisible: false): return .hiddenJob
        case .open(isVisible: true): return exports >= mostExports ? .monthlyLimit : nil
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import Web

/// How the pages about sending call things.
enum SyncWords {
    static func plural(_ group: EndpointGroup) -> String {
        switch group {
        case .provisioning: "Provisioning"
        case .integrations: "Integrations"
        case .jobs: "Jobs"
        case .jobTasks: "Jobs' tasks"
        case .candidates: "Candidates"
        case .candidateNotes: "Candidate notes"
        case .applications: "Applications"
        case .applicationNotes: "Application notes"
        case .feedback: "Feedback"
        case .stages: "Stages"
        case .profile: "Profiles"
        case .exports: "Exports"
        case .recruiter: "Recruiters' activity"
        case .inMail: "InMail"
        case .acls: "Job groups"
        }
    }

    /// What a forecast is reckoned with.
    static func says(_ limit: Forecast.Limit) -> String {
        switch limit {
        case .pace: "at the pace of the last minutes"
        case .minute(let most): "LinkedIn takes \(Wording.count(most)) a minute"
        case .day: "today's quota ends first; it goes on at 00:00 UTC"
        }
    }
}

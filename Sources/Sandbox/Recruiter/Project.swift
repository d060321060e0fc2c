// SPDX-License-Identifier: Apache-2.0

/// Members that the recruiters of a contract look at together, each in a stage of a simple pipeline.
struct Project: Sendable, Hashable {
    enum Stage: String, CaseIterable, Sendable {
        case uncontacted = "UNCONTACTED"
        case contacted = "CONTACTED"
        case replied = "REPLIED"
        case interviewing = "INTERVIEWING"
        case hired = "HIRED"
        case archived = "ARCHIVED"

        /// As pages write it.
        var label: String { rawValue.prefix(1) + rawValue.dropFirst().lowercased() }
    }

    var number: Int64
    var contract: Int64
    /// Who made it.
    var seat: Int64
    var name: String
    var isArchived: Bool
    var created: Moment

    /// In characters.
    static let longestName = 200
}

/// A member in a project.
struct ProjectEntry: Sendable, Hashable {
    var member: Int64
    var stage: Project.Stage
    /// Who saved the member.
    var seat: Int64
    var saved: Moment
}

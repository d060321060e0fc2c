// SPDX-License-Identifier: Apache-2.0

/// Somebody who uses the dashboard.
struct Account: Sendable, Hashable {
    var number: Int64
    /// What the audit calls them: the user name, or the e-mail address that their sign-in service says.
    var name: String
    var role: Role
}

/// What an account may do; each may do what those before it may.
enum Role: Int, Sendable, Comparable, CaseIterable {
    /// Looks.
    case viewer = 1
    /// Retries, re-syncs, replays, links matches, edits sources.
    case `operator`
    /// Adds and removes customers and accounts, rotates secrets, erases.
    case admin

    var label: String {
        switch self {
        case .viewer: "Viewer"
        case .operator: "Operator"
        case .admin: "Administrator"
        }
    }

    static func < (left: Role, right: Role) -> Bool { left.rawValue < right.rawValue }
}

/// An account in one browser.
struct Visitor: Sendable {
    var account: Account
    /// What the tokens of the session's forms are made with.
    var secret: [UInt8]
}

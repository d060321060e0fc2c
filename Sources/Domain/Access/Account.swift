// SPDX-License-Identifier: Apache-2.0

/// Somebody who uses the dashboard.
package struct Account: Sendable, Hashable {
    package var number: Int64
    /// What the audit calls them: the user name, or the e-mail address that their sign-in service says.
    package var name: String
    package var role: Role

    package init(number: Int64, name: String, role: Role) {
        self.number = number
        self.name = name
        self.role = role
    }

    /// A name as it is stored: lower case, one word.
    ///
    /// - Returns: nil unless it has 1…254 letters, digits and `.`, `_`, `-`, `+`, `@`, and begins with a letter or digit.
    package static func name(_ text: String) -> String? {
        let name = text.lowercased()
        guard (1...254).contains(name.utf8.count), let first = name.first, first.isLetter || first.isNumber,
            name.allSatisfy({ $0.isLetter || $0.isNumber || "._-+@".contains($0) })
        else { return nil }
        return name
    }

    /// What the rule of `name` is, for whoever broke it.
    package static let nameRule =
        "A name is one word of at most 254 letters, digits and . _ - + @, and begins with a letter or a digit."
}

/// What an account may do; each may do what those before it may.
package enum Role: Int64, Sendable, Comparable, CaseIterable {
    /// Looks.
    case viewer = 1
    /// Retries, re-syncs, replays, links matches, edits sources.
    case `operator`
    /// Adds and removes customers and accounts, rotates secrets, erases.
    case admin

    package var label: String {
        switch self {
        case .viewer: "Viewer"
        case .operator: "Operator"
        case .admin: "Administrator"
        }
    }

    /// As forms, settings and the command line say it.
    package var word: String { "\(self)" }

    package init?(word: String) {
        guard let role = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = role
    }

    package static func < (left: Role, right: Role) -> Bool { left.rawValue < right.rawValue }
}

// SPDX-License-Identifier: Apache-2.0

package import Domain

/// What is wrong with one place of a record, and what to do about it.
package struct Problem: Hashable, Sendable {
    /// Closed list, safe for programs to switch on.
    package enum Code: String, Sendable, CaseIterable {
        /// The bytes are not JSON; the message says where.
        case json
        /// Another JSON type was expected.
        case type
        case required
        case tooShort
        case tooLong
        /// More elements than allowed.
        case tooMany
        /// Not an e-mail address, URL, URN, time or name of the expected form.
        case format
        /// Not one of the words allowed.
        case choice
        /// A time before 1970 or, where that is forbidden, in the future.
        case range
        /// `updatedAt` before `createdAt`.
        case order
        /// The record's type is missing or unknown.
        case recordType
        /// Two places contradict each other: the id in the path and in the body.
        case mismatch
        /// A field that we do not know. Only ever a warning: the rest of the record is used.
        case unknownField
    }

    /// RFC 6901, relative to the record: `/emails/0`; empty for the record as a whole.
    package var pointer: String
    package var code: Code
    /// Names the place, what was expected and the remedy; never the value.
    package var message: String

    package init(pointer: String, code: Code, message: String) {
        self.pointer = pointer
        self.code = code
        self.message = message
    }
}

/// What became of one record of the ATS.
package struct Checked: Sendable {
    /// What to store; nil exactly when there are problems.
    package var change: Change?
    /// Everything that must be fixed, in the order of the record; at most `Problem.limit`.
    package var problems: [Problem]
    /// What was ignored or may surprise; the record is used all the same.
    package var warnings: [Problem]

    package init(change: Change?, problems: [Problem] = [], warnings: [Problem] = []) {
        self.change = change
        self.problems = problems
        self.warnings = warnings
    }
}

extension Problem {
    /// How many problems, and how many warnings, one record may collect; the rest is not told.
    package static let limit = 50
}

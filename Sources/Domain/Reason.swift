// SPDX-License-Identifier: Apache-2.0

/// Why a record is not where it should be: shown in `sync explain`, in the API and on the status page.
package struct Reason: Hashable, Sendable {
    /// A stable name that programs compare: `throttled`, `refused` …
    package var code: Code
    /// One sentence for people. Never a candidate's data, never a token.
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// An open set: a code that this version does not know is kept as it is.
    package struct Code: Hashable, Sendable, RawRepresentable, CustomStringConvertible {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }
        package var description: String { rawValue }

        /// LinkedIn refused the data.
        package static let refused = Self(rawValue: "refused")
        /// LinkedIn's task for a job ended in FAILED.
        package static let taskFailed = Self(rawValue: "taskFailed")
        /// LinkedIn's task for a job vanished before it was seen to end.
        package static let taskLost = Self(rawValue: "taskLost")
        /// LinkedIn answered 429.
        package static let throttled = Self(rawValue: "throttled")
        /// LinkedIn answered with a 5xx.
        package static let unavailable = Self(rawValue: "unavailable")
        /// No answer at all: refused connection, time-out, dropped reply.
        package static let unreachable = Self(rawValue: "unreachable")
        /// The access token or the client secret was refused.
        package static let unauthorized = Self(rawValue: "unauthorized")
        /// Something an application is filled in with is missing from its job or its candidate.
        package static let incomplete = Self(rawValue: "incomplete")
    }
}

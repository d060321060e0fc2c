// SPDX-License-Identifier: Apache-2.0

internal import LinkedIn

/// A conversation between a recruiter's seat and a member.
struct InMailThread: Sendable, Hashable {
    /// What the member's first reply said about contact data. LinkedIn asks with the first reply only [documented].
    enum Answer: String, CaseIterable, Sendable {
        /// Not answered yet.
        case none = "NONE"
        /// Answered, without sharing.
        case withheld = "WITHHELD"
        case shared = "SHARED"
        case declined = "DECLINED"
    }

    /// Also the number of its first message.
    var number: Int64
    var seat: Int64
    var member: Int64
    var subject: String
    var opened: Moment
    var answer: Answer

    var urn: String { MessagingThreadURN(id: String(number)).description }

    /// - Returns: nil for anything but the URN of a thread of ours.
    static func number(_ urn: String) -> Int64? { MessagingThreadURN(urn).flatMap { Int64($0.id) } }

    /// The number of the first message of a world.
    static let firstNumber: Int64 = 7000
}

/// One message of a conversation.
struct InMail: Sendable, Hashable {
    var number: Int64
    var thread: Int64
    var seat: Int64
    var member: Int64
    var isFromMember: Bool
    var subject: String
    var text: String
    var sent: Moment

    /// `S7000_1000` for the message that opened the conversation, `I7001_1000` for the others, as in LinkedIn's sample
    /// (inmail-history).
    var id: String { "\(number == thread ? "S" : "I")\(number)_1000" }
}

/// Which messages a reader asks for: sent in `[from, to)` in milliseconds, of one thread or of any.
struct InMailRange: Sendable, Hashable {
    var seat: Int64
    var from: Int64?
    var to: Int64?
    var thread: Int64?
}

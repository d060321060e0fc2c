// SPDX-License-Identifier: Apache-2.0

internal import SQLFile

/// InMails as people write them: a recruiter to a member, the member back.
struct InMailDesk: Sendable {
    let core: SandboxCore

    /// What a member answers.
    struct Reply: Sendable {
        /// A member who declines need not say anything.
        var text: String?
        var isDeclined = false
        /// Only the first answer may share contact data or decline.
        var sharesContact = false
    }

    /// What was said.
    struct Said: Sendable {
        var thread: InMailThread
        /// nil when the member declined without a word.
        var message: InMail?
        /// The stub profile that the answer made.
        var stub: Int64?
    }

    /// A recruiter begins a conversation.
    ///
    /// - Throws: `ControlError` 409 when the member has left.
    func open(from seat: Seat, to member: Member, subject: String, text: String) async throws -> Said {
        try member.mustBeOpen()
        let now = core.clock.now()
        return try await core.world.write { tx in
            let thread = InMailThread(
                number: try tx.nextInMail(), seat: seat.number, member: member.number, subject: subject, opened: now,
                answer: .none)
            try tx.addThread(thread)
            return try tx.say(text, subject, in: thread, fromMember: false, at: now)
        }
    }

    /// The recruiter writes again.
    ///
    /// - Parameter subject: nil keeps the conversation's.
    /// - Throws: `ControlError` 404, and 409 when the member declined or has left.
    func goOn(_ number: Int64, subject: String? = nil, text: String) async throws -> Said {
        let now = core.clock.now()
        return try await core.world.write { tx in
            let thread = try tx.openThread(number)
            guard thread.answer != .declined else {
                throw ControlError(
                    409, field: "thread", "was declined by the member", remedy: "begin another with \"member\"")
            }
            return try tx.say(text, subject ?? thread.subject, in: thread, fromMember: false, at: now)
        }
    }

    /// The member answers. The first answer decides about contact data: shared, it makes a stub profile.
    ///
    /// - Throws: `ControlError` 404, and 409 when the member has left or answers a second time what is asked once.
    func answer(_ number: Int64, _ reply: Reply) async throws -> Said {
        guard !(reply.isDeclined && reply.sharesContact) else {
            throw ControlError(
                field: "share_contact", "cannot be true when the member declines", remedy: "leave one of them out")
        }
        let now = core.clock.now()
        return try await core.world.write { tx in
            var thread = try tx.openThread(number)
            let isFirst = thread.answer == .none
            if !isFirst && (reply.sharesContact || reply.isDeclined) {
                throw ControlError(
                    409, field: reply.sharesContact ? "share_contact" : "decline",
                    "is asked with the first answer only",
                    remedy: "leave it out; POST /_sandbox/inmails begins another conversation")
            }
            var stub: Int64?
            if isFirst {
                thread.answer = reply.isDeclined ? .declined : reply.sharesContact ? .shared : .withheld
                try tx.setAnswer(thread.answer, thread: thread.number)
                if reply.sharesContact, let seat = try tx.seat(number: thread.seat) {
                    stub = try tx.addMailStub(contract: seat.contract, thread: thread, at: now)
                }
            }
            let message = try reply.text.map {
                try tx.say($0, "RE: \(thread.subject)", in: thread, fromMember: true, at: now)
            }
            return Said(thread: thread, message: message?.message, stub: stub)
        }
    }
}

extension InMailThread {
    static let unknown = ControlError(
        404, field: "thread", "no conversation has that URN", remedy: "GET /_sandbox/inmails lists them")
}

extension SQLTransaction {
    /// - Throws: `ControlError` 404, and 409 when the member has left.
    fileprivate func openThread(_ number: Int64) throws -> InMailThread {
        guard let thread = try thread(number: number) else { throw InMailThread.unknown }
        try member(number: thread.member)?.mustBeOpen()
        return thread
    }

    fileprivate func say(
        _ text: String, _ subject: String, in thread: InMailThread, fromMember: Bool, at now: Moment
    ) throws -> InMailDesk.Said {
        let message = InMail(
            number: try nextInMail(), thread: thread.number, seat: thread.seat, member: thread.member,
            isFromMember: fromMember, subject: subject, text: text, sent: now)
        try addInMail(message)
        return InMailDesk.Said(thread: thread, message: message, stub: nil)
    }
}

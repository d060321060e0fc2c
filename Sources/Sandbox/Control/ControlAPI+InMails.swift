// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import SQLFile

/// InMails: what recruiters write to members and what they answer.
extension ControlAPI {
    /// Conversations, the newest first, each with its messages in the order they were sent.
    func inMails(_ request: ControlRequest) async throws -> JSONValue {
        try request.query.only("seat", "limit")
        let seat = request.query.has("seat") ? try await namedSeat(request.query).number : nil
        let limit = try request.query.int("limit", in: 1...1000) ?? 100
        let found = try await sandbox.core.world.read { tx in
            try tx.threads(seat: seat, limit: Int(limit)).map { thread in
                let range = InMailRange(seat: thread.seat, thread: thread.number)
                return (thread, try tx.inMails(range, start: 0, limit: 1000))
            }
        }
        let threads = found.map { thread, messages -> JSONValue in
            [
                "thread": .string(thread.urn), "seat": .int(thread.seat), "member": .int(thread.member),
                "subject": .string(thread.subject), "answer": .string(thread.answer.rawValue),
                "messages": .array(
                    messages.reversed().map {
                        [
                            "id": .string($0.id), "from": $0.isFromMember ? "member" : "recruiter",
                            "at": .int($0.sent.millis), "subject": .string($0.subject), "text": .string($0.text),
                        ]
                    }),
            ]
        }
        return ["threads": .array(threads)]
    }

    /// A recruiter writes to a member: a new conversation, or one message more in `thread`.
    func sendInMail(_ request: ControlRequest) async throws -> JSONValue {
        let input = request.body
        if input.has("thread") { return try await goOn(input) }
        try input.only("seat", "member", "subject", "text")
        let seat = try await activeSeat(input)
        let member = try await namedMember(input)
        try member.mustBeOpen()
        let subject = try input.required("subject", try input.string("subject"))
        let text = try input.required("text", try input.string("text"))
        let now = sandbox.clock.now()
        return try await sandbox.core.world.write { tx in
            let thread = InMailThread(
                number: try tx.nextInMail(), seat: seat.number, member: member.number, subject: subject, opened: now,
                answer: .none)
            try tx.addThread(thread)
            return try tx.say(text, subject, in: thread, fromMember: false, at: now)
        }.json()
    }

    private func goOn(_ input: ControlInput) async throws -> JSONValue {
        try input.only("thread", "text", "subject")
        let number = try threadNumber(input)
        let subject = try input.string("subject")
        let text = try input.required("text", try input.string("text"))
        let now = sandbox.clock.now()
        return try await sandbox.core.world.write { tx in
            let thread = try tx.openThread(number)
            guard thread.answer != .declined else {
                throw ControlError(
                    409, field: "thread", "was declined by the member", remedy: "begin another with \"member\"")
            }
            return try tx.say(text, subject ?? thread.subject, in: thread, fromMember: false, at: now)
        }.json()
    }

    /// The member answers. The first answer decides about contact data: shared, it makes a stub profile.
    func replyToInMail(_ request: ControlRequest) async throws -> JSONValue {
        let input = request.body
        try input.only("thread", "text", "share_contact", "decline")
        let number = try threadNumber(input)
        let isDeclined = try input.bool("decline") ?? false
        let isShared = try input.bool("share_contact") ?? false
        let text = isDeclined ? try input.string("text") : try input.required("text", try input.string("text"))
        guard !(isDeclined && isShared) else {
            throw ControlError(
                field: "share_contact", "cannot be true when the member declines", remedy: "leave one of them out")
        }
        let now = sandbox.clock.now()
        return try await sandbox.core.world.write { tx in
            var thread = try tx.openThread(number)
            let isFirst = thread.answer == .none
            if !isFirst && (isShared || isDeclined) {
                throw ControlError(
                    409, field: isShared ? "share_contact" : "decline", "is asked with the first answer only",
                    remedy: "leave it out; POST /_sandbox/inmails begins another conversation")
            }
            var stub: Int64?
            if isFirst {
                thread.answer = isDeclined ? .declined : isShared ? .shared : .withheld
                try tx.setAnswer(thread.answer, thread: thread.number)
                if isShared, let seat = try tx.seat(number: thread.seat) {
                    stub = try tx.addMailStub(contract: seat.contract, thread: thread, at: now)
                }
            }
            // A member who declines need not say anything.
            let message = try text.map {
                try tx.say($0, "RE: \(thread.subject)", in: thread, fromMember: true, at: now)
            }
            return Said(thread: thread, message: message?.message, stub: stub)
        }.json()
    }

    /// The conversation that `thread` names, by number or URN; whether there is one is seen later.
    private func threadNumber(_ input: ControlInput) throws -> Int64 {
        if let number = try? input.int("thread", in: 1...Int64.max) { return number }
        let text = try input.required("thread", try input.string("thread"))
        guard let number = Int64(text) ?? InMailThread.number(text) else { throw InMailThread.unknown }
        return number
    }
}

/// What was said, for the answer.
private struct Said: Sendable {
    var thread: InMailThread
    /// nil when the member declined without a word.
    var message: InMail?
    var stub: Int64?

    func json() -> JSONValue {
        var object: JSONObject = ["thread": .string(thread.urn)]
        object["id"] = message.map { .string($0.id) } ?? .null
        object["answer"] = .string(thread.answer.rawValue)
        object["at"] = message.map { .int($0.sent.millis) } ?? .null
        object["stub"] = stub.map { .int($0) } ?? .null
        return .object(object)
    }
}

extension InMailThread {
    fileprivate static let unknown = ControlError(
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
    ) throws -> Said {
        let message = InMail(
            number: try nextInMail(), thread: thread.number, seat: thread.seat, member: thread.member,
            isFromMember: fromMember, subject: subject, text: text, sent: now)
        try addInMail(message)
        return Said(thread: thread, message: message, stub: nil)
    }
}

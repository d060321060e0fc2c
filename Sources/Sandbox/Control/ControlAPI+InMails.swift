// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn

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
        return try await desk.open(from: seat, to: member, subject: subject, text: text).json
    }

    private func goOn(_ input: ControlInput) async throws -> JSONValue {
        try input.only("thread", "text", "subject")
        let number = try threadNumber(input)
        let subject = try input.string("subject")
        let text = try input.required("text", try input.string("text"))
        return try await desk.goOn(number, subject: subject, text: text).json
    }

    /// The member answers.
    func replyToInMail(_ request: ControlRequest) async throws -> JSONValue {
        let input = request.body
        try input.only("thread", "text", "share_contact", "decline")
        let number = try threadNumber(input)
        var reply = InMailDesk.Reply(isDeclined: try input.bool("decline") ?? false)
        reply.sharesContact = try input.bool("share_contact") ?? false
        reply.text =
            try reply.isDeclined ? input.string("text") : input.required("text", try input.string("text"))
        return try await desk.answer(number, reply).json
    }

    private var desk: InMailDesk { InMailDesk(core: sandbox.core) }

    /// The conversation that `thread` names, by number or URN; whether there is one is seen later.
    private func threadNumber(_ input: ControlInput) throws -> Int64 {
        if let number = try? input.int("thread", in: 1...Int64.max) { return number }
        let text = try input.required("thread", try input.string("thread"))
        guard let number = Int64(text) ?? InMailThread.number(text) else { throw InMailThread.unknown }
        return number
    }
}

extension InMailDesk.Said {
    fileprivate var json: JSONValue {
        [
            "thread": .string(thread.urn), "id": message.map { .string($0.id) } ?? nil,
            "answer": .string(thread.answer.rawValue), "at": message.map { .int($0.sent.millis) } ?? nil,
            "stub": stub.map { .int($0) } ?? nil,
        ]
    }
}

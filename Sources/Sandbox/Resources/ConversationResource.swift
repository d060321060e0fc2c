// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn
internal import Logging
internal import RestLi

/// `GET conversationEvents?q=criteria`: what a seat sent and received by InMail, the newest first (J-22).
/// Source: inmail-history (documented; modules 3–5, A.8).
struct ConversationResource: ResourceHandler {
    let core: SandboxCore
    private let pace = ViewerPace()

    init(core: SandboxCore) { self.core = core }

    func answer(_ call: Call) async throws -> Answer {
        let query = try FinderQuery(call, finder: "criteria")
        let viewer = try query.required("viewer", try query.urn("viewer", SeatURN.self))
        let (from, to) = try query.range("timeRange")
        let thread = try query.urn("threadUrn", MessagingThreadURN.self).map {
            InMailThread.number($0.description) ?? 0
        }
        let gate = ContractGate(call)
        let seat = try await core.world.read { tx in try gate.seat(viewer, tx) }
        try keepPace(seat, call)
        // The lower end is in, the upper one out (documented).
        let range = InMailRange(seat: seat.number, from: from, to: to, thread: thread)
        let (start, count) = query.window
        let (messages, total) = try await core.world.read { tx in
            (try tx.inMails(range, start: start, limit: count), try tx.inMailCount(range))
        }
        let persons = core.personIDs(application: call.application.number)
        return query.page(messages.map { Self.element($0, persons) }, total: total)
    }

    func worldChanged() async { pace.forget() }

    private func keepPace(_ seat: Seat, _ call: Call) throws {
        do {
            try pace.admit(application: call.application.number, seat: seat.number, now: call.now, call.switches)
        } catch {
            guard !call.switches.strictViewerPace else { throw error }
            core.logger.warning(
                "more requests for one viewer's InMails than 12 a minute",
                metadata: ["application": "\(call.application.number)", "seat": "\(seat.number)"])
        }
    }

    private static func element(_ message: InMail, _ persons: PersonIDs) -> JSONObject {
        let seat = JSONValue.string(SeatURN(number: message.seat).description)
        let person = JSONValue.string(persons.urn(ofMember: message.member))
        return [
            "id": .string(message.id),
            "threadUrn": .string(MessagingThreadURN(id: String(message.thread)).description),
            "author": message.isFromMember ? person : seat,
            "recipients": [message.isFromMember ? seat : person],
            "createdAt": .int(message.sent.millis),
            // A union's key is the record's full name under 1.0.0; under 2.0.0 too (inferred, J-21).
            "content": [
                "com.linkedin.messaging.events.MailContent": [
                    "subject": .string(message.subject), "body": ["text": .string(message.text)],
                ]
            ],
        ]
    }
}

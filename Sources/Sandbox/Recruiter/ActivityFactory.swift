// SPDX-License-Identifier: Apache-2.0

internal import People
internal import SQLFile

/// Invents what recruiters of a contract did lately, so that there is something to read: seats for members of the
/// directory, conversations, and notes about others. The same seed on the same world makes the same.
struct ActivityFactory: Sendable {
    struct Plan: Sendable {
        var contract: Int64
        /// How many seats are given; conversations and notes are shared out among all active seats of the contract.
        var seats: Int
        var conversations: Int
        var notes: Int
        /// All of it happened within these, up to now.
        var days: Int
    }

    struct Made: Sendable, Hashable {
        var seats = 0
        var conversations = 0
        var messages = 0
        var stubs = 0
        var notes = 0

        static func + (lhs: Self, rhs: Self) -> Self {
            Self(
                seats: lhs.seats + rhs.seats, conversations: lhs.conversations + rhs.conversations,
                messages: lhs.messages + rhs.messages, stubs: lhs.stubs + rhs.stubs, notes: lhs.notes + rhs.notes)
        }
    }

    /// Conversations or notes per commit.
    private static let chunk = 500

    let world: World
    let seed: UInt64

    /// - Throws: `ControlError` 409 when there is nobody to give a seat to, to write from, or to write to.
    func run(_ plan: Plan, now: Moment) async throws -> Made {
        let seed = seed
        var made = try await world.write { tx in
            var maker = try Maker(tx, plan, seed, salt: 1, now)
            return Made(seats: try maker.giveSeats(plan.seats))
        }
        for start in stride(from: 0, to: plan.conversations, by: Self.chunk) {
            let count = min(Self.chunk, plan.conversations - start)
            made =
                try await made
                + world.write { tx in
                    var maker = try Maker(tx, plan, seed, salt: 2 + start, now)
                    return try (0..<count).reduce(Made()) { made, _ in try made + maker.hold() }
                }
        }
        for start in stride(from: 0, to: plan.notes, by: Self.chunk) {
            let count = min(Self.chunk, plan.notes - start)
            made =
                try await made
                + world.write { tx in
                    var maker = try Maker(tx, plan, seed, salt: -1 - start, now)
                    for _ in 0..<count { try maker.write() }
                    return Made(notes: count)
                }
        }
        return made
    }
}

/// Works inside one transaction.
private struct Maker {
    private let tx: SQLTransaction
    private let plan: ActivityFactory.Plan
    private let now: Moment
    private var dice: Dice
    private var seats: [Seat]
    private let members: Int64

    /// - Parameter salt: another for every transaction; what was said before counts too, so that a second run adds
    ///   other things.
    init(_ tx: SQLTransaction, _ plan: ActivityFactory.Plan, _ seed: UInt64, salt: Int, _ now: Moment) throws {
        self.tx = tx
        self.plan = plan
        self.now = now
        dice = Dice(seed: seed ^ UInt64(bitPattern: try tx.nextInMail()), index: salt)
        seats = try tx.seats(contracts: [plan.contract], states: [.active], start: 0, limit: 10_000)
        members = try tx.lastGeneratedMember()
        guard members > 0 else {
            throw ControlError(
                409, "there are no members to write to", remedy: "start the sandbox with --members 1000")
        }
    }

    mutating func giveSeats(_ count: Int) throws -> Int {
        var given = 0
        // A small directory may not have that many people without a seat.
        for _ in 0..<(count * 20) where given < count {
            let member = try anybody()
            guard try tx.seat(ofMember: member.number, contract: plan.contract) == nil else { continue }
            let seat = Seat(
                number: try tx.nextSeat(), contract: plan.contract, member: member.number,
                firstName: member.firstName, lastName: member.lastName, email: member.email, state: .active,
                roles: [Seat.sourcerRole], created: now - .seconds(plan.days * 86_400))
            try tx.addSeat(seat)
            given += 1
        }
        return given
    }

    /// A recruiter writes; six of ten members answer within two days, half of them with contact data.
    mutating func hold() throws -> ActivityFactory.Made {
        let (seat, member, opened) = (try somebody(), try anybody(), moment())
        let subject = "\(member.title) at \(dice.pick(Phrases.employers))"
        var thread = InMailThread(
            number: try tx.nextInMail(), seat: seat.number, member: member.number, subject: subject, opened: opened,
            answer: .none)
        let answered = opened + .seconds(Int64(dice.fraction() * 172_800))
        let isAnswered = dice.chance(of: 6, in: 10) && answered <= now
        let mood = dice.fraction()
        if isAnswered { thread.answer = mood < 0.5 ? .shared : mood < 0.85 ? .withheld : .declined }
        try tx.addThread(thread)
        try say(dice.pick(Phrases.openings), subject, in: thread, fromMember: false, at: opened)
        var made = ActivityFactory.Made(conversations: 1, messages: 1)
        guard isAnswered else { return made }
        let words = thread.answer == .declined ? Phrases.refusals : Phrases.answers
        try say(dice.pick(words), "RE: \(subject)", in: thread, fromMember: true, at: answered)
        made.messages += 1
        if thread.answer == .shared {
            try tx.addMailStub(contract: seat.contract, thread: thread, at: answered)
            made.stubs += 1
        }
        return made
    }

    /// A note; one in five is edited later, one in ten deleted, one in ten private.
    mutating func write() throws {
        let (seat, member, created) = (try somebody(), try anybody(), moment())
        var note = RecruiterNote(
            number: 0, contract: seat.contract, seat: seat.number, member: member.number,
            text: dice.pick(Phrases.notes), visibility: dice.chance(of: 1, in: 10) ? .onlyAuthor : .organization,
            isActive: true, created: created, modified: created)
        note.number = try tx.addNote(note)
        let fate = dice.fraction()
        guard fate < 0.3 else { return }
        note.modified = min(now, created + .seconds(Int64(dice.fraction() * 172_800)))
        if fate < 0.1 { note.isActive = false } else { note.text += " " + dice.pick(Phrases.notes) }
        try tx.updateNote(note)
    }

    private func say(
        _ text: String, _ subject: String, in thread: InMailThread, fromMember: Bool, at moment: Moment
    ) throws {
        try tx.addInMail(
            InMail(
                number: try tx.nextInMail(), thread: thread.number, seat: thread.seat, member: thread.member,
                isFromMember: fromMember, subject: subject, text: text, sent: moment))
    }

    /// Any moment of the plan's days, to the second.
    private mutating func moment() -> Moment { now - .seconds(Int64(dice.fraction() * Double(plan.days * 86_400))) }

    /// A recruiter.
    private mutating func somebody() throws -> Seat {
        guard !seats.isEmpty else {
            throw ControlError(
                409, field: "seats", "the contract has no active seat", remedy: "give some: {\"seats\":3,…}")
        }
        return dice.pick(seats)
    }

    /// A member of the directory.
    private mutating func anybody() throws -> Member {
        let number = 1 + Int64(dice.fraction() * Double(members))
        guard let member = try tx.openMember(from: number) ?? tx.openMember(from: 1) else {
            throw ControlError(409, "every member has left", remedy: "reset the sandbox")
        }
        return member
    }
}

/// What people write.
private enum Phrases {
    static let employers = ["Northgate Systems", "Bluefern Health", "Halden Robotics", "Oakmere Energy"]
    static let openings = [
        "I came across your profile and think you would like what we are building. Do you have 20 minutes this week?",
        "We are looking for somebody with exactly your background. May I tell you more?",
        "A colleague of yours spoke highly of you. Are you open to a conversation?",
    ]
    static let answers = [
        "Happy to talk. Tomorrow afternoon works for me.", "Thank you, that sounds interesting. What is the range?",
        "I am not in a hurry to move, but tell me more.",
    ]
    static let refusals = ["Thank you, but I have just started somewhere new.", "Not for me at the moment."]
    static let notes = [
        "Strong on storage; wants a start in the first quarter.", "Prefers to stay remote.",
        "Met at the spring meetup; would relocate for the right team.", "Notice period of three months.",
        "Asked to be contacted again after the summer.",
    ]
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import JSONBytes
import Sandbox
import Store
import Sync

/// A year of what the recruiters of one contract wrote, read with LinkedIn's real quotas and at LinkedIn's pace, both sides in this
/// process and on one virtual clock.
struct InMailYear: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "inmail-year")
    @Option var seats = 200
    @Option(help: "Conversations of each seat over the year; every second one is answered.") var conversations = 26
    @Option var folder: String

    private static let year = Duration.seconds(365 * 86_400)

    func run() async throws {
        let world = try await VirtualWorld(folder: folder, from: VirtualWorld.noon - Self.year) {
            $0.strictViewerPace = true
        }
        let messages = try await live(in: world)
        let (store, customer, time) = (world.store, world.customer, world.time)
        let (start, began) = (time.now(), ContinuousClock.now)
        try await world.run(within: .seconds(30 * 86_400)) {
            $0.pace.pulls.history = Self.year
        } until: {
            let cursors = try await store.read { try $0.pullCursors(customer: customer.number) }
            return cursors.contains { $0.feed == .inMail } && !cursors.contains(where: \.key.isHistory)
        }
        let (held, calls) = try await store.read { tx in
            let days = start.utcDay...time.now().utcDay
            return (
                try tx.inMailThreads(customer: customer.number, limit: .max).reduce(0) { $0 + $1.messages.count },
                try days.map { try tx.pullCalls(customer: customer.number, day: $0) }
            )
        }
        guard held == messages else { throw ValidationError("\(held) of \(messages) messages are here") }
        let byDay = calls.map { $0.values.reduce(0, +) }
        report(
            ("days", (time.now() - start).seconds / 86_400), ("calls", Double(byDay.reduce(0, +))),
            ("busiest", Double(byDay.max() ?? 0)), ("messages", Double(held)),
            ("refused", Double(world.refused)),
            ("seconds", (ContinuousClock.now - began).seconds))
        try await world.close()
    }

    /// Lets seats write to members, evenly over the year, and every second member answer.
    ///
    /// - Returns: how many messages there are.
    private func live(in world: VirtualWorld) async throws -> Int {
        var numbers: [Int64] = []
        for number in 0..<seats {
            let seat = try await world.ask(
                "seats",
                [
                    "contract": 5000, "email": .string("recruiter\(number)@acme.example"),
                    "first_name": "Recruiter", "last_name": .string("Number \(number)"),
                ])
            guard let number = seat["seat"]?.int else { throw ValidationError("a seat has no number") }
            numbers.append(number)
        }
        var members: [Int64] = []
        for number in 0..<100 {
            let member = try await world.ask(
                "members",
                [
                    "first_name": "Member", "last_name": .string("Number \(number)"),
                    "email": .string("member\(number)@mail.example"),
                    "profile_url": .string("https://www.linkedin.com/in/number-\(number)"),
                ])
            guard let number = member["number"]?.int else { throw ValidationError("a member has no number") }
            members.append(number)
        }
        var messages = 0
        let (start, total) = (world.time.now(), seats * conversations)
        for number in 0..<total {
            world.time.advance(to: start + Self.year * number / total)
            let sent = try await world.ask(
                "inmails",
                [
                    "seat": .int(numbers[number % numbers.count]), "member": .int(members[number % members.count]),
                    "subject": "A role for you", "text": .string("Message \(number), as long as such a message is."),
                ])
            messages += 1
            guard number % 2 == 0, let thread = sent["thread"] else { continue }
            try await world.ask("inmails/reply", ["thread": thread, "text": "Thank you, tell me more."])
            messages += 1
        }
        world.time.advance(to: start + Self.year)
        return messages
    }
}

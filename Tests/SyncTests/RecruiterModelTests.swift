// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Sandbox
import Store
import Sync
import TestSupport
import Testing

@Suite struct RecruiterModelTests {
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `whatever recruiters do and whatever breaks, the connector ends with exactly what the sandbox shows`(
        seed: UInt64
    ) async throws {
        let world = try await SandboxWorld()
        var play = Play(world: world, random: SeededRandom(seed: seed))
        for _ in 0..<60 { try await play.act() }
        try await play.end()
        #expect(try await world.heldMessages() == world.saidMessages())
        #expect(try await world.heldNotes() == world.writtenNotes())
        let number = world.customer.number
        let stubs = try await world.store.read { try $0.profiles(customer: number, limit: 1000).count }
        #expect(stubs == play.shared)
        let told = try await world.events(.inMailReceived).flatMap { $0["messages"]?.array ?? [] }
            .compactMap { $0["id"]?.string }
        #expect(told.count == Set(told).count)
        #expect(told.count == (try await world.saidMessages()).values.reduce(0) { $0 + $1.count })
        let ordered = try await world.store.read { try $0.inMailThreads(customer: number, limit: 1000) }
        #expect(
            ordered.allSatisfy { thread in thread.messages == thread.messages.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
            })
    }
}

/// A random afternoon in Recruiter.
private struct Play {
    let world: SandboxWorld
    var random: SeededRandom
    var seats: [(number: Int64, isParked: Bool)] = []
    var members: [Int64] = []
    var threads: [(urn: String, seat: Int64, isAnswered: Bool)] = []
    var notes: [Int64] = []
    var shared = 0
    private var holder = 0
    private var engine: SyncEngine?

    init(world: SandboxWorld, random: SeededRandom) {
        self.world = world
        self.random = random
    }

    mutating func act() async throws {
        let parked = Set(seats.filter(\.isParked).map(\.number))
        switch Int.random(in: 0..<14, using: &random) {
        case 0 where seats.count < 5:
            seats.append((try await world.hire("R\(seats.count)"), false))
        case 1:
            members.append(try await world.join("M\(members.count)"))
        case 2, 3:
            guard let seat = seats.filter({ !$0.isParked }).randomElement(using: &random),
                let member = members.randomElement(using: &random)
            else { return }
            threads.append(
                (try await world.write(seat.number, to: member, "text \(random.next() % 1000)"), seat.number, false))
        case 4, 5:
            guard
                let index = threads.indices.filter({ !parked.contains(threads[$0].seat) }).randomElement(using: &random)
            else { return }
            let isSharing = !threads[index].isAnswered && Bool.random(using: &random)
            try await world.reply(threads[index].urn, "reply \(random.next() % 1000)", sharing: isSharing)
            threads[index].isAnswered = true
            shared += isSharing ? 1 : 0
        case 6:
            guard let seat = seats.filter({ !$0.isParked }).randomElement(using: &random),
                let member = members.randomElement(using: &random)
            else { return }
            notes.append(try await world.note(seat.number, on: member, "note \(random.next() % 1000)"))
        case 7:
            guard let note = notes.randomElement(using: &random) else { return }
            try await world.ask("POST", "notes/\(note)", ["text": .string("edited \(random.next() % 1000)")])
        case 8:
            guard let index = notes.indices.randomElement(using: &random) else { return }
            try await world.ask("DELETE", "notes/\(notes.remove(at: index))")
        case 9:
            guard let index = seats.indices.randomElement(using: &random) else { return }
            seats[index].isParked.toggle()
            try await world.ask(
                "POST", "seats/\(seats[index].number)", ["state": seats[index].isParked ? "PARKED" : "ACTIVE"])
        case 10:
            // A process dies, and the next one comes a while later.
            engine = nil
            world.time.advance(by: .seconds(Int.random(in: 60..<100_000, using: &random)))
        case 11:
            world.sandbox.faults.set(
                FaultPlan(
                    seed: random.next(),
                    rules: [
                        .init(.dropBefore, probability: 0.05), .init(.dropAfter, probability: 0.05),
                        .init(.internalError, probability: 0.05), .init(.tooManyRequests, probability: 0.05),
                    ]))
        default:
            try await live(.seconds(Int.random(in: 1..<4000, using: &random)))
        }
    }

    /// Everybody comes back, nothing breaks any more, and a day passes.
    mutating func end() async throws {
        world.sandbox.faults.set(FaultPlan(seed: 1, rules: []))
        for seat in seats where seat.isParked {
            try await world.ask("POST", "seats/\(seat.number)", ["state": "ACTIVE"])
        }
        try await live(.seconds(3 * 3600))
    }

    private mutating func live(_ duration: Duration) async throws {
        if engine == nil {
            holder += 1
            engine = world.engine("process \(holder)") { options in
                options.pace.integrationsEnabled = .integrationsEnabled
                options.pace.pulls = .linkedIn
                options.pace.pulls.seats = .seconds(3600)
                options.pace.pulls.history = .seconds(86_400)
            }
        }
        if let engine { try await world.live(engine, for: duration) }
    }
}

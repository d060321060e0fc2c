// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Sandbox
import Store
import Sync
import TestSupport
import Testing

/// Thousands of random users, jobs, groups, bindings and changes: every recruiter sees in LinkedIn what a reference of ten lines says.
@Suite struct PermissionModelTests {
    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `every seat sees what it should, before a sync what was, after it what is`(seed: UInt64) async throws {
        let world = try await SandboxWorld { $0.switches.matchSeconds = 0 }
        var company = try await Company(world, seats: 400, seed: seed)
        let engine = world.engine()
        for round in 0..<3 {
            try await company.change(round == 0 ? 1_500 : 200)
            if round > 0 { try await company.check("before round \(round)", every: 7) }
            try await world.settle(engine)
            company.synced()
            try await company.check("after round \(round)")
        }
        #expect(world.throttled == 0)
        let tallies = try await world.tallies()
        #expect(tallies.values.allSatisfy { $0.rejected == 0 && $0.due == 0 })
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `whatever breaks on the way, everybody sees what he should in the end`(seed: UInt64) async throws {
        let world = try await SandboxWorld(
            faults: FaultPlan(
                seed: seed,
                rules: [
                    .init(.dropBefore, probability: 0.05), .init(.dropAfter, probability: 0.05),
                    .init(.internalError, probability: 0.05), .init(.tooManyRequests, probability: 0.03, retryAfter: 2),
                    .init(.partial, probability: 0.2, share: 0.3),
                ])
        ) { $0.switches.matchSeconds = 0 }
        var company = try await Company(world, seats: 40, seed: seed)
        let engine = world.engine()
        for _ in 0..<4 {
            try await company.change(150)
            _ = try await engine.pass()
        }
        // Being at rest is about records; telling LinkedIn the visibility may still have to be tried again.
        for _ in 0..<3 {
            try await world.settle(engine)
            world.time.advance(by: .seconds(120))
        }
        company.synced()
        try await company.check("in the end")
    }
}

/// The ATS's side of the model: what it said, and what LinkedIn knows of it since the last sync.
private struct Company {
    struct Said: Sendable {
        var jobs: Set<String> = []
        /// Jobs that the candidate applied to.
        var applied: Set<String> = []
        /// Job and group.
        var acls: Set<[String]> = []
        var members: Set<ACLMembership> = []
        /// The seat of each user who is bound.
        var seats: [String: Int] = [:]
        var visibility = JobVisibility.everybody

        /// The reference: what a seat should see.
        func visible(to seat: Int) -> Set<String> {
            let own = groups(of: seat)
            return jobs.filter { job in
                let groups = acls.filter { $0[0] == job }
                return groups.isEmpty ? visibility == .everybody : groups.contains { own.contains($0[1]) }
            }
        }

        func groups(of seat: Int) -> Set<String> { Set(members.filter { seats[$0.user] == seat }.map(\.acl)) }
    }

    let world: SandboxWorld
    /// LinkedIn's number of each seat, and its holder's person URN.
    let seats: [(seat: Int64, person: String)]
    /// LinkedIn's number of the member who is the one candidate.
    let member: Int64
    private var random: SeededRandom
    private var said = Said()
    private var known = Said()

    init(_ world: SandboxWorld, seats count: Int, seed: UInt64) async throws {
        self.world = world
        random = SeededRandom(seed: seed)
        let clientID = world.customer.clientID
        var seats: [(seat: Int64, person: String)] = []
        for number in 0..<count {
            let seat = try await world.ask(
                "POST", "seats",
                ["contract": 5000, "email": .string("r\(number)@example.com"), "first_name": "R", "last_name": "S"])
            let member = try #require(seat["member"]?.int)
            let person = try await world.ask("GET", "members/\(member)?application=\(clientID)")["person"]?.string
            seats.append((try #require(seat["seat"]?.int), try #require(person)))
        }
        self.seats = seats
        member = try #require(
            try await world.ask(
                "POST", "members",
                [
                    "first_name": "Ada", "last_name": "Sample", "email": "c@example.com",
                    "profile_url": "https://www.linkedin.com/in/ada-sample-sim",
                ])["number"]?.int)
        try await world.accept([Proper.candidate("C", "Ada")])
    }

    mutating func synced() { known = said }

    mutating func change(_ count: Int) async throws {
        for _ in 0..<count { try await change() }
        // The company changes its mind about all jobs now and then.
        said.visibility = Bool.random(using: &random) ? .everybody : .acl
        let (number, visibility) = (world.customer.number, said.visibility)
        try await world.store.write { try $0.setSettings(customer: number, CustomerSettings(visibility: visibility)) }
    }

    private mutating func change() async throws {
        let (job, acl, user) = ("J\(pick(60))", "G\(pick(30))", "u\(pick(seats.count * 11 / 10))")
        switch pick(100) {
        case 0..<8:
            said.jobs.insert(job)
            try await world.accept([Proper.job(job)])
            // Applications to a few of the jobs are enough to tell who sees which.
            if job.hasSuffix("3") {
                said.applied.insert(job)
                try await world.accept([Proper.application("A-\(job)", job: job, candidate: "C")])
            }
        case 8..<10:
            said.jobs.remove(job)
            said.applied.remove(job)
            said.acls = said.acls.filter { $0[0] != job }
            try await world.accept([
                .delete(RecordKey(.application, id: "A-\(job)")), .delete(RecordKey(.job, id: job)),
            ])
        case 10..<20 where said.jobs.contains(job):
            said.acls.insert([job, acl])
            try await world.accept([Proper.record(RecordKey(.acl, parent: job, id: acl), "{}")])
        case 20..<24:
            said.acls.remove([job, acl])
            try await world.accept([.delete(RecordKey(.acl, parent: job, id: acl))])
        case 24..<62: try await join(ACLMembership(acl: acl, user: user))
        case 62..<70:
            let leaver = said.members.randomElement(using: &random) ?? ACLMembership(acl: acl, user: user)
            said.members.remove(leaver)
            try await world.accept([.delete(RecordKey(.assignee, parent: leaver.acl, id: leaver.user))])
        case 70..<94: try await bind(user, to: pick(seats.count))
        case 94..<97:
            said.seats[user] = nil
            let (customer, now) = (world.customer.number, world.time.now())
            try await world.store.write { try $0.unbind(user, customer: customer, at: now) }
        default:
            said.seats[user] = nil
            said.members = said.members.filter { $0.user != user }
            let (customer, now) = (world.customer.number, world.time.now())
            _ = try await world.store.write { try $0.deleteUser(user, customer: customer, at: now) }
        }
    }

    /// As the API does it: one group more than LinkedIn allows is refused.
    private mutating func join(_ membership: ACLMembership) async throws {
        let customer = world.customer.number
        let count = try await world.store.read { try $0.groupCount(joining: membership, customer: customer) }
        guard count ?? 0 <= ACLMembership.mostPerUser else { return }
        said.members.insert(membership)
        try await world.accept([
            Proper.record(RecordKey(.assignee, parent: membership.acl, id: membership.user), "{}")
        ])
    }

    private mutating func bind(_ user: String, to seat: Int) async throws {
        let (customer, now, person) = (world.customer.number, world.time.now(), seats[seat].person)
        let outcome = try await world.store.write { tx in
            try tx.putUser(id: user, email: "\(user)@example.com", name: "U", customer: customer, at: now)
            return try tx.bind(user, to: person, source: .signIn, customer: customer, at: now)
        }
        if outcome == .bound { said.seats[user] = seat }
    }

    private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

    /// Asks LinkedIn's side what every recruiter sees: jobs to export to, and the candidate's applications in the In-ATS indicator.
    func check(_ when: String, every step: Int = 1) async throws {
        for index in stride(from: 0, to: seats.count, by: step) {
            let seat = seats[index]
            let answer = try await world.ask("GET", "see?seat=\(seat.seat)&organization=1000&limit=1000")
            let seen = Set((answer["jobs"]?.array ?? []).compactMap { $0["id"]?.string })
            let expected = known.visible(to: index)
            #expect(seen == expected, "seat \(index) \(when)")
            let shown = try await world.ask("GET", "see?seat=\(seat.seat)&organization=1000&member=\(member)")
            let applications = shown["indicator"]?["candidates"]?.array?.first?["applications"]?.array ?? []
            let inATS = Set(applications.compactMap { $0["job"]?["id"]?.string })
            #expect(inATS == expected.intersection(known.applied), "the indicator of seat \(index) \(when)")
            #expect(known.groups(of: index).count <= ACLMembership.mostPerUser)
            if seen != expected || inATS != expected.intersection(known.applied) { return }
        }
    }
}

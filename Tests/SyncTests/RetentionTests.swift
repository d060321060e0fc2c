// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Sandbox
import Store
import Sync
import Testing

/// LinkedIn's data has its time, and closed accounts their policy.
@Suite struct RetentionTests {
    private func inMail(_ id: String, _ person: String, at moment: Millis) -> InMail {
        InMail(
            id: id, thread: "t-\(person)", person: person, seat: 1, isFromMember: true, at: moment, subject: "s",
            text: "t")
    }

    @Test func `a purge runs once a day, removes what is over its time and nothing else, and is reported`() async throws
    {
        let world = try await SyncWorld()
        let engine = world.engine(ToyLinkedIn(world.time))
        let customer = world.customer.number
        let (start, messages) = (world.time.now(), (1...3).map { inMail("m\($0)", "p\($0)", at: world.time.now()) })
        try await world.store.write { [messages] tx in
            try tx.setRetentionPolicy(RetentionPolicy(days: [.inMails: 2, .events: 1]), customer: customer)
            for (day, message) in messages.enumerated() {
                _ = try tx.addInMails([message], contract: 1, customer: customer, at: start + .seconds(86_400 * day))
            }
            for isFromLinkedIn in [true, false] {
                try tx.append(
                    NewEvent(.noteChanged, candidate: "C1", isFromLinkedIn: isFromLinkedIn, data: Array("{}".utf8)),
                    customer: customer, at: start)
            }
        }
        _ = try await engine.pass()
        #expect(try await world.store.read { try $0.retentionRuns(customer: customer, before: nil, limit: 9) }.isEmpty)
        world.time.advance(by: .seconds(86_400 * 3 + 3_600))
        _ = try await engine.pass()
        _ = try await engine.pass()
        let (runs, threads, events) = try await world.store.read { tx in
            (
                try tx.retentionRuns(customer: customer, before: nil, limit: 9),
                try tx.inMailThreads(customer: customer, limit: 9).map(\.thread),
                try tx.events(customer: customer, after: 0, limit: 99).filter {
                    $0.type == EventType.noteChanged.rawValue
                }
            )
        }
        #expect(runs.count == 1, "days that were missed are not made up for")
        #expect(
            runs.first?.counts.sorted { $0.kind.rawValue < $1.kind.rawValue } == [
                .init(kind: .events, days: 1, removed: 1), .init(kind: .inMails, days: 2, removed: 2),
            ])
        #expect(threads == ["t-p3"])
        #expect(events.map { $0.data == nil } == [true, false])
        world.time.advance(by: .seconds(86_400))
        _ = try await engine.pass()
        #expect(
            try await world.store.read { try $0.retentionRuns(customer: customer, before: nil, limit: 9) }.count == 2)
    }

    @Test func `a dry run counts what a purge then removes`() async throws {
        let world = try await SyncWorld()
        let (customer, now) = (world.customer.number, world.time.now())
        let messages = (1...5).map { inMail("m\($0)", "p\($0)", at: now) }
        let (would, removed) = try await world.store.write { [messages] tx in
            try tx.setRetentionPolicy(
                RetentionPolicy(days: Dictionary(uniqueKeysWithValues: RetentionKind.allCases.map { ($0, 1) })),
                customer: customer)
            _ = try tx.addInMails(messages, contract: 1, customer: customer, at: now)
            let later = now + .seconds(86_400 + 1)
            return (try tx.purgeable(customer: customer, at: later), try tx.purge(customer: customer, at: later).counts)
        }
        #expect(would == removed)
        #expect(removed.first { $0.kind == .inMails }?.removed == 5)
    }

    @Test(arguments: ClosedPolicy.allCases)
    func `an account that closes is told, and erased as the policy says, with a check as evidence`(policy: ClosedPolicy)
        async throws
    {
        let world = try await SandboxWorld { $0.switches.matchSeconds = 0 }
        let engine = world.engine()
        let customer = world.customer.number
        try await world.store.write { try $0.setRetentionPolicy(RetentionPolicy(closed: policy), customer: customer) }
        try await world.family()
        try await world.settle(engine)
        let member = try #require(
            try await world.addMember())
        let person = try #require(
            try await world.ask("GET", "members/\(member)?application=\(world.customer.clientID)")["person"]?.string)
        _ = try await world.ask("POST", "members/close", ["member": .int(member)])
        let now = world.time.now()
        try await world.store.write { tx in
            _ = try tx.tie(person: person, to: "C1", how: .ats, customer: customer, at: now)
            _ = try tx.addInMails(
                [
                    InMail(
                        id: "m", thread: "t", person: person, seat: 1, isFromMember: true, at: now, subject: "s",
                        text: "t")
                ],
                contract: 5000, customer: customer, at: now)
            let accounts = try tx.addClosures(
                [ClosedAccount(person: person, closedAt: now)], customer: customer, at: now)
            for account in accounts {
                let erased = try tx.applyClosedPolicy(
                    policy, to: account.person, candidate: "C1", customer: customer, receipts: world.store.receipts,
                    at: now)
                try tx.addClosedCheck(policy, found: 1, told: 1, erased: erased.count, customer: customer, at: now)
            }
        }
        for _ in 0..<40 { if let wake = try await engine.pass() { world.time.advance(to: wake) } }
        let (threads, tie, checks, erasures) = try await world.store.read { tx in
            (
                try tx.inMailThreads(customer: customer, person: person, limit: 9),
                try tx.candidate(ofPerson: person, customer: customer),
                try tx.closedChecks(customer: customer, before: nil, limit: 99),
                try tx.erasures(customer: customer, limit: 9).page
            )
        }
        let check = try #require(checks.first { $0.told == 1 })
        #expect(check.erased == (policy == .notify ? 0 : policy == .erase ? 1 : 2))
        #expect(erasures.allSatisfy { $0.state == .finished } && erasures.count == check.erased)
        #expect(threads.isEmpty == (policy != .notify))
        #expect((tie == nil) == (policy != .notify))
        #expect(try await world.counts()["candidates"] == (policy == .eraseCandidate ? 1 : 2))
    }
}

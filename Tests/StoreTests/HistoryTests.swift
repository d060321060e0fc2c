// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Testing

/// What was sent when, for the chart and the rate.
@Suite struct HistoryTests {
    private static let hour: Int64 = 3_600_000

    private func add(_ world: World, _ kind: RecordKind, accepted: Int, lag: Duration = .seconds(2), at now: Int64)
        async throws
    {
        var count = HistoryCount()
        count.accepted = accepted
        for _ in 0..<accepted { count.lags.count(lag) }
        try await world.store.write { [count, customer = world.customer] in
            try $0.addHistory(count, kind: kind, customer: customer, at: Millis(now))
        }
    }

    private func steps(_ world: World, _ span: HistorySpan, _ steps: Int, at now: Int64) async throws -> [Int64: Int] {
        let found = try await world.store.read { [customer = world.customer] in
            try $0.history(customer: customer, span, steps: steps, at: Millis(now))
        }
        return found.reduce(into: [:]) { $0[$1.began.value, default: 0] += $1.count.accepted }
    }

    @Test func `batches of one hour add up, per kind`() async throws {
        let world = try await World()
        let start = Self.hour * 1_000
        for minute in 0..<3 { try await add(world, .candidate, accepted: 100, at: start + Int64(minute) * 60_000) }
        try await add(world, .job, accepted: 7, at: start + 5)
        #expect(try await steps(world, .hour, 24, at: start + 200_000) == [start: 307])
    }

    @Test func `a slot that comes round again starts anew`() async throws {
        let world = try await World()
        let start = Self.hour * 1_000
        for later in 0..<60 {
            try await add(world, .candidate, accepted: later + 1, at: start + Int64(later) * Self.hour)
        }
        let last = start + 59 * Self.hour
        let day = try await steps(world, .hour, 24, at: last)
        #expect(day.count == 24)
        #expect(day[last] == 60)
        #expect(day[last - 23 * Self.hour] == 37)
        let rows = try await world.store.read { tx in
            try tx.history(customer: world.customer, .hour, steps: 26, at: Millis(last)).count
        }
        #expect(rows == 26)
    }

    @Test func `what is older than the window is not shown, although its slot was not used again`() async throws {
        let world = try await World()
        try await add(world, .candidate, accepted: 5, at: 10_000)
        #expect(try await steps(world, .tenSeconds, 7, at: 60_000) == [10_000: 5])
        #expect(try await steps(world, .tenSeconds, 7, at: 5_000_000) == [:])
    }

    @Test func `a percentile is read off between the bounds of its step`() {
        var lags = LagHistogram()
        #expect(lags.percentile(0.5) == nil)
        for _ in 0..<100 { lags.count(.seconds(2)) }
        #expect(lags.percentile(0.5) == .seconds(2))
        for _ in 0..<100 { lags.count(.seconds(5_000)) }
        #expect(lags.percentile(0.25) == .seconds(2))
        #expect(lags.percentile(1) == .seconds(21_600))
        for _ in 0..<1_000 { lags.count(.seconds(900_000)) }
        #expect(lags.percentile(0.95) == .seconds(86_400))
    }

    @Test func `freshness counts from the ATS's change, and a re-sync from when it was asked for`() async throws {
        let world = try await World()
        try await world.accept(.candidate("C-1"), at: 1_000)
        #expect(try await world.claim(.candidate, at: 9_000).map(\.since) == [Millis(1_000)])
        try await world.drain(.candidate, at: 10_000)
        try await world.store.resync(customer: world.customer, at: Millis(50_000))
        #expect(try await world.claim(.candidate, at: 60_000).map(\.since) == [Millis(50_000)])
    }
}

/// What people steer.
@Suite struct SteeringTests {
    @Test func `a pause is kept with its moment, and pausing again does not move it`() async throws {
        let world = try await World()
        let customer = world.customer
        let first = try await world.store.write { try $0.setPaused(true, customer: customer, at: Millis(5)) }
        let second = try await world.store.write { try $0.setPaused(true, customer: customer, at: Millis(9)) }
        #expect(first && !second)
        #expect(try await world.store.read { try $0.customer(number: customer)?.pausedAt } == Millis(5))
        _ = try await world.store.write { try $0.setPaused(false, customer: customer, at: Millis(10)) }
        #expect(try await world.store.read { try $0.pausedSince(customer: customer) } == nil)
    }

    @Test func `a due record of a paused customer says so`() async throws {
        let world = try await World()
        try await world.accept(.candidate("C-1"))
        _ = try await world.store.write { [customer = world.customer] in
            try $0.setPaused(true, customer: customer, at: Millis(5))
        }
        let status = try #require(try await world.status(RecordKey(.candidate, id: "C-1")))
        #expect(status.because.contains("paused"))
    }

    @Test func `a contract comes and goes, with what was known of its integration`() async throws {
        let world = try await World()
        let customer = world.customer
        try await world.store.write { tx in
            try #expect(tx.addContract(7, customer: customer))
            try #expect(!tx.addContract(7, customer: customer))
            try tx.setIntegration(
                customer: customer, type: "CSA_API", context: "urn:li:contract:7", name: "n", status: "ENABLED",
                at: Millis(1))
            try #expect(tx.removeContract(7, customer: customer))
            try #expect(!tx.removeContract(7, customer: customer))
            try #expect(tx.integrations(customer: customer).isEmpty)
        }
    }

    @Test func `a withdrawn key opens nothing`() async throws {
        let world = try await World()
        let (customer, key) = (world.customer, APIKey.make())
        let keys = try await world.store.write { tx in
            try tx.addAPIKey(customer: customer, hash: APIKey.hash(key), label: "night job", at: Millis(1))
            try tx.addAPIKey(customer: customer, hash: APIKey.hash("other"), label: "", at: Millis(2))
            return try tx.apiKeys(customer: customer)
        }
        #expect(keys.map(\.label) == ["night job", ""])
        try await world.store.write { tx in
            try #expect(tx.removeAPIKey(keys[0].fingerprint, customer: customer))
            try #expect(!tx.removeAPIKey(keys[0].fingerprint, customer: customer))
            try #expect(tx.customer(forKeyHash: APIKey.hash(key)) == nil)
            try #expect(tx.customer(forKeyHash: APIKey.hash("other")) != nil)
        }
    }

    @Test func `a burst of pushes writes the callback's health once a minute`() async throws {
        let world = try await World()
        let customer = world.customer
        for second in [0, 10, 59, 61] as [Int64] {
            _ = try await world.store.write { tx in
                try tx.storePush(
                    StoredPush(id: "p\(second)", type: "T", body: nil, receivedAt: Millis(second * 1_000 + 1)),
                    customer: customer)
            }
            let seen = try await world.store.read { try $0.callbackHealth(customer: customer).pushedAt }
            #expect(seen == Millis(second == 61 ? 61_001 : 1))
        }
    }
}

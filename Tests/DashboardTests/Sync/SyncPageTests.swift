// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Sync
import TestSupport
import Testing
import Web

@testable import Dashboard

@Suite struct SyncPageTests {
    private func accept(_ world: DashboardWorld, _ customer: Customer, _ count: Int, settle: Int = 0) async throws {
        let (number, now) = (customer.number, world.time.now())
        try await world.store.write { tx in
            let changes = (0..<count).map { SampleRecord.candidate("C-\($0)") }
            _ = try tx.accept(changes, customer: number, priority: .backfill, at: now)
            guard settle > 0 else { return }
            let due = try tx.claimDue(
                customer: number, kind: .candidate, deletions: false, limit: settle, at: now)
            let outcomes = due.map { Outcome($0, .accepted) }
            try tx.settle(outcomes, customer: number, kind: .candidate, at: now)
            var history = HistoryCount()
            for outcome in outcomes { history.count(outcome, at: now) }
            try tx.addHistory(history, kind: .candidate, customer: number, at: now)
            try tx.reserve(customer: number, group: "candidates", records: settle, requests: 1, at: now)
        }
    }

    @Test func `progress, rate, quotas and the last day are shown, each number leading to its records`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        _ = try await world.store.write { try $0.setStatus(customer: customer.number, .enabled) }
        try await accept(world, customer, 300, settle: 100)
        world.time.advance(to: DashboardWorld.start + .seconds(30))
        let page = try await world.get("/ui/customers/acme/sync", as: .viewer)
        #expect(page.has("100 of 300 · 33 %"))
        #expect(page.has("records?type=candidate&amp;state=due\">200</a>"))
        #expect(page.has("200 a minute"))
        #expect(page.has("About 1 min left for 200 records: at the pace of the last minutes (candidates)."))
        #expect(page.has("1 of 100,000 calls today"))
        #expect(page.has("LinkedIn took 100 records, refused 0 and answered 0 calls with 429."))
        #expect(page.has("data-live=\"/ui/customers/acme/sync/live\""))
        #expect(!page.has("form=\"pause\""))
    }

    @Test func `a pause is a state on every page, is noted, and ends`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        try await accept(world, customer, 3)
        let page = try await world.follow("/ui/customers/acme/sync/pause", as: .operator)
        #expect(page.has("Sending is paused since") && page.has("form=\"resume\"") && page.has("paused</span>"))
        #expect(try await world.get("/ui").has("paused</span>"))
        #expect(try await world.get("/ui/customers/acme").has("paused</span>"))
        #expect(world.woken.records == 1)
        _ = try await world.follow("/ui/customers/acme/sync/resume", as: .operator)
        #expect(try await world.store.read { try $0.pausedSince(customer: customer.number) } == nil)
        let actions = try await world.store.read { try $0.auditEntries(limit: 9).map(\.action) }
        #expect(actions == ["sync.resume", "sync.pause"])
        #expect(try await world.post("/ui/customers/acme/sync/pause", as: .viewer).status == 403)
    }

    @Test func `a type is sent again, and everything`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        try await accept(world, customer, 50, settle: 50)
        for type in ["candidate", "all"] {
            #expect(
                try await world.post("/ui/customers/acme/sync/resync", [("type", type)], as: .operator).status == 303)
            try await eventually("everything is due") {
                try await world.store.read { try $0.tallies(customer: customer.number)[.candidate]?.due == 50 }
            }
        }
        #expect(
            try await world.post("/ui/customers/acme/sync/resync", [("type", "people")], as: .operator).status == 404)
    }

    @Test func `without quotas nothing is drawn of them`() async throws {
        let world = try await DashboardWorld { $0.quotas = .off }
        try await world.addCustomer()
        let page = try await world.get("/ui/customers/acme/sync")
        #expect(page.has("told not to keep LinkedIn's quotas") && !page.has("calls today"))
    }
}

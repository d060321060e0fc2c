// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Sandbox
import Testing

@Suite struct FaultTests {
    @Test(arguments: [("429", 429), ("500", 500), ("503", 503)])
    func `a planned status is answered, with its Retry-After`(fault: String, status: Int) async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        try await world.control(
            "POST", "faults",
            ["seed": 1, "rules": [["fault": .string(fault), "retry_after": 7, "group": "candidates"]]])
        let response = try await world.send("GET", acme.candidate("C-1"), token: acme.token)
        #expect(response.status == status)
        #expect(response.header("retry-after") == (status == 500 ? nil : "7"))
        // Another group is left alone.
        #expect(try await world.sandbox.token(clientID: acme.clientID, secret: acme.secret).isEmpty == false)
        try await world.control("DELETE", "faults")
        #expect(try await world.send("GET", acme.candidate("C-1"), token: acme.token).status == 200)
    }

    @Test func `after and times bound a rule`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        try await world.control("POST", "faults", ["rules": [["fault": "503", "after": 2, "times": 1]]])
        var statuses: [Int] = []
        for _ in 0..<5 { statuses.append(try await world.send("GET", acme.candidate("C-1"), token: acme.token).status) }
        #expect(statuses == [200, 200, 503, 200, 200])
        #expect(try await world.control("GET", "faults")["rules"]?[0]?["struck"]?.int == 1)
    }

    @Test func `drop_before does nothing, drop_after does the work, and neither answers`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        for (fault, stored) in [("drop_before", Int64(0)), ("drop_after", 1)] {
            try await world.control("POST", "faults", ["rules": [["fault": .string(fault)]]])
            await #expect(throws: ConnectionDropped.self) {
                try await world.send("PUT", acme.candidate("C-1"), token: acme.token, json: acme.candidates(["C-1"]))
            }
            #expect(try await world.control("GET", "state?organization=1000")["counts"]?["candidates"]?.int == stored)
        }
        #expect(world.sandbox.journal.entries(after: 0, limit: 1000).last?.status == 0)
    }

    @Test func `partial fails some entities of a batch and does the others`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        try await world.control("POST", "faults", ["seed": 3, "rules": [["fault": "partial", "share": 0.5]]])
        let ids = (0..<30).map { "C-\($0)" }
        let response = try await world.send("PUT", acme.batch(ids), token: acme.token, json: acme.candidates(ids))
        #expect(response.status == 200)
        let done = try response.json["results"]?.object?.count ?? 0
        let failed = try #require(try response.json["errors"]?.object)
        #expect(done + failed.count == 30 && done > 5 && failed.count > 5)
        #expect(failed.allSatisfy { $0.1["status"]?.int == 500 })
        #expect(try await world.control("GET", "state?organization=1000")["counts"]?["candidates"]?.int == Int64(done))
    }

    @Test func `the same seed gives the same faults`() {
        func run(_ seed: UInt64) -> [Bool] {
            let injector = FaultInjector()
            injector.set(FaultPlan(seed: seed, rules: [FaultPlan.Rule(.unavailable, probability: 0.3)]))
            return (0..<200).map { _ in injector.strikes(group: "candidates") }
        }
        #expect(run(1) == run(1))
        #expect(run(1) != run(2))
        let share = Double(run(1).filter { $0 }.count) / 200
        #expect(share > 0.2 && share < 0.4)
    }
}

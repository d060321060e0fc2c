// SPDX-License-Identifier: Apache-2.0

import JSONBytes

extension ControlAPI {
    /// Invents what the recruiters of a contract did in the past days.
    func makeActivity(_ request: ControlRequest) async throws -> JSONValue {
        let input = request.body
        try input.only("contract", "organization", "seats", "conversations", "notes", "days")
        func count(_ name: String, _ standard: Int, most: Int64) throws -> Int {
            try input.int(name, in: 0...most).map { Int($0) } ?? standard
        }
        let plan = ActivityFactory.Plan(
            contract: try await contract(input).number, seats: try count("seats", 3, most: 1000),
            conversations: try count("conversations", 100, most: 100_000),
            notes: try count("notes", 30, most: 100_000), days: try count("days", 30, most: 3650))
        let factory = ActivityFactory(world: sandbox.core.world, seed: sandbox.core.settings.seed)
        let made = try await factory.run(plan, now: sandbox.clock.now())
        return [
            "contract": .int(plan.contract), "seats": .int(Int64(made.seats)),
            "conversations": .int(Int64(made.conversations)), "messages": .int(Int64(made.messages)),
            "stubs": .int(Int64(made.stubs)), "notes": .int(Int64(made.notes)),
        ]
    }
}

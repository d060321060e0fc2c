// SPDX-License-Identifier: Apache-2.0

import Domain
import Sync
import Synchronization
import Testing

@Suite struct OnboardingTests {
    @Test(
        arguments: [
            ([], IntegrationState.pending, IntegrationState.pending),
            (["REQUESTED"], .pending, .requested),
            (["REQUESTED", "ENABLED"], .requested, .enabled),
            (["SOMETHING_NEW"], .requested, .requested),
            (["DISABLED"], .enabled, .disabled),
            ([], .enabled, .disabled),
            (["REQUESTED"], .disabled, .requested),
            (["DISABLED"], .disabled, .disabled),
            (["ENABLED"], .disabled, .enabled),
        ] as [([String], IntegrationState, IntegrationState)])
    func `LinkedIn's words decide how far a customer is`(
        statuses: [String], before: IntegrationState, after: IntegrationState
    ) {
        let found = zip(Onboarding.organizationTypes, statuses).map {
            PortIntegration(ref: IntegrationRef(type: $0, context: "urn:li:organization:1"), name: nil, status: $1)
        }
        #expect(Onboarding.state(of: found, before: before) == after)
    }

    @Test func `the name fits into fifty characters and keeps the product's name`() {
        #expect(Onboarding.name(for: "Acme") == "Acme – Crosswalk")
        let long = Onboarding.name(for: String(repeating: "é", count: 80))
        #expect(long.count == 50 && long.hasSuffix(" – Crosswalk"))
    }

    @Test func `nothing is sent before the customer enables it, and names and settings are told first`() async throws {
        let world = try await SyncWorld()
        let far = ToyLinkedIn(world.time)
        far.state.withLock { $0.integration = "REQUESTED" }
        let engine = world.engine(far)
        try await world.accept([put(.candidate, "C1")])
        _ = try await engine.pass()
        #expect(far.state.withLock { $0.records.isEmpty && $0.configured.count == 4 })
        let status = try await world.status(of: RecordKey(.candidate, id: "C1"))
        #expect(status.because(.requested) == "the integration is not enabled in LinkedIn Recruiter yet")
        far.state.withLock { $0.integration = "ENABLED" }
        try await world.settle(engine)
        #expect(far.state.withLock { $0.records.count } == 1)
    }

    @Test func `switching off stops the lanes and switching on sends everything again`() async throws {
        let world = try await SyncWorld()
        let far = ToyLinkedIn(world.time)
        let engine = world.engine(far)
        try await world.accept(history(candidates: 20))
        try await world.settle(engine)
        far.state.withLock { $0.integration = "DISABLED" }
        try await world.accept([put(.candidate, "C3", "changed")])
        _ = try await engine.pass()
        #expect(try await engine.status(world.customer).integration == .disabled)
        let calls = far.state.withLock { $0.calls.count }
        world.time.advance(by: .seconds(600))
        _ = try await engine.pass()
        #expect(far.state.withLock { $0.calls.count } == calls)

        far.state.withLock {
            $0.integration = "ENABLED"
            $0.records = [:]
        }
        engine.nudge(world.customer.number)
        try await world.settle(engine)
        let held = far.state.withLock { $0.records.count }
        let count = 20 * 4 + 7 + 5 + 5
        #expect(held == count)
        #expect(far.state.withLock { $0.records[RecordKey(.candidate, id: "C3")] }?.text.contains("changed") == true)
    }
}

// SPDX-License-Identifier: Apache-2.0

import Domain
import Testing

@Suite struct PlanTests {
    @Test func `parents always go before their children and deletions run the other way`() throws {
        let order = Plan.order(for: .put)
        for kind in RecordKind.allCases {
            for parent in Plan.parents(of: kind) {
                #expect(try #require(order.firstIndex(of: parent)) < #require(order.firstIndex(of: kind)))
                #expect(Plan.children(of: parent).contains(kind))
            }
        }
        #expect(Plan.order(for: .delete) == order.reversed())
    }

    @Test func `a put may release children and a deletion may release parents`() {
        #expect(Plan.released(by: .put, of: .application) == [.applicationNote, .stage, .feedback])
        #expect(Plan.released(by: .delete, of: .application) == [.job, .candidate])
        #expect(Plan.released(by: .put, of: .stage) == [])
    }

    @Test func `puts and deletions take turns`() {
        #expect(Plan.turn(after: nil).first == .delete)
        #expect(Plan.turn(after: .delete).first == .put)
        #expect(Plan.turn(after: .put).first == .delete)
    }
}

@Suite struct PollScheduleTests {
    @Test(arguments: [
        PollSchedule.jobTasks, .sandboxJobTasks, .matches, .sandboxMatches, .integrationsPending,
        .sandboxIntegrationsPending,
        .integrationsEnabled, .sandboxIntegrationsEnabled,
    ])
    func `pauses never shrink, and the last one repeats`(schedule: PollSchedule) {
        #expect(zip(schedule.pauses, schedule.pauses.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(schedule.pause(before: 1000) == schedule.pauses.last)
        #expect(schedule.pause(before: -1) == schedule.pauses.first)
        #expect(schedule.next(round: 0, after: Millis(5)) == Millis(5) + schedule.pauses[0])
    }

    @Test func `a job's task is looked at within the 24 hours its result lives`() {
        var looks = 0
        var after = Duration.zero
        while after < .seconds(86_400) {
            after += PollSchedule.jobTasks.pause(before: looks)
            looks += 1
        }
        #expect(looks > 6)
        #expect(PollSchedule.jobTasks.pauses[0] >= .seconds(300))
    }

    @Test func `integrations stay inside 5,000 requests a day`() {
        for schedule in [
            PollSchedule.integrationsPending, .sandboxIntegrationsPending, .integrationsEnabled,
            .sandboxIntegrationsEnabled,
        ] {
            let lasting = schedule.pause(before: 99)
            #expect(86_400 / Double(lasting.milliseconds / 1000) < 5000)
        }
    }
}

@Suite struct CircuitTests {
    private let now = Millis(1_770_033_600_000)

    @Test func `five failures in a row open it, one success closes it`() {
        var circuit = Circuit()
        for failure in 1...4 {
            #expect(circuit.failed(at: now, pause: .seconds(1), reason: "no answer") == now + .seconds(1))
            #expect(!circuit.isOpen, "after \(failure)")
        }
        #expect(circuit.failed(at: now, pause: .seconds(1), reason: "no answer") == now + .seconds(10))
        #expect(circuit.isOpen)
        #expect(circuit.wait(at: now) == now + .seconds(10))
        #expect(circuit.wait(at: now + .seconds(10)) == nil)
        #expect(circuit.failed(at: now, pause: .seconds(1), reason: "no answer") == now + .seconds(20))
        circuit.succeeded()
        #expect(!circuit.isOpen)
        #expect(circuit.wait(at: now) == nil)
    }

    @Test func `the pauses stop widening at five minutes and never undercut what LinkedIn asked for`() {
        var circuit = Circuit()
        for _ in 0..<50 { circuit.failed(at: now, pause: .zero, reason: "") }
        #expect(circuit.heldUntil == now + .seconds(300))
        #expect(circuit.failed(at: now, pause: .seconds(900), reason: "") == now + .seconds(900))
    }

    @Test func `a call shrinks to one record and grows back`() {
        var size = CallSize()
        for _ in 0..<10 { size.shrink() }
        #expect(size.records == 1)
        for _ in 0..<10 { size.grow() }
        #expect(size.records == 100)
    }
}

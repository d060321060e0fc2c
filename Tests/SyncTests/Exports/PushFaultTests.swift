// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import LinkedIn
import Sandbox
import Store
import Sync
import Testing

/// Pushes that come late, twice, in another order, for somebody else, or while everything falls over.
@Suite struct PushFaultTests {
    @Test func `a push that comes twice has one effect, before and after it was read`() async throws {
        let recruiting = try await ExportWorld()
        let id = try await recruiting.export(to: "J1")
        try await recruiting.deliver(id)
        try await recruiting.deliver(id)
        try await recruiting.world.settle(recruiting.engine)
        try await recruiting.deliver(id)
        try await recruiting.world.settle(recruiting.engine)
        #expect(try await recruiting.events(.exportReceived).count == 1)
        #expect(try await recruiting.push(id)?.attempts == 1)
    }

    @Test func `pushes in another order end the same`() async throws {
        let recruiting = try await ExportWorld()
        let first = try await recruiting.export(to: "J1")
        let second = try await recruiting.export(to: "J2")
        try await recruiting.deliver(second)
        try await recruiting.world.settle(recruiting.engine)
        try await recruiting.answer(second, candidate: "C-1")
        try await recruiting.deliver(first)
        try await recruiting.world.settle(recruiting.engine)
        #expect(try await recruiting.stored(first)?.candidate == "C-1")
        #expect(try await recruiting.stored(second)?.candidate == "C-1")
    }

    @Test(arguments: [true, false])
    func `a request that LinkedIn does not know is asked for again until its time is over`(isEmpty: Bool) async throws {
        let port = ScriptedExports()
        port.script { _ in if isEmpty { return [] } else { throw PortFailure(.notFound, "not found", status: 404) } }
        let world = try await PushWorld(port)
        try await world.deliver("r1", expiresAt: world.time.now() + .seconds(86_400))
        try await world.run(for: .seconds(90_000))
        let push = try #require(try await world.push("r1"))
        #expect(push.state == .expired)
        #expect(push.reason?.contains("time is over") == true)
        #expect((20...60).contains(port.calls), "asked \(port.calls) times in a day")
    }

    @Test func `a request that LinkedIn knows only later is stored then, and an expired push is asked for once`()
        async throws
    {
        let port = ScriptedExports()
        port.script { number in number < 4 ? [] : [ScriptedExports.ada] }
        let world = try await PushWorld(port)
        try await world.deliver("r1")
        try await world.run(for: .seconds(600))
        #expect(try await world.push("r1")?.state == .done)
        #expect(try await world.push("r1")?.attempts == 4)
        port.script { _ in [] }
        try await world.deliver("old", expiresAt: world.time.now() - .seconds(1))
        try await world.run(for: .seconds(600))
        #expect(try await world.push("old")?.state == .expired)
        #expect(port.calls == 5)
    }

    @Test func `what belongs to another organization is refused, counted, and nothing else`() async throws {
        let port = ScriptedExports()
        var foreign = ScriptedExports.ada
        foreign.context = "urn:li:organization:2000"
        port.script { [foreign] _ in [foreign] }
        let world = try await PushWorld(port)
        try await world.deliver("r1")
        try await world.run(for: .seconds(10))
        let push = try #require(try await world.push("r1"))
        #expect(push.state == .refused)
        #expect(push.reason == "what it announces belongs to another organization")
        #expect(try await world.exports().isEmpty)
        #expect(try await world.events() == ["integration.changed"])
    }

    @Test func `one push that makes LinkedIn fail does not hold up those behind it`() async throws {
        let port = ScriptedExports()
        port.scriptByID { id, _ in
            if id == "bad" { throw PortFailure(.broken, "Internal Server Error", status: 500) }
            return [ScriptedExports.ada]
        }
        let world = try await PushWorld(port)
        try await world.deliver("bad")
        try await world.deliver("good")
        try await world.run(for: .seconds(120))
        #expect(try await world.push("good")?.state == .done)
        #expect(try await world.push("bad")?.state == .open)
    }

    @Test func `a type that nobody told us about is shown as it came`() async throws {
        let world = try await PushWorld(ScriptedExports())
        try await world.deliver("x", type: "SOMETHING_NEW")
        try await world.deliver("y", type: "")
        try await world.run(for: .seconds(10))
        #expect(try await world.push("x")?.state == .unknown)
        #expect(try await world.events() == ["integration.changed", "push.unknown", "push.unknown"])
    }

    @Test func `a changed integration is read, told, and stops or starts the sync`() async throws {
        let recruiting = try await ExportWorld()
        try await recruiting.world.accept([Proper.candidate("C-1", "A")])
        try await recruiting.world.settle(recruiting.engine)
        let before = try await recruiting.events(.integrationChanged).count
        try await recruiting.world.control(
            "integrations/disable", ["organization": 1000, "unique_foreign_id": "acme"])
        try await recruiting.deliver(try await recruiting.statusPush(), type: PushNotification.integrationStatusChange)
        try await recruiting.world.settle(recruiting.engine)
        let status = try await recruiting.engine.status(recruiting.world.customer)
        #expect(status.integration == .disabled)
        #expect(try await recruiting.events(.integrationChanged).count > before)

        try await recruiting.world.accept([Proper.candidate("C-2", "B")])
        try await recruiting.world.enable()
        try await recruiting.deliver(try await recruiting.statusPush(), type: PushNotification.integrationStatusChange)
        _ = try await recruiting.engine.pass()
        #expect(try await recruiting.engine.status(recruiting.world.customer).integration == .enabled)
        try await recruiting.world.settle(recruiting.engine)
        #expect(try await recruiting.world.tallies()[.candidate]?.observed == 2)
    }

    /// The engine dies before each of its steps in turn: each write and each call.
    @Test func `a crash between any two steps loses nothing and doubles nothing`() async throws {
        for lifetime in 1...9 {
            let port = ScriptedExports()
            port.script { _ in [ScriptedExports.ada] }
            let world = try await PushWorld(port)
            try await world.accept([
                Proper.candidate("C-1", "A", "B", #""linkedInProfileUrl":"https://www.linkedin.com/in/ada""#)
            ])
            try await world.deliver("r1")
            port.diesAfter(lifetime)
            try await world.run(for: .seconds(5), holder: "first")
            port.revives()
            world.time.advance(by: .seconds(60))
            try await world.run(for: .seconds(900), holder: "second")
            #expect(try await world.exports().map(\.candidate) == ["C-1"], "died after \(lifetime) calls")
            #expect(try await world.events().filter { $0 == "export.received" }.count == 1)
            #expect(port.chosen == ["C-1": ScriptedExports.ada.person])
        }
    }

    @Test(arguments: [ErasureScope.person(ScriptedExports.ada.person), .candidate("C-1")])
    func `an export under way while its person is erased leaves nothing; one that is announced later is kept`(
        scope: ErasureScope
    ) async throws {
        let port = ScriptedExports()
        port.script { _ in [ScriptedExports.ada] }
        let world = try await PushWorld(port)
        let (sync, person) = (world.world, ScriptedExports.ada.person)
        let (store, customer) = (sync.store, sync.customer)
        let profile = #""linkedInProfileUrl":"https://www.linkedin.com/in/ada""#
        try await world.accept([Proper.candidate("C-1", "A", "B", profile), Proper.candidate("C-2", "A", "B", profile)])
        let now = world.time.now()
        _ = try await store.write { tx in
            try tx.tie(person: person, to: "C-1", how: .ats, customer: customer.number, at: now)
        }
        try await world.deliver("r1")
        port.meanwhile.set {
            let request = store.receipts.request(scope, customer: customer.id)
            _ = try await store.write { tx in try tx.beginErasure(request, of: customer, at: now) }
        }
        try await world.run(for: .seconds(60))
        #expect(try await world.push("r1")?.state == .done)
        #expect(try await world.push("r1")?.reason?.contains("erased") == true)
        #expect(try await world.exports().isEmpty)
        #expect(try await world.events().contains("export.received") == false)
        let tie = try await store.read { try $0.candidate(ofPerson: person, customer: customer.number) }
        #expect(tie == nil, "nor a tie to somebody who looks the same")

        port.meanwhile.set(nil)
        world.time.advance(by: .seconds(1))
        try await world.deliver("r2")
        try await world.run(for: .seconds(60), holder: "two")
        #expect(try await world.exports().map(\.request) == ["r2"])
    }
}

extension ExportWorld {
    /// The id of a notification of a changed integration that the sandbox has to send and that did not arrive yet.
    func statusPush() async throws -> String {
        let pushes = try await Self.get(world, "pushes")["pushes"]?.array ?? []
        for push in pushes where push["type"]?.string == PushNotification.integrationStatusChange {
            if let id = push["request_id"]?.string, try await self.push(id) == nil { return id }
        }
        throw PortFailure(.notFound, "the sandbox has nothing to send")
    }
}

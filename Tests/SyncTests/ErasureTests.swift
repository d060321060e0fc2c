// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import LinkedIn
import Sandbox
import Store
import Sync
import Synchronization
import Testing

/// Erasing on both sides: engine, client and sandbox.
@Suite struct ErasureTests {
    private static let left = ["jobs": 1, "candidates": 1, "applications": 1, "stages": 1] as [String: Int64]

    @Test func `a candidate goes with all that hangs on it, is read back, and leaves a receipt with request ids`()
        async throws
    {
        let world = try await SandboxWorld()
        let engine = world.engine()
        try await world.family()
        try await world.settle(engine)
        let id = try await world.beginErasure(.candidate("C1"))
        let erasure = try await world.finish(id, engine)
        #expect(try await world.counts() == Self.left)
        #expect(erasure.outcome == "proven" && erasure.because == nil)
        let linkedIn = try #require(erasure.words?["linkedIn"])
        for kind in ["candidate", "candidateNote", "application", "applicationNote", "stage", "feedback"] {
            #expect(linkedIn["records"]?[kind]?["total"]?.int == 1, "\(kind)")
            #expect(linkedIn["records"]?[kind]?["proven"]?.int == 1, "\(kind)")
        }
        let requests = try #require(linkedIn["requests"]?.array)
        #expect(requests.count == 12)
        #expect(requests.allSatisfy { $0["id"]?.string?.isEmpty == false && $0["at"]?.string != nil })
        #expect(
            requests.filter { $0["does"]?.string == "delete" }.allSatisfy {
                (200..<300).contains($0["status"]?.int ?? 0)
            })
        // Children first: no deletion of a parent is older than one of its children.
        func first(_ kind: String) -> String { requests.first { $0["kind"]?.string == kind }?["at"]?.string ?? "" }
        #expect(first("stage") <= first("application") && first("application") <= first("candidate"))
        #expect(Receipt(erasure.receipt ?? [])?.verdict(key: world.store.receipts.publicKey) == .valid)
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `404, 500, 429 and lost replies in between change nothing about the end`(seed: UInt64) async throws {
        let world = try await SandboxWorld()
        let engine = world.engine()
        try await world.family()
        try await world.settle(engine)
        world.sandbox.faults.set(
            FaultPlan(
                seed: seed,
                rules: [
                    .init(.dropBefore, probability: 0.1), .init(.dropAfter, probability: 0.1),
                    .init(.internalError, probability: 0.1), .init(.tooManyRequests, probability: 0.05, retryAfter: 2),
                    .init(.partial, probability: 0.3, share: 0.5),
                ]))
        let erasure = try await world.finish(try await world.beginErasure(.candidate("C1")), engine)
        #expect(try await world.counts() == Self.left)
        #expect(erasure.outcome == "proven")
    }

    /// LinkedIn has answered, and nobody is there any more to write it down: the worst moment there is.
    @Test(arguments: 1...14)
    func `a process that dies at any call is followed by one that ends the erasure`(call: Int) async throws {
        let world = try await SandboxWorld()
        try await world.family()
        try await world.settle(world.engine("first"))
        let id = try await world.beginErasure(.candidate("C1"))
        try await world.dies(at: call)
        let erasure = try await world.finish(id, world.engine("second"))
        #expect(erasure.outcome == "proven")
        #expect(try await world.counts() == Self.left)
    }

    @Test func `while the integration is disabled what is held here is gone, LinkedIn's part waits and says so`()
        async throws
    {
        let world = try await SandboxWorld()
        let engine = world.engine()
        try await world.family()
        try await world.settle(engine)
        try await world.control(
            "integrations/disable", ["organization": 1000, "contract": 5000, "unique_foreign_id": "acme"])
        while try await world.integration() != .disabled {
            let wake = try #require(try await engine.pass())
            world.time.advance(to: wake)
        }
        let id = try await world.beginErasure(.candidate("C1"))
        for _ in 0..<20 { if let wake = try await engine.pass() { world.time.advance(to: wake) } }
        let waiting = try await world.erasure(id)
        #expect(waiting.state == .deleting && waiting.localAt != nil)
        #expect(waiting.because?.contains("not enabled") == true)
        #expect(try await world.counts()["candidates"] == 2)
        try await world.enable()
        #expect(try await world.finish(id, engine).outcome == "proven")
        // The neighbour was sent anew, as after every enabling.
        try await world.settle(engine)
        #expect(try await world.counts() == Self.left)
    }

    @Test func `closed by a person, the receipt says that LinkedIn's part is not proven and why`() async throws {
        let world = try await SandboxWorld()
        let engine = world.engine()
        try await world.family()
        try await world.settle(engine)
        try await world.control(
            "integrations/disable", ["organization": 1000, "contract": 5000, "unique_foreign_id": "acme"])
        while try await world.integration() != .disabled {
            let wake = try #require(try await engine.pass())
            world.time.advance(to: wake)
        }
        let id = try await world.beginErasure(.candidate("C1"))
        _ = try await engine.pass()
        let (customer, now) = (world.customer.number, world.time.now())
        _ = try await world.store.write { try $0.closeErasure(id, customer: customer, at: now) }
        let erasure = try await world.finish(id, engine)
        #expect(erasure.outcome == "unproven")
        #expect(erasure.words?["linkedIn"]?["because"]?.string?.contains("not enabled") == true)
    }

    @Test func `never enabled, nothing was ever sent: the receipt says so at once`() async throws {
        let world = try await SyncWorld()
        let toy = ToyLinkedIn(world.time)
        toy.state.withLock { $0.integration = "REQUESTED" }
        let engine = world.engine(toy)
        try await world.accept([put(.candidate, "C1"), put(.candidateNote, "N1", parent: "C1")])
        _ = try await engine.pass()
        let erasure = try await world.erased(.candidate("C1"), engine)
        #expect(erasure.outcome == "never held")
        #expect(toy.state.withLock { $0.calls.isEmpty })
    }

    @Test func `what LinkedIn keeps showing is deleted again, and at last reported as unproven`() async throws {
        let world = try await SyncWorld()
        let toy = ToyLinkedIn(world.time)
        toy.state.withLock { $0.keepsShowing = true }
        let engine = world.engine(toy)
        try await world.accept([put(.candidate, "C1")])
        try await world.settle(engine)
        let erasure = try await world.erased(.candidate("C1"), engine)
        #expect(erasure.outcome == "unproven")
        #expect(erasure.words?["linkedIn"]?["because"]?.string?.contains("still shows") == true)
        let deletions = toy.state.withLock { $0.calls.filter { $0.verb == .delete }.count }
        #expect(deletions >= 5)
    }

    @Test func `a member who is known from LinkedIn alone is forgotten, and stays so when the page comes again`()
        async throws
    {
        let world = try await SyncWorld()
        let (customer, person) = (world.customer.number, "urn:li:person:x")
        let message = InMail(
            id: "m1", thread: "t1", person: person, seat: 1, isFromMember: true, at: SyncWorld.noon, subject: "s",
            text: "t")
        let now = SyncWorld.noon + .seconds(5)
        let fresh = try await world.store.write {
            try $0.addInMails([message], contract: 1, customer: customer, at: now)
        }
        #expect(fresh.count == 1)
        world.time.advance(to: now)
        let erasure = try await world.erased(.person(person), world.engine(ToyLinkedIn(world.time)))
        #expect(erasure.words?["erasedHere"]?["inmail_message"]?.int == 1)
        let again = try await world.store.write {
            try $0.addInMails([message], contract: 1, customer: customer, at: now)
        }
        #expect(again.isEmpty)
        var newer = message
        newer.id = "m2"
        newer.at = world.time.now() + .seconds(60)
        let later = try await world.store.write { [newer] in
            try $0.addInMails([newer], contract: 1, customer: customer, at: now)
        }
        #expect(later.count == 1)
    }

    @Test func `the end of a contract takes everything, here and there, and jobs are closed`() async throws {
        let world = try await SandboxWorld()
        let engine = world.engine()
        try await world.accept(Proper.history(250))
        try await world.settle(engine)
        let id = try await world.beginErasure(.everything)
        let erasure = try await world.finish(id, engine)
        #expect(erasure.outcome == "proven")
        #expect(Set(try await world.counts().keys).isSubset(of: ["jobs"]))
        #expect(erasure.words?["linkedIn"]?["records"]?["candidate"]?["proven"]?.int == 250)
        #expect(erasure.words?["linkedIn"]?["records"]?["application"]?["proven"]?.int == 250)
        #expect(world.throttled == 0)
        #expect(try await engine.pass() == nil, "nobody works for a customer whose contract ended")
        let customer = world.customer.number
        let (tallies, events, kept) = try await world.store.read { tx in
            (
                try tx.tallies(customer: customer), try tx.events(customer: customer, after: 0, limit: 9),
                try tx.customer(number: customer)
            )
        }
        #expect(tallies.isEmpty && events.isEmpty && kept != nil)
    }

    @Test(arguments: [2, 7, 20, 40])
    func `a contract's end goes on after a crash`(call: Int) async throws {
        let world = try await SandboxWorld()
        try await world.accept(Proper.history(120))
        try await world.settle(world.engine("first"))
        let id = try await world.beginErasure(.everything)
        try await world.dies(at: call)
        let erasure = try await world.finish(id, world.engine("second"))
        #expect(erasure.outcome == "proven")
        #expect(Set(try await world.counts().keys).isSubset(of: ["jobs"]))
    }
}

extension SandboxWorld {
    /// An engine works until LinkedIn has answered its nth call; then its lease is another's, and nothing that it still does counts.
    fileprivate func dies(at call: Int) async throws {
        let calls = Mutex(0)
        afterCall.set { [store, time, customer] in
            let number = calls.withLock { calls in
                calls += 1
                return calls
            }
            guard number == call else { return }
            time.advance(by: .seconds(60))
            let now = time.now()
            _ = try await store.write { tx in
                try tx.acquireLease(name: "sync", customer: customer.number, holder: "heir", now: now, ttl: .seconds(1))
            }
        }
        let dying = engine("dying")
        for _ in 0..<5 where calls.withLock({ $0 }) < call {
            if let wake = try await dying.pass() { time.advance(to: wake) }
        }
        #expect(calls.withLock { $0 } >= call, "it died of nothing")
        afterCall.set(nil)
        dying.stop()
        time.advance(by: .seconds(60))
    }

    fileprivate func integration() async throws -> IntegrationState? {
        let number = customer.number
        return try await store.read { try $0.customer(number: number)?.status }
    }
}

extension SyncWorld {
    /// Erases and runs the engine until the receipt is there.
    fileprivate func erased(_ scope: ErasureScope, _ engine: SyncEngine) async throws -> Erasure {
        let (request, start) = (store.receipts.request(scope, customer: customer.id), time.now())
        let id = try await store.write { [customer] tx in try tx.beginErasure(request, of: customer, at: start) }
        let number = customer.number
        while true {
            let wake = try await engine.pass()
            let erasure = try #require(try await store.read { try $0.erasure(id, customer: number) })
            if erasure.state == .finished { return erasure }
            // Hours lie between two readings: nobody has to live through every look at the integration.
            time.advance(to: max(try #require(wake), erasure.dueAt))
            try #require(time.now() - start < .seconds(30 * 86_400), "no end: \(erasure)")
        }
    }
}

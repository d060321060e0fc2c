// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import LinkedInClient
import Sandbox
import Store
import Sync
import Synchronization
import TestSupport
import Testing

/// What goes wrong while recruiters' activity is read.
@Suite struct RecruiterFaultTests {
    /// A world with one seat that wrote so many InMails and notes, and an engine that knows the seat.
    private static func busy(_ count: Int) async throws -> (SandboxWorld, SyncEngine) {
        let world = try await SandboxWorld()
        let (rita, ada) = (try await world.hire("Rita"), try await world.join("Ada"))
        let engine = world.engine { $0.pace.pulls.history = .zero }
        try await world.live(engine, for: .seconds(400))
        for number in 0..<count {
            try await world.write(rita, to: ada, "message \(number)")
            _ = try await world.note(rita, on: ada, "note \(number)")
        }
        return (world, engine)
    }

    private static func expectEqual(_ world: SandboxWorld) async throws {
        #expect(try await world.heldMessages() == world.saidMessages())
        #expect(try await world.heldNotes() == world.writtenNotes())
        let told = try await world.events(.inMailReceived).flatMap { $0["messages"]?.array ?? [] }
        #expect(told.count == (try await world.heldMessages()).values.reduce(0) { $0 + $1.count }, "each once")
        let notes = try await world.events(.noteChanged).compactMap { $0["note"]?.string }
        #expect(Set(notes).count == notes.count)
    }

    @Test func `a token that expires between two pages costs no page: reading goes on where it stood`() async throws {
        let (world, engine) = try await Self.busy(120)
        let starts = Mutex<[String]>([])
        let refusals = Mutex(4)
        world.meddler.set { call, answer in
            guard call.url.contains("/conversationEvents"),
                let start = call.url.split(separator: "&").first(where: {
                    $0.hasPrefix("start=")
                })
            else { return answer }
            starts.withLock { $0.append(String(start)) }
            let isRefused =
                start != "start=0"
                && refusals.withLock { left in
                    left -= 1
                    return left >= 0
                }
            return isRefused ? HTTPAnswer(status: 401, body: Array(#"{"status":401}"#.utf8)) : answer
        }
        try await world.live(engine, for: .seconds(120))
        let pages = starts.withLock { $0 }
        let first = try #require(pages.firstIndex(of: "start=49"))
        #expect(pages[first..<first + 5].allSatisfy { $0 == "start=49" }, "refused four times, then read")
        #expect(pages[first + 5] == "start=98")
        try await Self.expectEqual(world)
    }

    @Test func `elements that repeat, or move while they are paged, change nothing`() async throws {
        let (world, engine) = try await Self.busy(130)
        let pages = Mutex(0)
        world.meddler.set { call, answer in
            guard call.url.contains("/conversationEvents") || call.url.contains("/prospectNotes"),
                var json = try? JSONValue(parsing: answer.body), var elements = json["elements"]?.array,
                elements.count > 1
            else { return answer }
            let page = pages.withLock { number in
                number += 1
                return number
            }
            // Every other page begins one element late, and repeats one.
            if page % 2 == 0 {
                elements.removeFirst()
                elements.append(elements[0])
            }
            json["elements"] = .array(elements)
            return HTTPAnswer(status: 200, body: json.bytes)
        }
        try await world.live(engine, for: .seconds(60))
        world.meddler.set(nil)
        try await world.live(engine, for: .seconds(300))
        try await Self.expectEqual(world)
    }

    @Test func `a process that dies between two pages is followed by one that reads the next page`() async throws {
        let (world, engine) = try await Self.busy(120)
        world.meddler.set { call, answer in
            if call.url.contains("/conversationEvents"), !call.url.contains("start=0&") {
                throw LinkedInError(.unreachable, "gone")
            }
            return answer
        }
        _ = try await engine.pass()
        world.time.advance(by: .seconds(11))
        _ = try await engine.pass()
        let cursor = try #require(try await world.cursors().first { $0.feed == .inMail })
        #expect(cursor.start == 50 && cursor.window != nil)
        let starts = Mutex<[Bool]>([])
        world.meddler.set { call, answer in
            if call.url.contains("/conversationEvents") {
                starts.withLock { $0.append(call.url.contains("start=49&")) }
            }
            return answer
        }
        world.time.advance(by: .seconds(60))
        try await world.live(world.engine("two") { $0.pace.pulls.history = .zero }, for: .seconds(300))
        #expect(starts.withLock { $0.first } == true)
        try await Self.expectEqual(world)
    }

    @Test(arguments: 1...2 as ClosedRange<UInt64>)
    func `dropped replies, errors and throttling lose nothing`(seed: UInt64) async throws {
        let (world, engine) = try await Self.busy(60)
        world.sandbox.faults.set(
            FaultPlan(
                seed: seed,
                rules: [
                    .init(.dropBefore, probability: 0.1), .init(.dropAfter, probability: 0.1),
                    .init(.internalError, probability: 0.1), .init(.tooManyRequests, probability: 0.1, retryAfter: 2),
                ]))
        try await world.live(engine, for: .seconds(300))
        world.sandbox.faults.set(FaultPlan(seed: seed, rules: []))
        try await world.live(engine, for: .seconds(400))
        try await Self.expectEqual(world)
    }

    @Test func `a page that LinkedIn refuses does not keep the other seats waiting`() async throws {
        let (world, engine) = try await Self.busy(1)
        let (sam, bob) = (try await world.hire("Sam"), try await world.join("Bob"))
        let bad = try #require(try await world.cursors().first { $0.feed == .inMail }).key.seat
        world.meddler.set { call, answer in
            guard
                call.url.contains("viewer=urn%3Ali%3Aseat%3A\(bad)&") || call.url.contains("viewer=urn:li:seat:\(bad)&")
            else { return answer }
            return HTTPAnswer(status: 400, body: Array(#"{"status":400,"message":"no"}"#.utf8))
        }
        try await world.live(engine, for: .seconds(300))
        try await world.write(sam, to: bob, "from Sam")
        try await world.live(engine, for: .seconds(60))
        let cursors = try await world.cursors().filter { $0.feed == .inMail && !$0.key.isHistory }
        #expect(cursors.first { $0.key.seat == bad }?.failures ?? 0 > 2)
        #expect(cursors.first { $0.key.seat == bad }?.reason != nil)
        #expect(try await world.heldMessages().count == 1, "Sam's; the other's was written before anybody asked")
        world.meddler.set(nil)
        try await world.live(engine, for: .seconds(700))
        try await Self.expectEqual(world)
    }

    @Test func `where LinkedIn knows no seatsV2, the older finder is asked`() async throws {
        let world = try await SandboxWorld()
        world.meddler.set { call, answer in
            call.url.contains("/seatsV2") ? HTTPAnswer(status: 404, body: Array(#"{"status":404}"#.utf8)) : answer
        }
        let rita = try await world.hire("Rita")
        try await world.live(world.engine(), for: .seconds(60))
        let number = world.customer.number
        let seats = try await world.store.read { try $0.heldSeats(customer: number, limit: 10) }
        #expect(seats.map(\.seat.number) == [rita] && seats[0].seat.isActive)
    }

    @Test func `a seat that a complete list does not name any more is kept as inactive`() async throws {
        let (world, engine) = try await Self.busy(1)
        world.meddler.set { call, answer in
            guard call.url.contains("/seatsV2") else { return answer }
            return HTTPAnswer(status: 200, body: Array(#"{"elements":[],"paging":{"start":0,"count":100}}"#.utf8))
        }
        try await world.live(engine, for: .seconds(120))
        let number = world.customer.number
        let seats = try await world.store.read { try $0.heldSeats(customer: number, limit: 10) }
        #expect(seats.count == 1 && seats[0].seat.state == "INACTIVE")
        try await Self.expectEqual(world)
    }

    @Test func `a clock that runs ahead and is set right again loses nothing`() async throws {
        let world = try await SandboxWorld()
        let clock = SkewedTime(world.time)
        let (rita, ada) = (try await world.hire("Rita"), try await world.join("Ada"))
        let engine = world.engine(clock: clock) { $0.pace.pulls.history = .zero }
        func live(_ duration: Duration) async throws {
            let end = world.time.now() + duration
            while world.time.now() < end {
                _ = try await engine.pass()
                world.time.advance(by: .seconds(5))
            }
        }
        try await live(.seconds(60))
        for ahead in [Duration.seconds(1200), .seconds(3 * 86_400)] {
            clock.set(ahead)
            try await world.write(rita, to: ada, "just after the jump of \(ahead)")
            _ = try await world.note(rita, on: ada, "just after the jump of \(ahead)")
            try await live(.seconds(60))
            try await world.write(rita, to: ada, "while the clock is ahead")
            clock.set(.zero)
            try await world.write(rita, to: ada, "just after it was set right")
            try await live(.seconds(120))
        }
        try await Self.expectEqual(world)
    }
}

/// A clock that is ahead of another by a little or a lot.
final class SkewedTime: Timekeeper {
    private let base: VirtualTime
    private let ahead = Mutex(Duration.zero)

    init(_ base: VirtualTime) { self.base = base }

    func set(_ ahead: Duration) { self.ahead.withLock { $0 = ahead } }
    func now() -> Millis { base.now() + ahead.withLock { $0 } }
}

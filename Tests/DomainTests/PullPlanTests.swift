// SPDX-License-Identifier: Apache-2.0

import Domain
import TestSupport
import Testing

@Suite struct PullPlanTests {
    static let noon = Millis(1_770_033_600_000)  // 2026-02-02 12:00 UTC
    static let pace = PullPace.linkedIn

    static func cursor(
        _ feed: PullFeed = .inMail, seat: Int64 = 1, through: Millis = noon, stop: Millis? = nil,
        isHistory: Bool = false, dueAt: Millis? = noon
    ) -> PullCursor {
        PullCursor(
            .init(feed, contract: 5000, seat: seat, isHistory: isHistory), owners: [seat], through: through,
            stop: stop, dueAt: dueAt)
    }

    static func page(_ ids: Range<Int>) -> PulledPage<Int> {
        PulledPage(
            items: Array(ids), elements: ids.count, first: ids.first.map { "\($0)" }, last: ids.last.map { "\($0)" })
    }

    static func seat(_ number: Int64, _ state: String = "ACTIVE") -> Seat {
        Seat(
            number: number, contract: 5000, person: nil, firstName: "", lastName: "", email: nil, state: state,
            roles: [], createdAt: nil)
    }

    // MARK: Windows

    @Test(arguments: [PullFeed.inMail, .notes, .stubProfiles])
    func `a year is caught up in windows that touch, none longer than LinkedIn allows`(feed: PullFeed) throws {
        let origin = Self.noon - .seconds(365 * 86_400)
        var cursor = Self.cursor(feed, through: origin + Self.pace.overlap, stop: Self.noon, isHistory: true)
        var now = Self.noon
        var read = origin
        var calls = 0
        while true {
            let call = cursor.call(at: now, Self.pace)
            #expect(call.window.length <= Self.pace.longestWindow(feed) && call.start == 0)
            #expect(call.window.from >= origin && call.window.from <= read, "a gap, or before the origin")
            read = call.window.to
            calls += 1
            guard
                let next = cursor.read(
                    Self.page(0..<3), of: call, at: now, interval: Self.pace.interactions, Self.pace)
            else { break }
            cursor = next
            now = max(now, try #require(cursor.dueAt))
        }
        #expect(read == Self.noon)
        #expect(calls == (feed == .stubProfiles ? 53 : 736))
        #expect(now - Self.noon == Self.pace.spacing(feed) * (calls - 1), "at most 12 calls a minute for one seat")
    }

    @Test func `what is level is read again after the pause, a little of it twice`() throws {
        let cursor = Self.cursor(through: Self.noon - .seconds(1800))
        let call = cursor.call(at: Self.noon, Self.pace)
        #expect(call.window == PullWindow(from: Self.noon - .seconds(2100), to: Self.noon))
        let next = try #require(
            cursor.read(Self.page(0..<0), of: call, at: Self.noon + .seconds(2), interval: .seconds(1800), Self.pace))
        #expect(next.through == Self.noon && next.dueAt == Self.noon + .seconds(1802))
    }

    // MARK: Pages

    @Test func `pages are read until one is short, each beginning with the last element of the one before`() throws {
        var cursor = Self.cursor(through: Self.noon - .seconds(1800))
        var seen: [Int] = []
        for start in [0, 49, 98] {
            let call = cursor.call(at: Self.noon, Self.pace)
            #expect(call.start == start && call.count == 50)
            let page = Self.page(start..<min(start + 50, 120))
            seen += page.items
            cursor = try #require(
                cursor.read(page, of: call, at: Self.noon, interval: .seconds(1800), Self.pace))
        }
        #expect(Set(seen) == Set(0..<120) && cursor.window == nil && cursor.through == Self.noon)
    }

    @Test func `elements that move while they are read make the window shorter until it fits into one page`() throws {
        var cursor = Self.cursor(through: Self.noon - .seconds(1800))
        let first = cursor.call(at: Self.noon, Self.pace)
        cursor = try #require(
            cursor.read(Self.page(0..<50), of: first, at: Self.noon, interval: .seconds(1800), Self.pace))
        let second = cursor.call(at: Self.noon, Self.pace)
        cursor = try #require(
            cursor.read(Self.page(50..<100), of: second, at: Self.noon, interval: .seconds(1800), Self.pace))
        let again = cursor.call(at: Self.noon, Self.pace)
        #expect(again.start == 0 && again.window.from == first.window.from)
        #expect(again.window.to == Self.noon - .seconds(900), "half of what is new")
    }

    @Test func `a server that ignores the start does not keep us for ever`() throws {
        var cursor: PullCursor? = PullCursor(.init(.seats, contract: 5000), through: Millis(0), dueAt: Self.noon)
        var calls = 0
        while let open = cursor, calls == 0 || open.window != nil {
            calls += 1
            try #require(calls < 40)
            cursor = open.read(
                Self.page(0..<100), of: open.call(at: Self.noon, Self.pace), at: Self.noon, interval: .seconds(60),
                Self.pace)
        }
    }

    @Test func `shared profiles beyond LinkedIn's reach are asked for in a shorter window`() throws {
        var cursor = Self.cursor(.stubProfiles, through: Self.noon - .seconds(1800))
        let whole = cursor.call(at: Self.noon, Self.pace).window
        var calls = 0
        while cursor.window == nil || cursor.window == whole {
            let call = cursor.call(at: Self.noon, Self.pace)
            #expect(call.start + call.count <= 20_000)
            calls += 1
            try #require(calls < 500)
            cursor = try #require(
                cursor.read(
                    Self.page(call.start..<call.start + 50), of: call, at: Self.noon, interval: .seconds(1800),
                    Self.pace))
        }
        #expect(cursor.start == 0 && cursor.window?.to == Self.noon - .seconds(900))
    }

    @Test func `a failure keeps the page, and the reason until it is read`() throws {
        var cursor = Self.cursor(through: Self.noon - .seconds(1800))
        cursor = try #require(
            cursor.read(
                Self.page(0..<50), of: cursor.call(at: Self.noon, Self.pace), at: Self.noon,
                interval: .seconds(1800), Self.pace))
        let before = cursor.call(at: Self.noon, Self.pace)
        cursor = cursor.failed("the token is not accepted", isRefused: false, until: Self.noon + .seconds(60))
        #expect(cursor.call(at: Self.noon + .seconds(60), Self.pace) == before && cursor.reason != nil)
        cursor = try #require(
            cursor.read(Self.page(49..<60), of: before, at: Self.noon, interval: .seconds(1800), Self.pace))
        #expect(cursor.reason == nil && cursor.window == nil)
    }

    @Test func `a clock that was set back has as much read again as it was ahead`() {
        let ahead = Self.cursor(through: Self.noon + .seconds(86_400), dueAt: Self.noon + .seconds(88_200))
        let back = ahead.setBack(by: .seconds(86_400), at: Self.noon)
        #expect(back.through == Self.noon && back.dueAt == Self.noon)
    }

    // MARK: Turns

    @Test func `whoever is due longest goes first, and history only when nothing else is due`() {
        let history = Self.cursor(seat: 3, isHistory: true, dueAt: Self.noon - .seconds(90))
        let late = Self.cursor(seat: 2, dueAt: Self.noon - .seconds(60))
        let later = Self.cursor(seat: 1, dueAt: Self.noon - .seconds(30))
        func next(_ cursors: [PullCursor], spare: Int? = 10) -> PullPlan.Step {
            PullPlan.next(cursors, at: Self.noon, spare: spare) { _ in false }
        }
        #expect(next([later, history, late]) == .call(late.key))
        #expect(next([later, history]) == .call(later.key))
        #expect(next([history]) == .call(history.key))
        #expect(next([history], spare: 0) == .wait(until: Self.noon.nextUTCMidnight))
        #expect(next([Self.cursor(dueAt: nil)]) == .wait(until: nil))
        #expect(
            PullPlan.next([late, history], at: Self.noon, spare: nil) { $0 == .inMail } == .wait(until: nil))
    }

    @Test func `seats and contracts take turns, whatever each has to catch up`() throws {
        var cursors: [PullCursor.Key: PullCursor] = [:]
        for seat in Int64(1)...20 {
            let cursor = PullCursor(
                .init(.inMail, contract: 5000 + seat % 3, seat: seat), owners: [seat],
                through: Self.noon - .seconds(seat * 86_400), dueAt: Self.noon)
            cursors[cursor.key] = cursor
        }
        var calls: [Int64: [Millis]] = [:]
        var now = Self.noon
        while calls.values.reduce(0, { $0 + $1.count }) < 200 {
            switch PullPlan.next(cursors.values, at: now, spare: nil, isHeld: { _ in false }) {
            case .wait(let until): now = try #require(until)
            case .call(let key):
                let cursor = try #require(cursors[key])
                calls[key.seat, default: []].append(now)
                cursors[key] = cursor.read(
                    Self.page(0..<0), of: cursor.call(at: now, Self.pace), at: now, interval: .seconds(1800),
                    Self.pace)
            }
        }
        let behind = calls.filter { $0.key > 5 }.values.map(\.count)
        #expect(try #require(behind.max()) - (try #require(behind.min())) <= 1)
        for moments in calls.values {
            for (index, moment) in moments.enumerated() {
                #expect(moments[index...].count { $0 - moment < .seconds(60) } <= 12)
            }
        }
    }

    @Test func `more seats than a day has calls for are looked at less often, and history leaves them their calls`() {
        let many = (Int64(1)...5000).map { Self.cursor(seat: $0) }
        let interval = PullPlan.interval(.inMail, among: many, limit: 100_000, Self.pace)
        #expect(interval == .seconds(4800))
        #expect(PullPlan.interval(.inMail, among: many.prefix(200), limit: 100_000, Self.pace) == .seconds(1800))
        #expect(PullPlan.interval(.seats, among: many, limit: 100_000, Self.pace) == .seconds(86_400))
        let reserve = PullPlan.reserve(Array(many.prefix(200)), at: Self.noon, limit: 100_000, Self.pace)
        #expect(reserve == 200 * 25)
    }

    // MARK: Roster

    @Test
    func `a new seat is read from now on and from the chosen beginning, notes and profiles for all seats at once`() {
        let origin = Self.noon - .seconds(365 * 86_400)
        let cursors = PullRoster.cursors(
            [], contract: 5000, seats: (1...200).map { Self.seat($0) }, origin: origin, at: Self.noon, Self.pace)
        #expect(cursors.count == 200 * 2 + 2 * 2)
        #expect(cursors.filter { $0.feed == .notes }.allSatisfy { $0.owners.count == 200 })
        for cursor in cursors {
            let call = cursor.call(at: max(Self.noon, cursor.dueAt ?? Self.noon), Self.pace)
            #expect(call.window.from >= origin)
        }
        let none = PullRoster.cursors(
            [], contract: 5000, seats: [Self.seat(1)], origin: Self.noon, at: Self.noon, Self.pace)
        #expect(none.allSatisfy { !$0.key.isHistory } && none.count == 3)
    }

    @Test func `a seat that leaves is read up to its leaving, and after its return from there`() throws {
        var cursors = [Self.cursor(through: Self.noon - .seconds(600), dueAt: Self.noon + .seconds(1200))]
        cursors = PullRoster.cursors(
            cursors, contract: 5000, seats: [Self.seat(1, "PARKED")], origin: Self.noon, at: Self.noon, Self.pace)
        var seat = try #require(cursors.first { $0.feed == .inMail })
        #expect(seat.stop == Self.noon && seat.dueAt == Self.noon)
        let call = seat.call(at: Self.noon + .seconds(9), Self.pace)
        #expect(call.window.to == Self.noon)
        seat = try #require(
            seat.read(Self.page(0..<1), of: call, at: Self.noon, interval: .seconds(1800), Self.pace))
        #expect(seat.dueAt == nil && seat.through == Self.noon)
        let later = Self.noon + .seconds(86_400)
        cursors = PullRoster.cursors(
            [seat], contract: 5000, seats: [Self.seat(1)], origin: Self.noon, at: later, Self.pace)
        let back = try #require(cursors.first { $0.feed == .inMail })
        #expect(back.dueAt == later && back.through == Self.noon && back.stop == nil)
    }

    @Test func `a seat that comes later joins the others as soon as it is level`() throws {
        let first = PullRoster.cursors(
            [], contract: 5000, seats: [Self.seat(1), Self.seat(2)], origin: Self.noon, at: Self.noon, Self.pace)
        let later = Self.noon + .seconds(3600)
        let second = PullRoster.cursors(
            first, contract: 5000, seats: [Self.seat(1), Self.seat(2), Self.seat(3)], origin: Self.noon, at: later,
            Self.pace)
        #expect(second.count { $0.feed == .notes } == 2)
        let third = PullRoster.cursors(
            second.filter { !$0.key.isHistory }, contract: 5000, seats: [1, 2, 3].map { Self.seat($0) },
            origin: Self.noon, at: later, Self.pace)
        #expect(third.filter { $0.feed == .notes }.map(\.owners) == [[1, 2, 3]])
    }
}

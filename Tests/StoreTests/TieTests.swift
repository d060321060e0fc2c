// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Testing

struct TieTests {
    private static let ada = "urn:li:person:ada"
    private let world: World

    init() async throws { world = try await World() }

    @Test
    func `the ATS's word goes before a manual match, that before LinkedIn's matching, that before URL and e-mail`()
        async throws
    {
        try await world.accept(.candidate("C-1"), .candidate("C-2"), .candidate("C-3"))
        try await world.drain(.candidate)
        try await tie("C-1", .email)
        #expect(try await found() == .email)
        try await tie("C-1", .profileURL)
        #expect(try await found() == .profileURL)
        try await match("C-2", manual: false)
        #expect(try await found() == .match)
        try await match("C-3", manual: true)
        #expect(try await found() == .manualMatch)
        try await tie("C-1", .ats)
        #expect(try await found() == .ats)
    }

    @Test func `a weaker reason does not replace a surer tie`() async throws {
        try await tie("C-1", .profileURL)
        #expect(try await tie("C-2", .email) == false)
        #expect(try await tie("C-1", .email) == false)
        #expect(try await tied()?.candidate == "C-1")
        #expect(try await tied()?.source == .profileURL)
    }

    @Test func `an undone pair is tied again by the ATS alone`() async throws {
        try await world.accept(.candidate("C-1"))
        try await world.drain(.candidate)
        try await match("C-1", manual: false)
        #expect(try await untie("C-1"))
        #expect(try await tied() == nil)
        #expect(try await tie("C-1", .email) == false)
        #expect(try await suggest("C-1") == false)
        try await match("C-1", manual: false)
        #expect(try await tied() == nil)
        #expect(try await tie("C-1", .ats))
        #expect(try await found() == .ats)
    }

    @Test func `a suggestion is made once, and declining it keeps the two apart`() async throws {
        #expect(try await suggest("C-1"))
        #expect(try await suggest("C-1") == false)
        #expect(try await suggestions(.open).map(\.reasons) == [["same name"]])
        #expect(try await tied() == nil)
        let customer = world.customer
        #expect(
            try await world.store.write {
                try $0.declineSuggestion(person: Self.ada, candidate: "C-1", customer: customer, at: Millis(9))
            })
        #expect(try await suggestions(.open).isEmpty)
        #expect(try await tie("C-1", .email) == false)
    }

    @Test func `an accepted suggestion is settled, and every change of a tie is told`() async throws {
        _ = try await suggest("C-1")
        try await tie("C-1", .ats)
        #expect(try await suggestions(.accepted).count == 1)
        #expect(try await untie("C-1"))
        #expect(try await untie("C-1") == false)
        let customer = world.customer
        let events = try await world.store.read { try $0.events(customer: customer, after: 0, limit: 10) }
        #expect(events.map(\.type) == ["person.tied", "person.tied", "person.tied"])
        #expect(
            events.map { String(decoding: $0.data ?? [], as: UTF8.self).contains(#""undone":true"#) } == [
                false, false, true,
            ])
        #expect(events.allSatisfy { $0.candidate == "C-1" && $0.person == Self.ada })
    }

    @Test func `a tie made later gives the candidate what was exported before, and undoing it gives it back`()
        async throws
    {
        try await export("r1", job: "J-1")
        try await export("r2", job: "J-2")
        #expect(try await open() == ["r1", "r2"])
        try await tie("C-1", .email)
        #expect(try await open().isEmpty)
        #expect(try await choice()?.person == nil, "nothing is at LinkedIn yet that the choice could be written to")
        try await world.accept(.candidate("C-1"))
        try await world.drain(.candidate)
        #expect(try await choice()?.person == Self.ada)
        #expect(try await untie("C-1"))
        #expect(try await open() == ["r1", "r2"])
        #expect(try await choice()?.person == nil)
        #expect(try await choice()?.candidate == "C-1", "the choice is taken back at LinkedIn")
    }

    @Test func `the ATS's answer to one export answers the member's others, and may be corrected`() async throws {
        try await export("r1", job: "J-1")
        try await export("r2", job: "J-2")
        #expect(try await answer("r1", "C-1"))
        #expect(try await answer("nothing", "C-1") == false)
        #expect(try await open().isEmpty)
        #expect(try await answer("r1", "C-2"))
        #expect(try await tied()?.candidate == "C-2")
        let customer = world.customer
        let exports = try await world.store.read { try $0.exports(ofPerson: Self.ada, customer: customer) }
        #expect(exports.map(\.candidate) == ["C-2", "C-2"])
        #expect(exports.map { $0.answeredAt != nil } == [true, false])
    }

    @Test func `a candidate that the ATS deletes loses its ties`() async throws {
        try await world.accept(.candidate("C-1"))
        try await world.drain(.candidate)
        try await tie("C-1", .ats)
        try await world.accept(.delete(RecordKey(.candidate, id: "C-1")))
        #expect(try await tied() == nil)
        try await world.drain(.candidate, deletions: true)
        try await world.accept(.candidate("C-1"))
        #expect(try await tied() == nil)
    }

    // MARK: Short words

    private func found() async throws -> TieSource? { try await tied()?.source }

    private func tied() async throws -> PersonTie? {
        let customer = world.customer
        let tie = try await world.store.read { try $0.candidate(ofPerson: Self.ada, customer: customer) }
        if let tie {
            let back = try await world.store.read { try $0.persons(ofCandidate: tie.candidate, customer: customer) }
            #expect(back.first == tie)
        }
        return tie
    }

    @discardableResult
    private func tie(_ candidate: String, _ source: TieSource) async throws -> Bool {
        let customer = world.customer
        return try await world.store.write {
            try $0.tie(person: Self.ada, to: candidate, how: source, customer: customer, at: Millis(5))
        }
    }

    private func untie(_ candidate: String) async throws -> Bool {
        let customer = world.customer
        return try await world.store.write {
            try $0.untie(person: Self.ada, from: candidate, customer: customer, at: Millis(6))
        }
    }

    private func suggest(_ candidate: String) async throws -> Bool {
        let customer = world.customer
        return try await world.store.write {
            try $0.suggestTie(
                person: Self.ada, candidate: candidate, reasons: ["same name"], customer: customer, at: Millis(4))
        }
    }

    private func suggestions(_ state: TieSuggestion.State) async throws -> [TieSuggestion] {
        let customer = world.customer
        return try await world.store.read { try $0.suggestions(customer: customer, state: state, limit: 10) }
    }

    private func export(_ request: String, job: String) async throws {
        let customer = world.customer
        let export = CandidateExport(
            request: request, person: Self.ada, job: job, profile: Array("{}".utf8), at: Millis(3))
        #expect(try await world.store.write { try $0.storeExport(export, customer: customer) })
        #expect(try await world.store.write { try $0.storeExport(export, customer: customer) } == false)
    }

    private func answer(_ request: String, _ candidate: String) async throws -> Bool {
        let customer = world.customer
        return try await world.store.write {
            try $0.answerExport(request, candidate: candidate, application: nil, customer: customer, at: Millis(7))
        }
    }

    private func open() async throws -> [String] {
        let customer = world.customer
        return try await world.store.read { try $0.exports(customer: customer, state: .open, limit: 10).map(\.request) }
    }

    private func choice() async throws -> ManualMatch? {
        let customer = world.customer
        return try await world.store.read {
            try $0.manualMatchesDue(customer: customer, at: Millis(2_000), limit: 10).first
        }
    }

    /// As if LinkedIn's answer about a candidate had been read.
    private func match(_ candidate: String, manual: Bool) async throws {
        let customer = world.customer
        let polls = try await world.store.read {
            try $0.matchesDue(customer: customer, at: Millis(1_000_000_000), limit: 10)
        }
        let poll = try #require(polls.first { $0.key.id == candidate })
        let reading = MatchReading(
            poll, matched: manual ? [] : [Self.ada], manual: manual ? Self.ada : nil, nextAt: Millis(500))
        try await world.store.write { try $0.storeMatches([reading], customer: customer, at: Millis(8)) }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONBytes
import People
import SQLFile
import Testing

@testable import Sandbox

/// The search against the plainest filter that can be written, over a small world.
@Suite struct SearchModelTests {
    /// A filter as somebody would write it who has never heard of indexes.
    struct Naive {
        var member: Member
        var isInATS: Bool
        var isPastApplicant: Bool

        func words(_ texts: String...) -> Set<String> {
            Set(
                texts.joined(separator: " ").folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
                    .split { !$0.isLetter && !$0.isNumber }.map { $0.lowercased() })
        }

        func has(_ text: String?, _ texts: Set<String>) -> Bool { text.map { words($0).isSubset(of: texts) } ?? true }

        func isFound(_ query: MemberQuery) -> Bool {
            let place = SearchText.place(city: member.city, state: member.state, country: member.country)
            return member.closed == nil
                && has(
                    query.keyword,
                    words(
                        member.firstName, member.lastName, member.title, member.company, place,
                        member.skills.joined(separator: " ")))
                && has(query.firstName, words(member.firstName)) && has(query.lastName, words(member.lastName))
                && has(query.title, words(member.title)) && has(query.company, words(member.company))
                && has(query.place, words(place))
                && (query.exactTitle ?? member.title) == member.title
                && (query.exactCompany ?? member.company) == member.company
                && (query.exactPlace ?? member.place) == member.place
                && (!query.isOpenToWork || member.isOpenToWork) && (query.isInATS ?? isInATS) == isInATS
                && (!query.isPastApplicant || isPastApplicant)
        }
    }

    @Test func `every query finds who a naive filter finds, page by page, and counts them`() async throws {
        let desk = try await Recruiting { $0.members = 400 }
        let sandbox = desk.world.sandbox
        try await sandbox.generateMembers()
        try await desk.showAll()
        try await desk.sync(jobs: ["J-1"])
        let all = try await sandbox.core.world.read { tx in try tx.members(after: 0, limit: 1_000) }
        let records = Records(desk)
        var (known, applied): (Set<Int64>, Set<Int64>) = ([], [])
        for member in all where member.number % 7 == 0 && member.number <= 400 {
            try await records.candidate("C-\(member.number)", email: member.email.uppercased())
            known.insert(member.number)
            guard member.number % 2 == 0 else { continue }
            try await records.application("A-\(member.number)", of: "C-\(member.number)", job: "J-1")
            applied.insert(member.number)
        }
        // Linked by hand to somebody else than the e-mail says, and somebody who left.
        try await records.candidate("C-hand", email: all[0].email, manual: all[1].number)
        known.insert(all[1].number)
        try await desk.world.control("POST", "members/close", ["member": 14])
        try await sandbox.advance(by: .seconds(10))
        try await SearchKeeper.finish(in: sandbox)

        let recruiter = try #require(
            try await Recruiter.signedIn(PageSession(token: "", secret: [], seat: desk.seat), sandbox))
        let core = sandbox.core
        let people = try await core.world.read { [known, applied] tx in
            try tx.members(after: 0, limit: 1_000).map {
                Naive(
                    member: $0, isInATS: known.contains($0.number), isPastApplicant: applied.contains($0.number))
            }
        }
        var dice = Dice(seed: 11)
        for _ in 0..<300 {
            let query = Self.query(&dice, people.map(\.member))
            let wanted = people.filter { $0.isFound(query) }.map(\.member.number).sorted(by: >)
            let found = try await core.world.read { tx in
                let scope = try RecruiterView(recruiter, core, tx).scope
                var found: [Int64] = []
                while true {
                    let page = try tx.members(query, scope, before: found.last, limit: 7)
                    found += page
                    if page.count < 7 { return (found, try tx.facets(query, scope, values: 1_000)) }
                }
            }
            #expect(found.0 == wanted, "\(query)")
            let facets = found.1
            let members = people.filter { wanted.contains($0.member.number) }
            #expect(facets.count == wanted.count && !facets.isCapped)
            #expect(facets.openToWork == members.count { $0.member.isOpenToWork })
            #expect(facets.inATS == members.count { $0.isInATS })
            #expect(
                Dictionary(uniqueKeysWithValues: facets.places.map { ($0.text, $0.count) })
                    == Dictionary(grouping: members.map(\.member.place).filter { !$0.isEmpty }) { $0 }.mapValues(
                        \.count))
        }
    }

    /// Mostly of words that somebody has.
    private static func query(_ dice: inout Dice, _ members: [Member]) -> MemberQuery {
        var query = MemberQuery()
        let somebody = dice.pick(members)
        func maybe(_ part: UInt64, _ text: String, _ dice: inout Dice) -> String? {
            guard dice.chance(of: part, in: 10), !text.isEmpty else { return nil }
            let word = dice.pick(text.split(separator: " ").map(String.init))
            return dice.chance(of: 1, in: 2) ? word.uppercased() : word
        }
        query.keyword = maybe(
            5, [somebody.title, somebody.city, somebody.lastName, somebody.company].joined(separator: " "), &dice)
        query.firstName = maybe(1, somebody.firstName, &dice)
        query.lastName = maybe(1, somebody.lastName, &dice)
        query.title = maybe(3, somebody.title, &dice)
        query.company = maybe(1, somebody.company, &dice)
        query.place = maybe(2, somebody.place, &dice)
        if dice.chance(of: 1, in: 8) { query.exactTitle = somebody.title }
        if dice.chance(of: 1, in: 10) { query.exactCompany = somebody.company }
        if dice.chance(of: 1, in: 8) { query.exactPlace = somebody.place }
        query.isOpenToWork = dice.chance(of: 1, in: 4)
        query.isInATS = dice.chance(of: 1, in: 3) ? dice.chance(of: 1, in: 2) : nil
        query.isPastApplicant = dice.chance(of: 1, in: 5)
        return query
    }
}

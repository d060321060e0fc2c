// SPDX-License-Identifier: Apache-2.0

import Domain
import People
import SQLFile

extension SampleATS {
    static let recruiters = 12

    /// One vacancy, worked out from its index alone.
    struct Requisition {
        var number: String
        var title: String
        var opened: Int64
        var closed: Int64?
        var state: String
        var dice: Dice
    }

    func requisition(_ index: Int) -> Requisition {
        var dice = Dice(seed: options.people.seed &+ 101, index: index)
        let title = options.people.person(options.members + 5_000_000 + index).title
        let age = Int64(dice.fraction() * Double(Clock.span - 3 * Clock.day)) + 2 * Clock.day
        let opened = options.now.value - age
        let isOpen = age < 120 * Clock.day || dice.chance(of: 1, in: 6)
        let closed = isOpen ? nil : opened + Int64(Double(age) * (0.2 + 0.7 * dice.fraction()))
        let state =
            isOpen
            ? (dice.chance(of: 1, in: 12) ? "On hold" : "Open")
            : dice.pick(["Filled", "Filled", "Filled", "Cancelled"])
        let year = Clock.text(opened).prefix(4)
        return Requisition(
            number: "R-\(year)-\(10_000 + index)", title: title, opened: opened, closed: closed, state: state,
            dice: dice)
    }

    func writeRequisitions() async throws {
        let people = (0..<Self.recruiters).map { options.people.person(options.members + 6_000_000 + $0) }
        try await database.write { tx in
            for (index, person) in people.enumerated() {
                try tx.run(
                    "INSERT INTO recruiters VALUES (?, ?, ?, ?)", .int(index + 1), .text(person.firstName),
                    .text(person.lastName), .text(person.email))
            }
        }
        let all = (0..<options.jobs).map {
            ($0, requisition($0), options.people.person(options.members + 7_000_000 + $0))
        }
        try await database.write { tx in
            for (index, job, place) in all {
                var dice = job.dice
                try tx.run(
                    "INSERT INTO requisitions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", .text(job.number),
                    .text(job.title),
                    .text(dice.pick(Texts.departments)), .text(Self.description(index, job, &dice)), .text(place.city),
                    .text(place.state),
                    .text(place.country), .text(job.state), .flag(dice.chance(of: 4, in: 5)),
                    .int(Int(dice.next() % UInt64(Self.recruiters)) + 1),
                    .text(Clock.text(job.opened)), .optional(job.closed.map(Clock.text)),
                    .text(Clock.text(job.closed ?? job.opened)))
            }
        }
    }

    /// HTML as people paste it; every fortieth is too short for LinkedIn.
    private static func description(_ index: Int, _ job: Requisition, _ dice: inout Dice) -> String {
        if index % 40 == 7 { return "<p>\(job.title), see intranet.</p>" }
        let duties = (0..<4).map { _ in "<li>\(dice.pick(Texts.duties))</li>" }.joined()
        let wishes = (0..<3).map { _ in "<li>\(dice.pick(Texts.wishes))</li>" }.joined()
        return "<p>\(dice.pick(Texts.openings)) <b>\(job.title)</b>.</p><h3>What you will do</h3><ul>\(duties)</ul>"
            + "<h3>What you bring</h3><ul>\(wishes)</ul><p>\(dice.pick(Texts.closings))</p>"
    }
}

// SPDX-License-Identifier: Apache-2.0

import Domain
import People
import SQLFile

extension SampleATS {
    /// Application number `index` with its steps, comments and scorecards.
    func writeSubmission(_ tx: SQLTransaction, _ index: Int) throws {
        var dice = Dice(seed: options.people.seed &+ 404, index: index)
        let person = Int(dice.next() % UInt64(options.candidates))
        let job = requisition(Int(dice.next() % UInt64(options.jobs)))
        let earliest = max(created(person: person), job.opened)
        let latest = max(earliest, min(job.closed ?? .max, options.now.value - Clock.day))
        let submitted = earliest + Int64(dice.fraction() * Double(min(latest - earliest, 60 * Clock.day)))
        let steps = Self.steps(&dice, jobIsClosed: job.closed != nil)
        // The steps are spread over the time that is left, at most twelve days apart.
        let pace = min(12 * Clock.day, (options.now.value - submitted) / Int64(steps.count + 1))
        var moments: [Int64] = []
        for number in steps.indices {
            moments.append(
                submitted + Int64(number) * pace + (number == 0 ? 0 : Int64(dice.fraction() * Double(pace / 2))))
        }
        let id = index + 1
        let reason: String? = steps.last == 90 ? dice.pick(Texts.declineReasons) : nil
        try tx.run(
            "INSERT INTO submissions VALUES (?, ?, ?, ?, ?, ?, ?, ?)", .int(id), .text(job.number), .int(person + 1),
            .text(dice.pick(Texts.channels)),
            .int(steps.last ?? 10), .optional(reason), .text(Clock.text(submitted)),
            .text(Clock.text(moments.last ?? submitted)))
        for (number, step) in steps.enumerated() {
            try tx.run(
                "INSERT INTO submission_events VALUES (?, ?, ?, ?)", .int(id), .int(number + 1), .int(step),
                .text(Clock.text(moments[number])))
            if step == 20 || step == 30 { try scorecard(tx, of: id, step, at: moments[number], &dice) }
        }
        if dice.chance(of: 4, in: 10) { try comment(tx, on: "submission", id, at: moments.last ?? submitted, &dice) }
    }

    /// The steps an application has been through.
    private static func steps(_ dice: inout Dice, jobIsClosed: Bool) -> [Int] {
        var steps = [10]
        for step in [20, 30, 40, 50] {
            guard dice.chance(of: 1, in: 2) else { break }
            steps.append(step)
        }
        let isUndecided = steps.last != 50 && !jobIsClosed && dice.chance(of: 2, in: 3)
        return steps.last == 50 || isUndecided ? steps : steps + [90]
    }

    private func scorecard(_ tx: SQLTransaction, of id: Int, _ step: Int, at moment: Int64, _ dice: inout Dice) throws {
        guard dice.chance(of: 4, in: 5) else { return }
        let interviewer = options.people.person(options.members + 8_000_000 + Int(dice.next() % 40))
        let score = { (dice: inout Dice) -> SQLValue in
            dice.chance(of: 1, in: 10) ? .null : .int(Int(dice.next() % 5) + 1)
        }
        try tx.run(
            """
            INSERT INTO scorecards (submission_id, kind, interviewer_first, interviewer_last, summary, skills, communication, motivation, recorded_on)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, .int(id), .text(step == 20 ? "PHONE" : "ONSITE"), .text(interviewer.firstName),
            .text(interviewer.lastName),
            .text(dice.pick(Texts.summaries)),
            score(&dice), score(&dice), score(&dice), .text(Clock.text(moment)))
    }
}

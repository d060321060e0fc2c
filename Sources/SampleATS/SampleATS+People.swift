// SPDX-License-Identifier: Apache-2.0

import Domain
import People
import SQLFile

extension SampleATS {
    /// When a person's file was opened, worked out from the index alone.
    func created(person index: Int) -> Int64 {
        var dice = Dice(seed: options.people.seed &+ 202, index: index)
        return options.now.value - Clock.day - Int64(dice.fraction() * Double(Clock.span - 2 * Clock.day))
    }

    /// Candidate number `index`: of each hundred 55 members by e-mail, 15 by profile URL, 30 nobody LinkedIn knows.
    func writePerson(_ tx: SQLTransaction, _ index: Int) throws {
        var dice = Dice(seed: options.people.seed &+ 303, index: index)
        let lot = dice.next() % 100
        let isMember = lot < 70 && options.members > 0
        let person = options.people.person(isMember ? index % options.members : options.members + index)
        let hasURL = isMember && (lot >= 55 || dice.chance(of: 1, in: 2))
        let created = created(person: index)
        let id = SQLValue.int(index + 1)
        try tx.run(
            "INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", id, .text(person.firstName),
            .text(person.lastName),
            .text(person.company), .text(person.title), .text(person.phone),
            .optional(dice.chance(of: 1, in: 5) ? person.phone + "7" : "-"),
            .optional(hasURL ? person.profileURL : nil), .text("\(dice.next() % 200 + 1) \(dice.pick(Texts.streets))"),
            .text(person.city),
            .text(person.state), .text(person.country), .text(Clock.text(created)), .text(Clock.text(created)))
        var addresses =
            lot < 55 && isMember || !isMember
            ? [person.email] : ["\(person.firstName.lowercased().utf8.count)\(index)@home.example"]
        if dice.chance(of: 1, in: 8) { addresses.append("office\(index)@work.example") }
        switch index % 250 {
        case 77: addresses = ["n/a"]
        case 178: addresses = ["\(index)(at)post.example"]
        case 203: addresses = []
        default: break
        }
        for (position, address) in addresses.enumerated() {
            try tx.run("INSERT INTO person_emails VALUES (?, ?, ?)", id, .int(position), .text(address))
        }
        if dice.chance(of: 3, in: 10) {
            let written = min(created + Int64(dice.next() % UInt64(60 * Clock.day)), options.now.value - 1000)
            try comment(tx, on: "person", index + 1, at: written, &dice)
        }
    }

    func comment(_ tx: SQLTransaction, on subject: String, _ id: Int, at moment: Int64, _ dice: inout Dice) throws {
        try tx.run(
            "INSERT INTO comments (subject, subject_id, recruiter_id, body, written_on, modified_on) VALUES (?, ?, ?, ?, ?, ?)",
            .text(subject), .int(id),
            .int(Int(dice.next() % UInt64(Self.recruiters)) + 1), .text(dice.pick(Texts.comments)),
            .text(Clock.text(moment)), .text(Clock.text(moment)))
    }
}

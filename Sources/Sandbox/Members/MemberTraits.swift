// SPDX-License-Identifier: Apache-2.0

import People

/// What a profile says that the directory does not: skills, and whether the member is open to work. A pure function of
/// number and title, so that nothing is stored for a million members and every run sees the same.
struct MemberTraits: Sendable, Hashable {
    var skills: [String]
    var isOpenToWork: Bool

    /// Four of the skills that go with the title, none for a title nobody knows. Eighteen of a hundred members are open
    /// to work.
    init(number: Int64, title: String) {
        var dice = Self.dice(number)
        isOpenToWork = Self.isOpen(&dice)
        let all = Skills.of(title: title)
        guard all.count > 4 else {
            skills = all
            return
        }
        let start = Int(dice.next() % UInt64(all.count))
        skills = (0..<4).map { all[(start + $0) % all.count] }
    }

    /// The same without the skills.
    static func isOpenToWork(number: Int64) -> Bool {
        var dice = dice(number)
        return isOpen(&dice)
    }

    private static func dice(_ number: Int64) -> Dice { Dice(seed: 0x7A17, index: Int(number)) }

    private static func isOpen(_ dice: inout Dice) -> Bool { dice.chance(of: 18, in: 100) }
}

/// Which skills go with which of the directory's titles.
enum Skills {
    private static let byTitle = Dictionary(uniqueKeysWithValues: Occupation.all.map { ($0.title, $0.skills) })

    /// - Parameter title: with or without a level, any case.
    static func of(title: String) -> [String] {
        if let exact = byTitle[title] { return exact }
        // "Senior Data Engineer" is a data engineer.
        if let space = title.firstIndex(of: " "), let known = byTitle[String(title[title.index(after: space)...])] {
            return known
        }
        let folded = title.prefix(200).lowercased()
        guard !folded.isEmpty else { return [] }
        return byTitle.keys.sorted().first { folded.contains($0.lowercased()) }.flatMap { byTitle[$0] } ?? []
    }

    /// Every skill there is, once.
    static let all: [String] = Set(byTitle.values.joined()).sorted()
}

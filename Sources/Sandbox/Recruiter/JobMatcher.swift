// SPDX-License-Identifier: Apache-2.0

import Foundation
internal import JSONBytes

/// What a job asks for, read out of what the ATS synced. Source: recommended-matches (modules 3–5, B.4): a job needs a
/// title and a location.
struct JobNeed: Sendable, Hashable {
    var title: String
    var location: String
    /// Words of the title without its level.
    let titleWords: Set<String>
    let level: String?
    /// Skills that its texts name, or else those that go with its title.
    let skills: [String]
    /// Parts of the location between commas, folded: "austin", "tx".
    let places: Set<String>

    /// - Returns: nil when the job lacks a title or a location: LinkedIn recommends nobody then.
    init?(_ record: JSONValue) {
        func text(_ name: String) -> String { record[name]?.string ?? "" }
        let others = record["alternateLocations"]?.array?.compactMap(\.string) ?? []
        let locations = ([text("location")] + others + [text("countryCode")]).filter { !$0.isEmpty }
        let title = text("title")
        guard !title.isEmpty, !locations.isEmpty else { return nil }
        self.title = title
        location = locations[0]
        let words = Self.words(title)
        level = words.first { Self.levels.contains($0) }
        let rest = Set(words).subtracting(Self.levels)
        titleWords = rest.isEmpty ? Set(words) : rest
        let prose =
            " "
            + Self.words([title, text("description"), text("skillsDescription")].joined(separator: " "))
            .joined(separator: " ") + " "
        let named = Skills.all.filter { prose.contains(" " + Self.words($0).joined(separator: " ") + " ") }
        skills = named.isEmpty ? Skills.of(title: title) : named
        places = Set(
            locations.flatMap { $0.split(separator: ",") }.map { Self.folded(String($0)) }.filter { !$0.isEmpty })
    }

    /// Words of a level and not of a trade.
    private static let levels: Set<String> = [
        "senior", "lead", "principal", "junior", "staff", "associate", "head", "of", "the", "and", "m", "f", "d", "w",
    ]

    /// Folded to lower case without accents.
    static func words(_ text: String) -> [String] {
        folded(text).split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    static func folded(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil).lowercased()
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

/// How well a member fits a job, and why. What LinkedIn weighs is not known; this is title, skills and place, in that
/// order.
struct JobMatch: Sendable, Hashable {
    var member: Member
    /// Of 100.
    var score: Int
    var reasons: [String]

    /// - Returns: nil when the member has nothing of what the job asks for.
    init?(_ member: Member, _ need: JobNeed) {
        var (score, reasons) = (0, [String]())
        let words = Set(JobNeed.words(member.title))
        let common = need.titleWords.intersection(words)
        if !common.isEmpty {
            score += 50 * common.count / need.titleWords.count
            let isWhole = common.count == need.titleWords.count
            let isLevel = need.level.map(words.contains) ?? false
            if isLevel { score += 5 }
            reasons.append(
                "\(isWhole ? "Title" : "Part of the title"): \(member.title)" + (isLevel ? ", same level" : ""))
        }
        let skills = member.skills.filter(need.skills.contains)
        if !skills.isEmpty {
            score += min(20, skills.count * 5)
            reasons.append("Skills: " + skills.joined(separator: ", "))
        }
        guard score > 0 else { return nil }
        let country = JobNeed.folded(SearchText.country(member.country))
        if !member.city.isEmpty, need.places.contains(JobNeed.folded(member.city)) {
            score += 20
            reasons.append("Place: \(member.place)")
        } else if !member.state.isEmpty, need.places.contains(JobNeed.folded(member.state)) {
            score += 12
            reasons.append("Same region: \(member.state)")
        } else if !member.country.isEmpty,
            need.places.contains(country) || need.places.contains(JobNeed.folded(member.country))
        {
            score += 8
            reasons.append("Same country")
        }
        if member.isOpenToWork {
            score += 5
            reasons.append("Open to work")
        }
        self.member = member
        self.score = score
        self.reasons = reasons
    }

    /// Better first; of two that are equally good the newer member.
    static func isBetter(_ left: Self, _ right: Self) -> Bool {
        (left.score, left.member.number) > (right.score, right.member.number)
    }
}

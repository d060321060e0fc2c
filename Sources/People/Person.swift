// SPDX-License-Identifier: Apache-2.0

/// An invented person: the same seed and index always make the same one, on every machine and in every version.
///
/// Nobody in it exists: mail hosts end in `.example` (RFC 2606), telephone numbers use 555-01xx, companies are made up.
package struct Person: Sendable, Hashable {
    /// Position in the directory, from 0.
    package var index: Int
    package var firstName: String
    package var lastName: String
    /// Lower case, unique within a seed.
    package var email: String
    /// What the person does, for example "Data Engineer".
    package var title: String
    /// The line under a name: title and employer.
    package var headline: String { "\(title) at \(company)" }
    package var company: String
    package var city: String
    /// State, province or region; empty where addresses have none.
    package var state: String
    /// ISO 3166-1 alpha-2, lower case, as LinkedIn's samples write it.
    package var country: String
    package var phone: String
    /// `https://www.linkedin.com/in/…`, unique within a seed.
    package var profileURL: String

    /// Makes person number `index` of the directory `seed`. Costs about a microsecond.
    package init(seed: UInt64, index: Int) {
        var dice = Dice(seed: seed, index: index)
        let culture = dice.pick(Names.cultures)
        let first = dice.pick(culture.first)
        let last = dice.pick(culture.last)
        let place = dice.chance(of: 3, in: 4) ? dice.pick(culture.places) : dice.pick(dice.pick(Names.cultures).places)
        let tag = Self.tag(seed: seed, index: index)

        self.index = index
        firstName = first
        lastName = last
        title =
            dice.chance(of: 2, in: 5) ? dice.pick(Work.levels) + " " + dice.pick(Work.titles) : dice.pick(Work.titles)
        company = dice.pick(Work.companyHeads) + " " + dice.pick(Work.companyTails)
        city = place.city
        state = place.state
        country = place.country
        phone = "+\(place.callingCode) 555 01\(dice.digits(2))"
        let plainFirst = Spelling.plain(first)
        let plainLast = Spelling.plain(last)
        email = "\(plainFirst).\(plainLast).\(tag)@\(dice.pick(Work.mailHosts))"
        profileURL = "https://www.linkedin.com/in/\(plainFirst)-\(plainLast)-\(tag)"
    }

    /// Different for every index of a seed: a bijection of the index, so no table of names in use is needed.
    private static func tag(seed: UInt64, index: Int) -> String {
        // 36 bits: odd multiplication and xor-shift are both reversible, so two indexes below 2^36 never meet.
        let mask: UInt64 = (1 << 36) - 1
        var value = (UInt64(index) &+ seed &* 0x9E37_79B9) & mask
        value = (value &* 0x5_DEEC_E66D) & mask
        value ^= value >> 18
        value = (value &* 0x2_545F_4915) & mask
        return String(value, radix: 36)
    }
}

// SPDX-License-Identifier: Apache-2.0

/// What may stand in a field of our record language. An empty or blank text, like null, is the same as no value.
package indirect enum ATSType: Sendable {
    /// The ATS's own name for something: a text of 1…500 characters, or an integer, which is taken as its digits.
    case id
    /// Lengths in characters (Unicode scalars).
    case text(min: Int = 0, max: Int)
    case email
    case url
    /// A URL whose `https://` may be left out when it begins with linkedin.com.
    case linkedInURL
    /// ISO 8601 with a zone, a date alone (midnight UTC), or milliseconds since 1970 as a number.
    case time
    case flag
    /// A country; two letters are taken as an ISO code and written in lower case.
    case country
    /// `urn:li:person:…`
    case person
    case choice([Choice])
    /// An array of up to `ATSType.listLimit` values, or one value alone.
    case list(ATSType)
    case record(ATSRecord)

    /// One word of a choice and LinkedIn's symbol for it. Case, spaces, `-` and `_` do not matter.
    package struct Choice: Hashable, Sendable {
        package var word: String
        package var others: [String]
        package var symbol: String

        init(_ word: String, or others: String..., means symbol: String) {
            self.word = word
            self.others = others
            self.symbol = symbol
        }
    }

    /// Our own limits where LinkedIn documents none: they keep one record from filling a batch.
    package static let shortText = ATSType.text(max: 1_000)
    package static let longText = ATSType.text(max: 100_000)
    package static let listLimit = 100
    package static let longestID = 500

    /// The type in words.
    package var name: String {
        switch self {
        case .id: "id"
        case .text: "text"
        case .email: "e-mail"
        case .url, .linkedInURL: "URL"
        case .time: "time"
        case .flag: "true or false"
        case .country: "country"
        case .person: "person URN"
        case .choice: "word"
        case .list(let element): "list of \(element.name)"
        case .record(let record): record.name
        }
    }

    /// The limits in words; empty when there are none worth telling.
    package var limit: String {
        switch self {
        case .id: "1…\(Self.longestID) characters"
        case .text(0, let max): "at most \(max) characters"
        case .text(let min, let max): "\(min)…\(max) characters"
        case .email: "name@host.domain"
        case .url, .linkedInURL: "absolute, http or https"
        case .time: "ISO 8601 with zone, or epoch milliseconds"
        case .flag: ""
        case .country: "two-letter ISO code"
        case .person: "urn:li:person:…"
        case .choice(let choices): choices.map(\.word).joined(separator: ", ")
        case .list(let element): element.limit
        case .record(let record): record.fields.map { $0.isRequired ? "\($0.name)*" : $0.name }.joined(separator: ", ")
        }
    }
}

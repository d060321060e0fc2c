// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What somebody typed into a search box as an expression of SQLite's full-text search, where it can mean nothing but
/// itself.
enum SearchText {
    /// More words than this are not looked at.
    static let mostTerms = 20

    /// Words and "quoted phrases" without what has no letter or digit; at most `mostTerms`.
    static func terms(_ text: String) -> [String] {
        var terms: [String] = []
        for (index, part) in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
            // Every second part stands between quotes; the last one is no phrase when its quote is missing.
            let pieces = index % 2 == 1 ? [part] : part.split(whereSeparator: \.isWhitespace)
            for piece in pieces where piece.unicodeScalars.contains(where: isWordy) {
                terms.append(String(piece.unicodeScalars.filter { $0 != "\0" }.prefix(100).map(Character.init)))
                if terms.count == mostTerms { return terms }
            }
        }
        return terms
    }

    /// All of the words, each in any of the columns; nil when there is none to look for.
    static func all(of text: String, in columns: String) -> String? {
        let terms = terms(text)
        return terms.isEmpty ? nil : "{\(columns)} : (\(terms.map(quoted).joined(separator: " AND ")))"
    }

    /// Any of the words.
    static func any(of terms: [String], in columns: String) -> String? {
        terms.isEmpty
            ? nil : "{\(columns)} : (\(terms.prefix(mostTerms).map(quoted).joined(separator: " OR ")))"
    }

    /// What a place is found by: its city, its state, and its country by code and by English name.
    static func place(city: String, state: String, country: String) -> String {
        [city, state, country, self.country(country)].joined(separator: " ")
    }

    /// A country's English name by its code; empty for what is none.
    static func country(_ code: String) -> String { countries[code.lowercased()] ?? "" }

    private static let countries: [String: String] = {
        let english = Locale(identifier: "en_US")
        return Dictionary(
            Locale.Region.isoRegions.compactMap { region in
                english.localizedString(forRegionCode: region.identifier).map {
                    (region.identifier.lowercased(), $0)
                }
            }, uniquingKeysWith: { first, _ in first })
    }()

    /// The classes that the tokenizer makes words of.
    private static func isWordy(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .privateUse:
            true
        default: false
        }
    }

    private static func quoted(_ term: String) -> String { "\"" + term.replacing("\"", with: "\"\"") + "\"" }
}

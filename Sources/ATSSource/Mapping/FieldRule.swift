// SPDX-License-Identifier: Apache-2.0

import Foundation

/// An ATS field and how it gets its value.
struct NamedRule: Sendable {
    var field: String
    var rule: FieldRule
}

/// How one field gets its value from a row: where from, then what is done to it, in the order of the properties.
struct FieldRule: Sendable {
    indirect enum Origin: Sendable {
        case column(String)
        case constant(Constant)
        case template(Template)
        /// The first that is not null.
        case first([FieldRule])
        /// All that are not null.
        case list([FieldRule])
        /// The pieces of one column between separators.
        case split(column: String, separator: String)
        /// An object of the fields that are not null; null when all are but constants.
        case object([NamedRule])
    }

    enum Constant: Sendable {
        case text(String), bool(Bool), int(Int64)
    }

    /// What a text becomes.
    enum Conversion: Sendable {
        case text
        /// ISO 8601 in UTC. `zone` nil means the source's.
        case date(DateForm, zone: TimeZone?)
        /// 1, true, t, yes, y, on and 0, false, f, no, n, off in any case.
        case boolean
        case integer
        /// HTML to plain text.
        case plainText
    }

    var origin: Origin
    /// Texts that mean "nothing"; nil means those of the record.
    var nullIf: Set<String>?
    /// Another text for some texts.
    var map: [String: String] = [:]
    /// What a text becomes that `map` does not name; nil leaves it as it is.
    var otherwise: String?
    var conversion = Conversion.text
    /// What null becomes.
    var fallback: String?
    var line: Int
}

extension FieldRule {
    /// Every column the rule reads, with the line that names it.
    var columns: [(name: String, line: Int)] {
        switch origin {
        case .column(let name), .split(let name, _): [(name, line)]
        case .constant: []
        case .template(let template): template.columns.map { ($0, line) }
        case .first(let rules), .list(let rules): rules.flatMap(\.columns)
        case .object(let fields): fields.flatMap(\.rule.columns)
        }
    }
}

/// What a run remembers to read only what changed: the highest value of a column, less an overlap for clocks that are
/// coarse or
/// transactions that commit late.
struct WatermarkRule: Sendable {
    enum Kind: String, CaseIterable, Sendable { case timestamp, integer, text }

    var column: String
    var kind: Kind
    var overlap: Duration
    /// What the first run begins with.
    var start: String
    var line: Int
}

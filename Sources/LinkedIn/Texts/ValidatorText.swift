// SPDX-License-Identifier: Apache-2.0

/// The lines that LinkedIn's data validator writes into the message of a 422, each with its line feed.
///
/// `path` has slashes and array positions: `/title`, `/addresses/0/country`. In a batch it starts at the element.
/// Several problems of one entity are several lines of one message (capture, third party).
package enum ValidatorText {
    /// Source: create-jobs error table (documented).
    package static func missing(_ path: String) -> String {
        line(path, "field is required but not found and has no default value")
    }

    /// - Parameters:
    ///   - value: what was sent, as text.
    ///   - type: `Long`, `String`, …; see `FieldType.coercionName`.
    ///
    /// Source: create-jobs error table (documented).
    package static func notCoercible(_ path: String, value: String, type: String) -> String {
        line(path, "\(value) cannot be coerced to \(type)")
    }

    /// Source: create-jobs error table (documented).
    package static func notAnEnumSymbol(_ path: String, value: String) -> String {
        line(path, "\"\(value)\" is not an enum symbol")
    }

    /// Source: create-jobs error table (documented).
    package static func enumNotAString(_ path: String) -> String {
        line(path, "enum type is not backed by a String")
    }

    /// Source: captures of another product (third party).
    package static func unrecognizedField(_ path: String) -> String {
        line(path, "unrecognized field found but not allowed")
    }

    /// Source: captures of another product (third party).
    package static func badURN(_ path: String) -> String {
        line(path, "Invalid Urn format. Invalid prefix.")
    }

    /// A rule whose wording no page gives: dates, e-mail pattern, lengths. UNVERIFIED: the reason's words.
    package static func broken(_ path: String, _ reason: String) -> String { line(path, reason) }

    private static func line(_ path: String, _ problem: String) -> String { "ERROR :: \(path) :: \(problem)\n" }
}

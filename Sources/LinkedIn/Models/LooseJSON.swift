// SPDX-License-Identifier: Apache-2.0

package import JSONBytes

/// Readings for fields whose type LinkedIn's pages leave open: numbers written as texts, texts written as numbers,
/// a list where one value is meant.
extension JSONValue {
    /// A whole number, also one written as text, or the number of a URN (`urn:li:seat:7`).
    package var looseNumber: Int64? { int ?? string.flatMap { Int64($0) ?? URN($0).flatMap { Int64($0.id) } } }

    /// An id as text, whichever way it is written; nil for an empty one.
    package var looseID: String? {
        let text = string ?? int.map { String($0) }
        return text?.isEmpty == false ? text : nil
    }

    /// A text that says something; of a list the first one.
    package var looseText: String? {
        if let text = string { return text.isEmpty ? nil : text }
        return array?.lazy.compactMap(\.looseText).first
    }

    /// Texts that say something, of a list or of a single value.
    package var looseTexts: [String] { array?.compactMap(\.looseText) ?? looseText.map { [$0] } ?? [] }

    /// A place's name: a text, or an object with `locationName` or `name` (modules-3-5 A.5.2, confidence T).
    package var loosePlace: String? { looseText ?? self["locationName"]?.looseText ?? self["name"]?.looseText }
}

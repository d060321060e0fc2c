// SPDX-License-Identifier: Apache-2.0

import JSONBytes

/// One column's value in one row, as the source gave it.
enum Cell: Sendable, Hashable {
    case null
    /// Text, and every number: an id must not lose its leading zeros, nor an amount its digits.
    case text(String)
    /// A date and time without a zone, as databases keep it.
    case wall(WallTime)
    /// A member of an NDJSON object that is neither text nor number.
    case json(JSONValue)

    /// The text of the value, white space at both ends removed; nil for null and for nothing but white space.
    var text: String? {
        switch self {
        case .null: nil
        case .text(let text): text.trimmed
        case .wall(let time): time.description
        case .json(.bool(let flag)): flag ? "true" : "false"
        case .json: nil
        }
    }
}

extension String {
    /// Without the white space at both ends; nil when nothing is left.
    var trimmed: String? {
        let bytes = utf8
        guard let first = bytes.first, let last = bytes.last else { return nil }
        // The usual text has nothing to trim: two bytes tell (a non-ASCII blank starts with C2 or E2/E3 and is left
        // alone).
        guard first <= 0x20 || last <= 0x20 else { return self }
        guard let start = bytes.firstIndex(where: { $0 > 0x20 }), let end = bytes.lastIndex(where: { $0 > 0x20 }) else {
            return nil
        }
        return String(self[start...end])
    }
}

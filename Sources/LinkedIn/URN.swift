// SPDX-License-Identifier: Apache-2.0

/// LinkedIn's name for a thing: `urn:li:{type}:{id}`, at most 255 characters.
/// Source: API concepts, URNs (documented).
package struct URN: Hashable, Sendable, CustomStringConvertible {
    /// `organization`, `contract`, `person`, `simpleJobPostingTask`, …
    package let type: String
    package let id: String

    package init(type: String, id: String) {
        self.type = type
        self.id = id
    }

    /// - Returns: nil unless `text` is `urn:li:` followed by a type of letters and digits, a colon and an id without
    ///   spaces.
    package init?(_ text: String) {
        guard text.utf8.count <= 255, text.hasPrefix(Self.prefix) else { return nil }
        let rest = text.utf8.dropFirst(Self.prefix.utf8.count)
        guard let colon = rest.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let type = rest[..<colon]
        let id = rest[rest.index(after: colon)...]
        guard !type.isEmpty, type.allSatisfy(Self.isTypeByte), !id.isEmpty, id.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else { return nil }
        self.type = String(Substring(type))
        self.id = String(Substring(id))
    }

    package var description: String { "\(Self.prefix)\(type):\(id)" }

    private static let prefix = "urn:li:"

    private static func isTypeByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            false
        }
    }
}

/// What one kind of URN is called and what its ids look like.
package protocol URNKind: Sendable {
    static var type: String { get }
    /// True when ids of this kind are decimal numbers.
    static var isNumeric: Bool { get }
}

/// A URN of one known kind: an organization cannot be passed where a contract is meant.
package struct TypedURN<Kind: URNKind>: Hashable, Sendable, CustomStringConvertible {
    /// What follows the last fixed colon: `5001` in `urn:li:organization:5001`.
    package let id: String

    /// - Returns: nil unless `text` is a URN of this kind.
    package init?(_ text: String) {
        guard let urn = URN(text) else { return nil }
        self.init(urn)
    }

    package init?(_ urn: URN) {
        guard urn.type == Kind.type, !Kind.isNumeric || Self.isDecimal(urn.id) else { return nil }
        id = urn.id
    }

    package init(number: Int64) { id = String(number) }

    /// - Precondition: a numeric kind gets a decimal number.
    package init(id: String) {
        precondition(!Kind.isNumeric || Self.isDecimal(id), "this kind of URN has a decimal id")
        self.id = id
    }

    /// The id as a number, where the kind is numeric.
    package var number: Int64? { Int64(id) }
    package var urn: URN { URN(type: Kind.type, id: id) }
    package var description: String { urn.description }

    private static func isDecimal(_ id: String) -> Bool {
        !id.isEmpty && id.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

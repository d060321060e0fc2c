// SPDX-License-Identifier: Apache-2.0

/// One entity's key. Simple keys are one text; complex and compound keys are named parts whose order means nothing.
///
/// Texts are compared byte by byte, unlike Swift's strings: two ids that only look alike are two ids to LinkedIn.
package enum EntityKey: Sendable {
    case simple(String)
    case parts(KeyParts)

    /// The part called `name`; nil for a simple key.
    package subscript(name: String) -> String? { if case .parts(let parts) = self { parts[name] } else { nil } }

    /// The text of a simple key; nil for one of parts.
    package var text: String? { if case .simple(let text) = self { text } else { nil } }
}

extension EntityKey: Hashable {
    package static func == (lhs: EntityKey, rhs: EntityKey) -> Bool {
        switch (lhs, rhs) {
        case (.simple(let left), .simple(let right)): left.hasBytes(of: right)
        case (.parts(let left), .parts(let right)): left == right
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .simple(let text): text.hashBytes(into: &hasher)
        case .parts(let parts): parts.hash(into: &hasher)
        }
    }
}

extension String {
    /// The same bytes, not only the same characters.
    func hasBytes(of other: String) -> Bool { utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8) }

    func hashBytes(into hasher: inout Hasher) {
        var text = self
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

/// Where a key is written. Each place has its own spelling.
package enum KeyPlace: Sendable, Hashable, CaseIterable {
    /// A value of the query; for a key of parts the joined form of a 1.0.0 compound key, or 2.0.0's `(…)`.
    case query
    /// One path segment.
    case path
    /// A member name of `entities`.
    case requestBody
    /// A member name of `results` and `errors`.
    case responseBody
    /// The id header of a create.
    case header
}

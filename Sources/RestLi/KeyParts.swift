// SPDX-License-Identifier: Apache-2.0

/// The named parts of a key, by name: equal keys are equal arrays then, and spelling one, as Java does, needs no sorting.
///
/// A key has two to five parts, and a batch a hundred keys that are spelled, read and compared several times on their way: an array costs
/// a third of a dictionary.
package struct KeyParts: Sendable {
    package struct Part: Sendable {
        package var name: String
        package var value: String
    }

    private var parts: [Part] = []

    package init() {}

    /// - Precondition: no name comes twice.
    package init(_ parts: some Sequence<(String, String)>) {
        for (name, value) in parts {
            let isNew = insert(value, for: name)
            precondition(isNew, "a key has a part twice")
        }
    }

    package subscript(name: String) -> String? {
        get { parts.first { $0.name == name }?.value }
        set {
            parts.removeAll { $0.name == name }
            if let newValue { _ = insert(newValue, for: name) }
        }
    }

    /// - Returns: false, changing nothing, when there is a part of that name.
    mutating func insert(_ value: String, for name: String) -> Bool {
        let place = parts.firstIndex { $0.name >= name } ?? parts.endIndex
        guard place == parts.endIndex || parts[place].name != name else { return false }
        parts.insert(Part(name: name, value: value), at: place)
        return true
    }
}

extension KeyParts: RandomAccessCollection {
    package var startIndex: Int { parts.startIndex }
    package var endIndex: Int { parts.endIndex }
    package subscript(position: Int) -> Part { parts[position] }
}

extension KeyParts: Hashable {
    package static func == (lhs: KeyParts, rhs: KeyParts) -> Bool {
        lhs.parts.count == rhs.parts.count
            && zip(lhs.parts, rhs.parts).allSatisfy { $0.name == $1.name && $0.value.hasBytes(of: $1.value) }
    }

    package func hash(into hasher: inout Hasher) {
        for part in parts { part.value.hashBytes(into: &hasher) }
    }
}

extension KeyParts: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral parts: (String, String)...) { self.init(parts) }
}

// SPDX-License-Identifier: Apache-2.0

/// The members of a JSON object in the order they were added. Two objects are equal when they have the same members
/// in any order.
package struct JSONObject: Sendable {
    private var names: [String] = []
    private var values: [JSONValue] = []
    /// Where each name is. Made when an object grows over `indexedFrom`: below that, looking through the names is
    /// faster.
    private var positions: [String: Int] = [:]

    private static let indexedFrom = 12

    package init() {}

    /// - Parameter members: a name that comes twice keeps its first place and its last value.
    package init(_ members: some Sequence<(String, JSONValue)>) {
        for (name, value) in members { self[name] = value }
    }

    package var count: Int { names.count }
    package var isEmpty: Bool { names.isEmpty }

    /// The names in order.
    package var keys: [String] { names }

    /// The member called `name`. Assigning nil removes it; JSON's null is `.null`.
    package subscript(name: String) -> JSONValue? {
        get { position(of: name).map { values[$0] } }
        set {
            guard let newValue else { return remove(name) }
            if let position = position(of: name) {
                values[position] = newValue
            } else {
                names.append(name)
                values.append(newValue)
                if names.count > Self.indexedFrom { index() }
            }
        }
    }
}

extension JSONObject {
    private func position(of name: String) -> Int? {
        positions.isEmpty ? names.firstIndex(of: name) : positions[name]
    }

    /// Enters the names that are not in `positions` yet.
    private mutating func index() {
        for position in positions.count..<names.count { positions[names[position]] = position }
    }

    private mutating func remove(_ name: String) {
        guard let position = position(of: name) else { return }
        names.remove(at: position)
        values.remove(at: position)
        positions = [:]
        if names.count > Self.indexedFrom { index() }
    }
}

extension JSONObject: Hashable {
    package static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.count == rhs.count && lhs.allSatisfy { rhs[$0] == $1 }
    }

    package func hash(into hasher: inout Hasher) {
        var sum = 0  // order must not matter
        for (name, value) in self {
            var member = Hasher()
            member.combine(name)
            member.combine(value)
            sum ^= member.finalize()
        }
        hasher.combine(sum)
    }
}

extension JSONObject: Sequence {
    package func makeIterator() -> Zip2Sequence<[String], [JSONValue]>.Iterator { zip(names, values).makeIterator() }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}

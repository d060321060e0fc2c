// SPDX-License-Identifier: Apache-2.0

package import JSONBytes

/// Which members of an answer are wanted: `id,owner:(name,email)`, `$*` for any name, `$start:2,$count:5` for a part
/// of an array, a leading `-` for what is not wanted (jobs-oauth-restli 2.6, confidence C).
///
/// Also reads the older decoration form `(id,owner~(name))` as far as it selects members; nothing is fetched.
package struct Projection: Sendable, Hashable {
    /// What is wanted of a member or element.
    private indirect enum Wish: Sendable, Hashable {
        case everything
        case part(Projection)

        func apply(to value: JSONValue) -> JSONValue {
            switch self {
            case .everything: value
            case .part(let projection): projection.apply(to: value)
            }
        }
    }

    private var included: [String: Wish] = [:]
    private var excluded: Set<String> = []
    /// What is wanted of every other member and of every element.
    private var any: Wish?
    private var start: Int?
    private var count: Int?

    private init() {}

    /// - Parameter text: the value of `fields`, percent-decoded.
    /// - Throws: `RestLiError` 400 for unbalanced parentheses, empty names and numbers that are none.
    package static func parse(_ text: String) throws(RestLiError) -> Projection {
        var bytes = Array(text.utf8)[...]
        // `projection=(…)` has parentheses around it.
        if bytes.first == UInt8(ascii: "(") && bytes.last == UInt8(ascii: ")") { bytes = bytes.dropFirst().dropLast() }
        let projection = try list(&bytes, depth: 0)
        guard bytes.isEmpty else { throw malformed }
        return projection
    }

    /// The part of `value` that is wanted; names it does not have are of no account.
    package func apply(to value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members):
            return .object(
                JSONObject(members.compactMap { name, member in wanted(name).map { (name, $0.apply(to: member)) } }))
        case .array(let elements):
            let window = elements.dropFirst(start ?? 0).prefix(count ?? elements.count)
            if let any { return .array(window.map { any.apply(to: $0) }) }
            // A projection of names, put on an array, is meant for its elements.
            return .array(window.map { included.isEmpty && excluded.isEmpty ? $0 : apply(to: $0) })
        default: return value
        }
    }

    /// nil for a member that is not wanted.
    private func wanted(_ name: String) -> Wish? {
        if excluded.contains(name) { return nil }
        // When only unwanted names were given, all others are wanted.
        return included[name] ?? any ?? (included.isEmpty && !excluded.isEmpty ? .everything : nil)
    }
}

extension Projection {
    private static let malformed = RestLiError("Parameter 'fields' is invalid")

    /// Reads names up to a closing parenthesis or the end.
    private static func list(_ bytes: inout ArraySlice<UInt8>, depth: Int) throws(RestLiError) -> Projection {
        guard depth < Parameter.depthLimit else { throw malformed }
        var projection = Projection()
        repeat {
            let isExcluded = bytes.first == UInt8(ascii: "-")
            if isExcluded { bytes.removeFirst() }
            let name = word(&bytes)
            guard !name.isEmpty else { throw malformed }
            if name == "$start" || name == "$count" {
                guard take(UInt8(ascii: ":"), &bytes), let number = Int32(word(&bytes)), number >= 0 else {
                    throw malformed
                }
                if name == "$start" { projection.start = Int(number) } else { projection.count = Int(number) }
                continue
            }
            var wish = Wish.everything
            if take(UInt8(ascii: ":"), &bytes) || (name.hasSuffix("~") && bytes.first == UInt8(ascii: "(")) {
                guard take(UInt8(ascii: "("), &bytes) else { throw malformed }
                wish = .part(try list(&bytes, depth: depth + 1))
                guard take(UInt8(ascii: ")"), &bytes) else { throw malformed }
            }
            if isExcluded {
                projection.excluded.insert(name)
            } else if name == "$*" {
                projection.any = wish
            } else {
                projection.included[name] = wish
            }
        } while take(UInt8(ascii: ","), &bytes)
        return projection
    }

    private static func word(_ bytes: inout ArraySlice<UInt8>) -> String {
        let word = bytes.prefix { $0 != 0x2C && $0 != 0x3A && $0 != 0x28 && $0 != 0x29 }
        bytes = bytes.dropFirst(word.count)
        return String(decoding: word, as: UTF8.self)
    }

    private static func take(_ wanted: UInt8, _ bytes: inout ArraySlice<UInt8>) -> Bool {
        guard bytes.first == wanted else { return false }
        bytes.removeFirst()
        return true
    }
}

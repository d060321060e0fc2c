// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Web

/// Two versions of a record, field by field.
struct FieldComparison: Sendable {
    struct Row: Sendable {
        /// `emailAddresses 1`, `addresses 1 › city`.
        var field: String
        var wanted: String?
        var held: String?
        /// The class of a difference: the two cells are coloured.
        var isSame: Bool
        var isDifferent: Bool
    }

    var rows: [Row]
    /// How many fields are not shown, in words; nil when all are.
    var left: String?
    /// How many differ, in words; nil when none does or nobody knows.
    var differs: String?

    private static let most = 80
    private static let longest = 2_000

    /// - Parameters:
    ///   - wanted: what the ATS wants; nil for a record that is to go.
    ///   - held: what LinkedIn holds; nil when that is not known.
    ///   - ignoring: fields that only LinkedIn has.
    init(wanted: [UInt8]?, held: [UInt8]?, ignoring: Set<String> = []) {
        let left = wanted.map(Self.fields) ?? []
        let right = held.map(Self.fields)
        let other = Dictionary((right ?? []).map { ($0.name, $0.value) }) { first, _ in first }
        let names = Set(left.map(\.name))
        var rows = left.map { field in
            Row(
                field: field.name, wanted: Self.shown(field),
                held: other[field.name].map { Self.shown((field.name, $0)) },
                isSame: right != nil && other[field.name] == field.value,
                isDifferent: right != nil && other[field.name] != field.value)
        }
        for field in right ?? [] where !names.contains(field.name) && !ignoring.contains(Self.top(field.name)) {
            rows.append(
                Row(field: field.name, wanted: nil, held: Self.shown(field), isSame: false, isDifferent: wanted != nil))
        }
        let differences = rows.count(where: \.isDifferent)
        differs =
            differences > 0 ? "\(Wording.count(differences, "field")) \(differences == 1 ? "differs" : "differ")." : nil
        // Those that differ come first when there are too many to show.
        if rows.count > Self.most { rows = rows.filter(\.isDifferent) + rows.filter { !$0.isDifferent } }
        self.rows = Array(rows.prefix(Self.most))
        self.left = rows.count > Self.most ? "\(Wording.count(rows.count - Self.most, "more field")) not shown." : nil
    }

    private typealias Leaf = (name: String, value: String)

    /// The leaves of a JSON object, in its order.
    private static func fields(_ body: [UInt8]) -> [Leaf] {
        guard let value = try? JSONValue(parsing: body) else { return [] }
        var leaves: [Leaf] = []
        collect(value, "", &leaves)
        return leaves
    }

    private static func collect(_ value: JSONValue, _ path: String, _ leaves: inout [Leaf]) {
        switch value {
        case .object(let object):
            if object.isEmpty, !path.isEmpty { leaves.append((path, "{}")) }
            for (name, member) in object { collect(member, path.isEmpty ? name : "\(path) › \(name)", &leaves) }
        case .array(let items):
            if items.isEmpty { leaves.append((path, "[]")) }
            for (index, item) in items.enumerated() { collect(item, "\(path) \(index + 1)", &leaves) }
        case .string(let text): leaves.append((path, text))
        case .int(let number): leaves.append((path, String(number)))
        case .double(let number): leaves.append((path, String(number)))
        case .bool(let flag): leaves.append((path, flag ? "true" : "false"))
        case .null: leaves.append((path, "null"))
        }
    }

    private static func top(_ name: String) -> String { String(name.prefix { $0 != " " }) }

    /// Times are milliseconds at LinkedIn: people read them as times, too.
    private static func shown(_ field: Leaf) -> String {
        if field.name.hasSuffix("At"), let millis = Int64(field.value), millis > 100_000_000_000 {
            return "\(field.value) (\(Wording.time(millis)) UTC)"
        }
        guard field.value.count > longest else { return field.value }
        return "\(field.value.prefix(longest))… (\(Wording.count(field.value.count, "character")))"
    }
}

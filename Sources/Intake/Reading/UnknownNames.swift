// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// What to say about a field that nobody knows. Kept, because an ATS that sends one sends it a million times.
final class UnknownNames: Sendable {
    private let messages = Mutex<[String: String]>([:])
    private static let limit = 1_000

    func message(_ name: String, _ table: ObjectTable) -> String {
        let key = "\(table.name)/\(name)"
        if let known = messages.withLock({ $0[key] }) { return known }
        let message = Self.compose(name, table)
        messages.withLock { if $0.count < Self.limit { $0[key] = message } }
        return message
    }

    private static func compose(_ name: String, _ table: ObjectTable) -> String {
        let shown = name.count <= 100 ? name : "\(name.prefix(100))…"
        let spellings = table.fields.flatMap { field in field.spellings.map { ($0, field.name) } }
        if let nearest = NearestName.find(name, among: spellings) {
            return "\(shown) is not a field of \(table.anyOne) and was ignored; did you mean \(nearest)?"
        }
        let known = table.fields.map(\.name).joined(separator: ", ")
        return "\(shown) is not a field of \(table.anyOne) and was ignored; the fields are \(known)"
    }
}

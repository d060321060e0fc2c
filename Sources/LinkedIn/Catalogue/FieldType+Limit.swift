// SPDX-License-Identifier: Apache-2.0

extension FieldType {
    /// The limit in words for people, for example `1…200 characters`; empty when there is none.
    package var limit: String {
        switch self {
        case .string(let min, let max): Self.range(min, max, "characters")
        case .url: "absolute http or https URL"
        case .email: "X@X.X"
        case .epochMillis: "> 0"
        case .bool, .record: ""
        case .enumeration(let symbols): symbols.joined(separator: ", ")
        case .urn(let types): types.map { "urn:li:\($0):…" }.joined(separator: " or ")
        case .array(let element, let min, let max):
            [Self.range(min, max, "elements"), element.limit].filter { !$0.isEmpty }.joined(separator: ", each ")
        case .union(let members): "one of " + members.map(\.name).joined(separator: ", ")
        }
    }

    /// The type as LinkedIn's validator calls it in `cannot be coerced to …`.
    /// Source: create-jobs error table names `Long` (documented); the others follow the framework (framework).
    package var coercionName: String {
        switch self {
        case .string, .url, .email, .urn, .enumeration: "String"
        case .epochMillis: "Long"
        case .bool: "Boolean"
        case .array: "Array"
        case .record, .union: "Record"
        }
    }

    private static func range(_ min: Int, _ max: Int?, _ unit: String) -> String {
        switch (min, max) {
        case (0, nil): ""
        case (_, nil): "at least \(min) \(min == 1 ? String(unit.dropLast()) : unit)"
        case (0, let max?): "at most \(max) \(unit)"
        case (_, let max?): "\(min)…\(max) \(unit)"
        }
    }
}

extension Field {
    /// Limits of the type and forbidden texts, in words.
    package var limit: String {
        let texts = forbidden.map { "not \"\($0)\"" }
        return ([type.limit].filter { !$0.isEmpty } + texts).joined(separator: ", ")
    }
}

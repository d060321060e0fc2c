// SPDX-License-Identifier: Apache-2.0

import Domain

extension Call {
    /// The `type` parameter, nil when it is not there.
    ///
    /// - Throws: `HTTPProblem` 400 for an unknown type.
    func kind() throws -> RecordKind? {
        guard let text = query["type"] else { return nil }
        guard let kind = RecordKind(rawValue: text) else {
            throw HTTPProblem.badParameter(
                "type", "it is one of \(RecordKind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return kind
    }

    /// `true` or `false`; false when it is not there.
    ///
    /// - Throws: `HTTPProblem` 400 for anything else.
    func flag(_ name: String) throws -> Bool {
        switch query[name] {
        case nil, "false": false
        case "true": true
        default: throw HTTPProblem.badParameter(name, "it is true or false")
        }
    }

    /// A whole number.
    ///
    /// - Throws: `HTTPProblem` 400 when it is no number or outside `range`.
    func number(_ name: String, default value: Int64, in range: ClosedRange<Int64>) throws -> Int64 {
        guard let text = query[name] else { return value }
        guard let number = Int64(text), range.contains(number) else {
            throw HTTPProblem.badParameter(name, "it is a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}

// SPDX-License-Identifier: Apache-2.0

package import SQLFile

/// Where a page of a list ended: the values of its order's columns in its last row, as one text for a link.
package struct ListCursor: Hashable, Sendable {
    package var values: [SQLValue]

    package init(_ values: [SQLValue]) { self.values = values }

    /// `i12,tC-1`: each value with its type; commas and backslashes in texts are escaped.
    package var text: String {
        values.map { value in
            switch value {
            case .int(let number): "i\(number)"
            case .text(let text): "t" + Self.escaped(text)
            case .null, .blob: "n"
            }
        }.joined(separator: ",")
    }

    /// - Returns: nil for a text that is no cursor.
    package init?(_ text: String) {
        values = []
        // Bytes, because a letter's accent joins with a comma in front of it.
        for part in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let rest = String(decoding: part.dropFirst(), as: UTF8.self)
            switch part.first {
            case UInt8(ascii: "i"):
                guard let number = Int64(rest) else { return nil }
                values.append(.int(number))
            case UInt8(ascii: "t"): values.append(.text(Self.unescaped(rest)))
            default: return nil
            }
        }
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case ",": result += "\\."
            case "\\": result += "\\\\"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func unescaped(_ text: String) -> String {
        var result = ""
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if scalar == "\\", !isEscaped {
                isEscaped = true
                continue
            }
            result.unicodeScalars.append(isEscaped && scalar == "." ? "," : scalar)
            isEscaped = false
        }
        return result
    }

    /// The values, when they are of these types.
    func matching(_ order: [ListColumn]) -> [SQLValue]? {
        guard values.count == order.count else { return nil }
        for (value, column) in zip(values, order) {
            switch (value, column.isText) {
            case (.text, true), (.int, false): continue
            default: return nil
            }
        }
        return values
    }
}

/// A column that a list is ordered by.
struct ListColumn: Sendable {
    var name: String
    var isText = false

    static let kind = Self(name: "kind")
    static let parent = Self(name: "parent", isText: true)
    static let id = Self(name: "id", isText: true)
    static let rid = Self(name: "rid")
}

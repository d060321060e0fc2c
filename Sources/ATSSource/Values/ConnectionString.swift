// SPDX-License-Identifier: Apache-2.0

/// ODBC's `KEY=value;KEY=value`.
enum ConnectionString {
    /// A value with the braces it needs: anything with one of `[]{}(),;?*=!@` or a space at an end.
    static func quoted(_ value: String) -> String {
        let special = "[]{}(),;?*=!@"
        guard value.contains(where: special.contains) || value.first == " " || value.last == " " else { return value }
        return "{" + value.replacing("}", with: "}}") + "}"
    }

    /// The keys of a connection string, upper case.
    static func keys(_ text: String) -> Set<String> { Set(pairs(text).map(\.key)) }

    /// The pairs of a connection string in their order, keys in upper case, values without the braces around them.
    static func pairs(_ text: String) -> [(key: String, value: String)] {
        var pairs: [(key: String, value: String)] = []
        var rest = text[...]
        while let equals = rest.firstIndex(of: "=") {
            let key = rest[..<equals].uppercased().trimmed ?? ""
            var value = ""
            rest = rest[rest.index(after: equals)...]
            if rest.first == "{" {
                rest = rest.dropFirst()
                while let brace = rest.firstIndex(of: "}") {
                    value += rest[..<brace]
                    rest = rest[rest.index(after: brace)...]
                    guard rest.first == "}" else { break }
                    value += "}"
                    rest = rest.dropFirst()
                }
            }
            let end = rest.firstIndex(of: ";")
            value += rest[..<(end ?? rest.endIndex)]
            pairs.append((key, value))
            guard let end else { break }
            rest = rest[rest.index(after: end)...]
        }
        return pairs
    }

    /// A password that is written out instead of named as `${NAME}`.
    static func isPlainPassword(_ key: String, _ value: String) -> Bool {
        ["PWD", "PASSWORD"].contains(key.uppercased().trimmed ?? "") && !value.isEmpty && !value.contains("${")
    }
}

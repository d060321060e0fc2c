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
    static func keys(_ text: String) -> Set<String> {
        var keys: Set<String> = []
        var rest = text[...]
        while let equals = rest.firstIndex(of: "=") {
            keys.insert(rest[..<equals].uppercased().trimmed ?? "")
            rest = rest[rest.index(after: equals)...]
            if rest.first == "{" {
                rest = rest.dropFirst()
                while let brace = rest.firstIndex(of: "}") {
                    rest = rest[rest.index(after: brace)...]
                    guard rest.first == "}" else { break }
                    rest = rest.dropFirst()
                }
            }
            guard let end = rest.firstIndex(of: ";") else { break }
            rest = rest[rest.index(after: end)...]
        }
        return keys
    }
}

// SPDX-License-Identifier: Apache-2.0

/// The fields of a form or of a query, in the order they came; `application/x-www-form-urlencoded`.
package struct FormFields: Sendable, Hashable {
    package private(set) var pairs: [(name: String, value: String)] = []

    package init(_ pairs: [(name: String, value: String)] = []) { self.pairs = pairs }

    /// Bytes that are no UTF-8 become replacement characters, `%` without two digits stays as it is: a form is never refused for that.
    package init(_ bytes: some Collection<UInt8>) {
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            pairs.append((Self.decode(Array(parts[0])), parts.count == 2 ? Self.decode(Array(parts[1])) : ""))
        }
    }

    /// The last value of a name, with spaces at its ends removed; nil when it is missing or empty.
    package subscript(_ name: String) -> String? {
        guard let value = pairs.last(where: { $0.name == name })?.value else { return nil }
        let trimmed = value.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
        return trimmed.isEmpty ? nil : String(trimmed)
    }

    /// The last value exactly as it was sent: passwords, texts.
    package func exact(_ name: String) -> String? { pairs.last { $0.name == name }?.value }

    /// Every value of a name: check boxes.
    package func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    package func has(_ name: String) -> Bool { pairs.contains { $0.name == name } }

    /// As a query, without the names in `except` and with `adding` at the end.
    package func query(except: Set<String> = [], adding: [(String, String)] = []) -> String {
        (pairs.filter { !except.contains($0.name) && !$0.value.isEmpty }.map { ($0.name, $0.value) } + adding)
            .map { $0.0.urlComponent + "=" + $0.1.urlComponent }.joined(separator: "&")
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.pairs.elementsEqual(right.pairs) { $0 == $1 }
    }

    package func hash(into hasher: inout Hasher) {
        for pair in pairs {
            hasher.combine(pair.name)
            hasher.combine(pair.value)
        }
    }

    /// One percent-encoded path segment; `+` is no space there.
    package static func decoded(_ segment: String) -> String {
        decode(Array(segment.replacing("+", with: "%2B").utf8))
    }

    private static func decode(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "+"): result.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                if index + 2 < bytes.count, let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2]) {
                    result.append(high << 4 | low)
                    index += 2
                } else {
                    result.append(bytes[index])
                }
            case let byte: result.append(byte)
            }
            index += 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// A path of this server, safe to send a browser to: it cannot name another host.
package struct LocalPath: Sendable, Hashable, ExpressibleByStringInterpolation {
    package let text: String

    /// For paths that stand in our code.
    package init(stringLiteral value: String) { text = Self(value)?.text ?? "/" }

    /// - Returns: nil for anything that is not one `/` and printable ASCII: `//host`, `/\host`, a scheme, a line break.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.first == UInt8(ascii: "/"), bytes.count <= 4_000,
            bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
            bytes.count == 1 || bytes[1] != UInt8(ascii: "/")
        else { return nil }
        self.text = text
    }
}

extension String {
    /// Percent-encoded for one path segment or one query value.
    package var urlComponent: String {
        var result = ""
        result.reserveCapacity(utf8.count)
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                result += byte < 16 ? "%0" : "%"
                result += String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }
}

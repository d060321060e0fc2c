// SPDX-License-Identifier: Apache-2.0

/// JSON with a line for each member. It goes by the tokens alone, because the journal keeps only the beginning of long bodies.
enum JSONLayout {
    /// - Returns: nil for what does not begin like an object or an array.
    static func text(_ bytes: [UInt8]) -> String? {
        guard let first = bytes.first(where: { !isSpace($0) }), first == brace || first == bracket else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count * 2)
        var (depth, isInText, isEscaped) = (0, false, false)
        func newLine() {
            result.append(UInt8(ascii: "\n"))
            result.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * min(depth, 40)))
        }
        for (index, byte) in bytes.enumerated() {
            if isInText {
                result.append(byte)
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == quote {
                    isInText = false
                }
                continue
            }
            switch byte {
            case _ where isSpace(byte): break
            case quote:
                result.append(byte)
                isInText = true
            case brace, bracket:
                result.append(byte)
                depth += 1
                if next(bytes, index + 1).map({ !isClosing($0) }) ?? false { newLine() }
            case _ where isClosing(byte):
                depth = max(0, depth - 1)
                if let last = result.last, last != brace, last != bracket { newLine() }
                result.append(byte)
            case UInt8(ascii: ","):
                result.append(byte)
                newLine()
            case UInt8(ascii: ":"):
                result.append(byte)
                result.append(UInt8(ascii: " "))
            default: result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let brace = UInt8(ascii: "{")
    private static let bracket = UInt8(ascii: "[")
    private static let quote = UInt8(ascii: "\"")

    private static func isClosing(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") }
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    private static func next(_ bytes: [UInt8], _ index: Int) -> UInt8? { bytes[index...].first { !isSpace($0) } }
}

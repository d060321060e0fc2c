// SPDX-License-Identifier: Apache-2.0

/// The text of a piece of HTML, for fields that hold plain text (a note, a feedback).
///
/// Tags vanish, those that begin a block or a line become a line break, `script` and `style` vanish with what they
/// hold, entities
/// become their characters, runs of white space become one space. Text with neither `<` nor `&` comes back as it is.
enum PlainText {
    static func of(html: String) -> String {
        guard html.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) else { return html }
        var lines = LineBuilder()
        let bytes = [UInt8](html.utf8)
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "<"):
                guard let tag = Tag(bytes, at: index) else {
                    lines.append(bytes[index])
                    index += 1
                    continue
                }
                if tag.breaksLine { lines.breakLine() }
                index = tag.hidesContent ? tag.endOfContent(bytes) : tag.end
            case UInt8(ascii: "&"):
                if let (character, end) = Entity.read(bytes, at: index) {
                    for byte in String(character).utf8 { lines.append(byte, isLiteral: true) }
                    index = end
                } else {
                    lines.append(bytes[index])
                    index += 1
                }
            case let byte:
                lines.append(byte)
                index += 1
            }
        }
        return lines.text
    }

    /// Collects characters into lines without double spaces or more than one empty line.
    private struct LineBuilder {
        private var bytes: [UInt8] = []
        private var wantsSpace = false

        mutating func append(_ byte: UInt8, isLiteral: Bool = false) {
            if byte <= 0x20, !isLiteral || byte != 0x20 {
                wantsSpace = true
                return
            }
            if wantsSpace, let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(0x20) }
            wantsSpace = false
            bytes.append(byte)
        }

        mutating func breakLine() {
            wantsSpace = false
            if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
        }

        var text: String {
            var end = bytes.count
            while end > 0, bytes[end - 1] <= 0x20 { end -= 1 }
            return String(decoding: bytes[..<end], as: UTF8.self)
        }
    }

    /// `<name …>`, `</name>` or a comment.
    private struct Tag {
        let name: String
        let isClosing: Bool
        /// The index behind `>`.
        let end: Int

        private static let blocks: Set<String> = [
            "br", "p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "section",
            "article", "blockquote", "pre",
        ]

        init?(_ bytes: [UInt8], at start: Int) {
            var index = start + 1
            if bytes[index...].starts(with: "!--".utf8) {
                (name, isClosing) = ("!--", false)
                var close = index + 3
                while close + 2 < bytes.count, !bytes[close...].starts(with: "-->".utf8) { close += 1 }
                end = min(close + 3, bytes.count)
                return
            }
            isClosing = index < bytes.count && bytes[index] == UInt8(ascii: "/")
            if isClosing { index += 1 }
            let nameStart = index
            while index < bytes.count, Self.isNameByte(bytes[index]) { index += 1 }
            // "a < b" is text, not a tag.
            guard index > nameStart, let close = bytes[index...].firstIndex(of: UInt8(ascii: ">")) else { return nil }
            name = String(decoding: bytes[nameStart..<index], as: UTF8.self).lowercased()
            end = close + 1
        }

        var breaksLine: Bool { Self.blocks.contains(name) }
        var hidesContent: Bool { !isClosing && (name == "script" || name == "style") }

        /// The index of the closing tag, or the end.
        func endOfContent(_ bytes: [UInt8]) -> Int {
            var index = end
            while index < bytes.count {
                if bytes[index] == UInt8(ascii: "<"), let tag = Tag(bytes, at: index), tag.isClosing, tag.name == name {
                    return tag.end
                }
                index += 1
            }
            return bytes.count
        }

        private static func isNameByte(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
    }

    private enum Entity {
        private static let names: [String: Unicode.Scalar] = [
            "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "–", "mdash": "—",
            "hellip": "…", "bull": "•",
            "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "laquo": "«", "raquo": "»", "euro": "€",
            "pound": "£", "copy": "©",
            "reg": "®", "trade": "™", "middot": "·", "deg": "°", "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä",
            "Ouml": "Ö", "Uuml": "Ü",
            "szlig": "ß", "eacute": "é", "egrave": "è", "ecirc": "ê", "agrave": "à", "aacute": "á", "ccedil": "ç",
            "ntilde": "ñ", "oacute": "ó",
            "iacute": "í", "uacute": "ú",
        ]

        /// The character of `&name;`, `&#233;` or `&#xE9;` and the index behind it; nil when it is no entity.
        static func read(_ bytes: [UInt8], at start: Int) -> (Unicode.Scalar, Int)? {
            let limit = min(start + 12, bytes.count)
            guard let end = bytes[start..<limit].firstIndex(of: UInt8(ascii: ";")) else { return nil }
            let name = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
            if let scalar = names[name] { return (scalar, end + 1) }
            guard name.hasPrefix("#") else { return nil }
            let digits = name.dropFirst()
            let number =
                digits.hasPrefix("x") || digits.hasPrefix("X") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            guard let number, number >= 0x20 || number == 10, let scalar = Unicode.Scalar(number) else { return nil }
            return (scalar, end + 1)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Testing

@Suite struct LineSplitterTests {
    static let cases: [(String, [String])] = [
        ("", []), ("\n\n", []), ("a", ["1 a"]), ("a\n", ["1 a"]), ("a\nb\n", ["1 a", "2 b"]),
        ("a\r\n\r\nb", ["1 a", "3 b"]),
        ("12345678\n123456789\n1", ["1 12345678", "2 too long: 9", "3 1"]), ("12345678\r\n", ["1 12345678"]),
        ("123456789\r\n1\n", ["1 too long: 9", "2 1"]), ("1234567890123456789012345\na", ["1 too long: 25", "2 a"]),
        ("1234567890123456", ["1 too long: 16"]), ("é\r", ["1 é"]),
    ]

    @Test(arguments: cases, [1, 2, 3, 7, 1000])
    func `lines come out whole and numbered, whatever the chunks`(input: (text: String, lines: [String]), size: Int) {
        let bytes = Array(input.text.utf8)
        var splitter = LineSplitter(limit: 8)
        var lines: [String] = []
        func note(_ line: LineSplitter.Line) {
            switch line {
            case .line(let number, let bytes): lines.append("\(number) \(String(decoding: bytes, as: UTF8.self))")
            case .tooLong(let number, let length): lines.append("\(number) too long: \(length)")
            }
        }
        for start in stride(from: 0, to: bytes.count, by: size) {
            Array(bytes[start..<min(start + size, bytes.count)]).withUnsafeBytes { splitter.feed($0, note) }
        }
        splitter.finish(note)
        // A line over the limit may be counted with the `\r` of its end, depending on where the chunks end.
        #expect(lines == input.lines || lines == input.lines.map { $0.replacing("too long: 9", with: "too long: 10") })
    }
}

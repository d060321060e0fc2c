// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes

/// Reads `{"id": …}` lines and the `{"end": count}` that closes them.
struct PresentList {
    private let kind: RecordKind
    /// Lines with an id so far.
    private(set) var count = 0
    private var end: Int64?

    init(_ kind: RecordKind) { self.kind = kind }

    /// - Throws: `HTTPProblem` 422 for the first line that is neither: a list with a hole must delete nothing.
    mutating func read(_ chunk: LineChunk) throws -> [RecordKey] {
        var keys: [RecordKey] = []
        try chunk.bytes.withUnsafeBytes { bytes in
            for line in chunk.lines {
                switch line {
                case .tooLong(let number, _): throw Self.wrong(number, "the line is too long")
                case .line(let number, let range):
                    if end != nil { throw Self.wrong(number, "nothing may follow the line with end") }
                    if let key = try key(UnsafeRawBufferPointer(rebasing: bytes[range]), number) { keys.append(key) }
                }
            }
        }
        count += keys.count
        return keys
    }

    /// - Throws: `HTTPProblem` 422 unless the last line was there and counts right.
    func finish() throws {
        guard let end else {
            throw HTTPProblem.invalidBody([
                Fault(
                    "", "end",
                    "the last line must be {\"end\": count}; without it the list may be cut off, so nothing is deleted")
            ])
        }
        guard end == Int64(count) else {
            throw HTTPProblem.invalidBody([
                Fault(
                    "/end", "end",
                    "the last line says \(end) ids, but \(count) came; nothing is deleted, send the list again")
            ])
        }
    }

    /// - Returns: nil for the line with `end`.
    private mutating func key(_ line: UnsafeRawBufferPointer, _ number: Int) throws -> RecordKey? {
        var reader = JSONReader(line)
        var id: String?
        var parent: String?
        var end: Int64?
        let parentName = kind.parent.map { "\($0.rawValue)Id" }
        do {
            try reader.object { reader, name in
                if name == "id" {
                    id = try Self.id(&reader)
                } else if name == "end" {
                    end = try reader.int()
                } else if let parentName, name == parentName || name == "parent" {
                    parent = try Self.id(&reader)
                } else {
                    _ = try reader.skip()
                }
            }
            try reader.end()
        } catch let error as JSONError {
            throw Self.wrong(number, "\(error.message), at byte \(error.offset)")
        }
        if let end {
            self.end = end
            return nil
        }
        guard let id, (parent == nil) == (parentName == nil) else {
            throw Self.wrong(number, "a line has \"id\"\(parentName.map { " and \"\($0)\"" } ?? "")")
        }
        return RecordKey(kind, parent: parent ?? "", id: id)
    }

    /// A text, or a number as an ATS with numeric keys writes it.
    private static func id(_ reader: inout JSONReader) throws -> String {
        try reader.peek() == .number ? String(reader.int()) : reader.string()
    }

    private static func wrong(_ line: Int, _ message: String) -> HTTPProblem {
        .invalidBody([Fault("line \(line)", "line", "line \(line): \(message); nothing is deleted")])
    }
}

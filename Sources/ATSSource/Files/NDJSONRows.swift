// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONBytes

/// The lines of an NDJSON file: an object each.
final class NDJSONRows: RowStream {
    /// A line longer than this is reported and skipped.
    private static let longest = 4 << 20

    private let path: String
    private let file: FileChunks
    /// The members asked for; empty means the whole object.
    private let wanted: [String]
    private var splitter = LineSplitter(limit: longest)
    private var pending: [RowEvent] = []
    private var position = 0
    private var isAtEnd = false

    init(path: String, wanted: [(name: String, line: Int)]) throws(SourceError) {
        self.path = path
        self.wanted = wanted.map(\.name)
        file = try FileChunks(path: path)
    }

    func place(row: Int) -> Place { Place(file: path, line: row) }

    func next() throws(SourceError) -> RowEvent? {
        while position == pending.count {
            guard !isAtEnd else { return nil }
            position = 0
            pending.removeAll(keepingCapacity: true)
            if let piece = try file.next() {
                piece.withUnsafeBytes { splitter.feed($0, take) }
            } else {
                isAtEnd = true
                splitter.finish(take)
            }
        }
        defer { position += 1 }
        return pending[position]
    }

    private func take(_ line: LineSplitter.Line) {
        switch line {
        case .tooLong(let number, let length):
            pending.append(
                .unusable(
                    SourceError(
                        .data, at: place(row: number), "the line has \(length) bytes, more than 4 MB",
                        remedy: "is it one object per line?")))
        case .line(let number, let bytes):
            do throws(JSONError) {
                pending.append(event(number, try JSONValue(parsing: bytes)))
            } catch {
                pending.append(
                    .unusable(
                        SourceError(
                            .data, at: place(row: number), "not JSON: \(error.message) (byte \(error.offset + 1))",
                            remedy: "correct the line")))
            }
        }
    }

    private func event(_ number: Int, _ value: JSONValue) -> RowEvent {
        guard case .object(let object) = value else {
            return .unusable(
                SourceError(.data, at: place(row: number), "the line is no object", remedy: "write one {…} per line"))
        }
        guard !wanted.isEmpty else { return .row(number: number, cells: [.json(value)]) }
        return .row(number: number, cells: wanted.map { Self.cell(object[$0]) })
    }

    private static func cell(_ value: JSONValue?) -> Cell {
        switch value {
        case nil, .null?: .null
        case .string(let text)?: .text(text)
        case .int(let number)?: .text(String(number))
        case .double(let number)?: .text(String(number))
        case let value?: .json(value)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The rows of a CSV file with a header.
final class CSVRows: RowStream {
    private let path: String
    private let settings: CSVSettings
    private let file: FileChunks
    private let parser: CSVParser
    private var header: [String] = []
    /// Where in a record the wanted columns are.
    private var indexes: [Int] = []
    private var pending: [CSVParser.Record] = []
    private var position = 0
    private var isAtEnd = false

    /// - Throws: `.file`, `.format` for the file's first lines, `.mapping` for a column the header lacks.
    init(path: String, settings: CSVSettings, wanted: [(name: String, line: Int)], mapping: String) throws(SourceError)
    {
        self.path = path
        self.settings = settings
        file = try FileChunks(path: path)
        parser = CSVParser(delimiter: settings.delimiter)
        guard let first = try nextRecord() else {
            throw SourceError(
                .format, at: Place(file: path), "the file is empty", remedy: "its first line must name the columns")
        }
        for index in 0..<first.count { header.append(try text(first, index)?.trimmed ?? "") }
        if let twice = header.first(where: { name in !name.isEmpty && header.filter { $0 == name }.count > 1 }) {
            throw SourceError(
                .format, at: Place(file: path, line: first.line), "two columns are named '\(twice)'",
                remedy: "rename one of them")
        }
        indexes = try ColumnFinder.indexes(of: wanted, in: header, source: path, mapping: mapping)
    }

    func place(row: Int) -> Place { Place(file: path, line: row) }

    func next() throws(SourceError) -> RowEvent? {
        guard let record = try nextRecord() else { return nil }
        guard record.count == header.count else {
            let what = record.count < header.count ? "too few" : "too many"
            return .unusable(
                SourceError(
                    .data, at: place(row: record.line),
                    "the record has \(record.count) columns, \(what) for a header of \(header.count)",
                    remedy: "look for a delimiter or line break that should be in quotes"))
        }
        var cells: [Cell] = []
        cells.reserveCapacity(indexes.count)
        for index in indexes {
            do {
                cells.append(try text(record, index).map(Cell.text) ?? .null)
            } catch {
                return .unusable(error)
            }
        }
        return .row(number: record.line, cells: cells)
    }

    private func nextRecord() throws(SourceError) -> CSVParser.Record? {
        while position == pending.count {
            guard !isAtEnd else { return nil }
            position = 0
            do {
                if let piece = try file.next() {
                    pending = try parser.feed(piece)
                } else {
                    isAtEnd = true
                    pending = try parser.finish()
                }
            } catch let mistake as CSVMistake {
                throw SourceError(
                    .format, at: Place(file: path, line: mistake.line), mistake.message,
                    remedy: "put the field in quotes and double the quotes inside it, or set 'delimiter'")
            } catch {
                // Always one: the file's chunks throw `SourceError`, the parser `CSVMistake`, which is caught above.
                throw error as! SourceError
            }
        }
        defer { position += 1 }
        return pending[position]
    }

    /// The text of a field; nil when it is empty.
    ///
    /// - Throws: `.data` when its bytes are not text in the file's encoding.
    private func text(_ record: CSVParser.Record, _ index: Int) throws(SourceError) -> String? {
        let bytes = record.field(index)
        guard !bytes.isEmpty else { return nil }
        guard let text = settings.encoding.decode(bytes) else {
            let place = place(row: record.line)
            throw SourceError(
                .data, at: header.indices.contains(index) ? place.column(header[index]) : place,
                "not \(settings.encoding.rawValue) text",
                remedy: "save the file as UTF-8, or set 'encoding: latin-1' or 'encoding: windows-1252'")
        }
        return text
    }
}

extension CSVSettings.Encoding {
    /// - Returns: nil when `bytes` are not text in this encoding.
    func decode(_ bytes: ArraySlice<UInt8>) -> String? {
        switch self {
        case .utf8:
            return String(validating: bytes, as: UTF8.self)
        case .latin1:
            var text = String.UnicodeScalarView()
            for byte in bytes { text.append(Unicode.Scalar(byte)) }
            return String(text)
        case .windows1252:
            var text = String.UnicodeScalarView()
            for byte in bytes {
                guard (0x80...0x9F).contains(byte) else {
                    text.append(Unicode.Scalar(byte))
                    continue
                }
                guard let scalar = Self.upperControls[Int(byte - 0x80)] else { return nil }
                text.append(scalar)
            }
            return String(text)
        }
    }

    /// What Windows code page 1252 has at 0x80…0x9F, where Latin-1 has control characters; five places are empty.
    private static let upperControls: [Unicode.Scalar?] = [
        "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil,
        nil, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
    ]
}

// SPDX-License-Identifier: Apache-2.0

internal import CCSV
import Foundation

/// Records of a CSV text as raw bytes, fed in pieces of any size: libcsv with line numbers.
///
/// RFC 4180 with either line ending. Strict about quotes: a quote inside a field that does not begin with one is an
/// error, because
/// guessing would swallow lines. White space around fields that are not quoted is dropped, blank lines are skipped.
final class CSVParser {
    /// One record of the text: its fields' bytes one after the other.
    struct Record {
        /// The line it begins on, from 1.
        var line: Int
        var bytes: [UInt8] = []
        /// Where each field ends in `bytes`.
        var ends: [Int] = []

        var count: Int { ends.count }

        func field(_ index: Int) -> ArraySlice<UInt8> { bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]] }
    }

    private var parser = UnsafeMutablePointer<csv_parser>.allocate(capacity: 1)
    private var current = Record(line: 1)
    private var line = 1
    private var endedByReturn = false
    private var complete: [Record] = []

    init(delimiter: UInt8) {
        // REPALL_NL reports every line end outside quotes, which is how lines can be counted at all.
        csv_init(parser, UInt8(CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL))
        csv_set_delim(parser, delimiter)
    }

    deinit {
        csv_free(parser)
        parser.deallocate()
    }

    /// - Returns: the records completed by this piece.
    /// - Throws: `CSVMistake` with the line of a misplaced quote.
    func feed(_ piece: Data) throws(CSVMistake) -> [Record] {
        let size = piece.count
        let read = piece.withUnsafeBytes { csv_parse(parser, $0.baseAddress, size, Self.onField, Self.onEnd, me) }
        guard read == size else { throw mistake() }
        return takeComplete()
    }

    /// The record that the end of the text completes, if any.
    func finish() throws(CSVMistake) -> [Record] {
        guard csv_fini(parser, Self.onField, Self.onEnd, me) == 0 else {
            throw CSVMistake(
                line: current.line, message: "a quote is opened in the record that begins here and never closed")
        }
        return takeComplete()
    }

    private var me: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    private func takeComplete() -> [Record] {
        defer { complete.removeAll(keepingCapacity: true) }
        return complete
    }

    private func mistake() -> CSVMistake {
        guard csv_error(parser) == CSV_EPARSE else {
            return CSVMistake(line: line, message: "libcsv ran out of memory for one field")
        }
        return CSVMistake(line: line, message: "a quote stands where none may, in field \(current.count + 1)")
    }

    private static let onField: @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
        start, count, me in
        let parser = Unmanaged<CSVParser>.fromOpaque(me!).takeUnretainedValue()
        parser.field(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
    }

    private static let onEnd: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void = { character, me in
        Unmanaged<CSVParser>.fromOpaque(me!).takeUnretainedValue().lineEnd(character)
    }

    private func field(_ bytes: UnsafeRawBufferPointer) {
        if current.ends.isEmpty { current.line = line }
        endedByReturn = false
        current.bytes.append(contentsOf: bytes)
        current.ends.append(current.bytes.count)
        var before: UInt8 = 0
        for byte in bytes {
            if byte == 0x0A ? before != 0x0D : byte == 0x0D { line += 1 }
            before = byte
        }
    }

    /// - Parameter character: the line feed or carriage return; -1 at the end of the text.
    private func lineEnd(_ character: Int32) {
        let isSecondHalf = character == 0x0A && endedByReturn
        endedByReturn = character == 0x0D
        if !isSecondHalf { line += 1 }
        guard !current.ends.isEmpty else { return }
        complete.append(current)
        current = Record(line: line)
    }
}

/// A text that is not CSV.
struct CSVMistake: Error {
    var line: Int
    var message: String
}

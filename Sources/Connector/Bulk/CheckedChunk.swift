// SPDX-License-Identifier: Apache-2.0

import Domain
import Intake
import JSONBytes

/// What `Intake` says about a chunk: the changes to store, and the lines to report.
struct CheckedChunk: Sendable {
    /// A line that is wrong, or right with warnings.
    struct Report: Sendable {
        var line: Int
        var type: String?
        var id: String?
        var errors: [Fault] = []
        var warnings: [Fault] = []
    }

    private(set) var changes: [Change] = []
    /// The line of each change.
    private(set) var numbers: [Int] = []
    private(set) var reports: [Report] = []
    private(set) var lines = 0

    /// Checks every line. Pure; runs beside the checks of other chunks.
    init(_ chunk: LineChunk, with intake: Intake, lineLimit: Int) {
        lines = chunk.lines.count
        changes.reserveCapacity(lines)
        numbers.reserveCapacity(lines)
        chunk.bytes.withUnsafeBytes { bytes in
            for line in chunk.lines {
                switch line {
                case .tooLong(let number, let length): reports.append(Self.tooLong(number, length, limit: lineLimit))
                case .line(let number, let range): check(UnsafeRawBufferPointer(rebasing: bytes[range]), number, intake)
                }
            }
        }
    }

    private mutating func check(_ line: UnsafeRawBufferPointer, _ number: Int, _ intake: Intake) {
        let checked = intake.bulkLine(line)
        if let change = checked.change {
            changes.append(change)
            numbers.append(number)
            if !checked.warnings.isEmpty {
                let key = change.key
                reports.append(
                    Report(
                        line: number, type: key.kind.rawValue, id: key.id, warnings: checked.warnings.map(Fault.init)))
            }
        } else {
            let (type, id) = Self.name(of: line)
            reports.append(
                Report(
                    line: number, type: type, id: id, errors: checked.problems.map(Fault.init),
                    warnings: checked.warnings.map(Fault.init)))
        }
    }

    private static func tooLong(_ number: Int, _ length: Int, limit: Int) -> Report {
        Report(
            line: number,
            errors: [
                Fault(
                    "", "lineTooLong",
                    "the line has \(length) bytes, the limit is \(limit); "
                        + "shorten the record, or check that a line feed ends each record"
                )
            ])
    }

    /// What a bad line says it is, as far as it can be read: the reader of the report needs a name, not only a number.
    private static func name(of line: UnsafeRawBufferPointer) -> (type: String?, id: String?) {
        var reader = JSONReader(line)
        var type: String?
        var id: String?
        try? reader.object { reader, name in
            let isType = name == "type"
            guard isType || name == "id" else {
                _ = try reader.skip()
                return
            }
            let text =
                try reader.peek() == .string
                ? try reader.string() : String(decoding: reader.bytes(try reader.skip()), as: UTF8.self)
            if isType { type = String(text.prefix(100)) } else { id = String(text.prefix(500)) }
        }
        return (type, id)
    }
}

// SPDX-License-Identifier: Apache-2.0

import ATSSource
import Domain
import Foundation

extension Mapping {
    /// The mapping of a CSV file whose header already has our field names; `address.city` is a column, too.
    ///
    /// - Throws: `CommandError` when a column is no field, naming the nearest.
    static func plainCSV(path: String, kind: RecordKind) throws -> Mapping {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw CommandError("cannot read \(path)") }
        defer { try? handle.close() }
        guard let start = try handle.read(upToCount: 64 << 10), !start.isEmpty else {
            throw CommandError("\(path) is empty; its first line must name the columns")
        }
        let text = String(decoding: start, as: UTF8.self).trimmingPrefix("\u{FEFF}")
        let header = text.prefix { !$0.isNewline }.split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " \"\t")) }
        let known = KnownFields.all.fields[kind] ?? []
        var fields = ""
        var inner: [String: [String]] = [:]
        var seen: Set<String> = []
        for column in header {
            guard seen.insert(column).inserted else {
                throw CommandError(
                    "\(path), line 1: the column '\(column)' stands there twice; keep one of them",
                    code: .needsAttention)
            }
            guard known.contains(column) else {
                if header.count == 1, let delimiter = [";", "\t", "|"].first(where: column.contains) {
                    throw CommandError(
                        "\(path), line 1: the columns are separated by '\(delimiter == "\t" ? "tab" : delimiter)'; save the file with commas, "
                            + "or write a mapping with `delimiter` (docs/mapping-guide.md)",
                        code: .needsAttention)
                }
                let nearest = known.min { Spelling.distance($0, column) < Spelling.distance($1, column) } ?? ""
                throw CommandError(
                    "\(path), line 1: '\(column)' is no field of a \(kind.rawValue); did you mean '\(nearest)'? "
                        + "docs/ats-fields.md lists them; a file with other headers needs a mapping (docs/mapping-guide.md)",
                    code: .needsAttention)
            }
            if let dot = column.firstIndex(of: ".") {
                inner[String(column[..<dot]), default: []].append(
                    "\(column[column.index(after: dot)...]): \"\(column)\"")
            } else {
                fields += "      \(column): \"\(column)\"\n"
            }
        }
        for (object, members) in inner.sorted(by: { $0.key < $1.key }) {
            fields += "      \(object): {object: {\(members.joined(separator: ", "))}}\n"
        }
        let file = URL(fileURLWithPath: path)
        let yaml = """
            version: 1
            source: {kind: csv, folder: "\(file.deletingLastPathComponent().path)"}
            records:
              - type: \(kind.rawValue)
                file: "\(file.lastPathComponent)"
                fields:
            \(fields)
            """
        return try Mapping.parse(yaml, file: path, known: nil)
    }
}

// SPDX-License-Identifier: Apache-2.0

import JSONBytes

/// What the bulk endpoint said about one body: its NDJSON answer, read.
package struct BulkReply: Sendable {
    /// Records by what became of them.
    package struct Counts: Sendable, Hashable {
        package var accepted = 0, added = 0, changed = 0, unchanged = 0, deleted = 0, rejected = 0, warnings = 0

        package init() {}

        package static func += (lhs: inout Self, rhs: Self) {
            lhs.accepted += rhs.accepted
            lhs.added += rhs.added
            lhs.changed += rhs.changed
            lhs.unchanged += rhs.unchanged
            lhs.deleted += rhs.deleted
            lhs.rejected += rhs.rejected
            lhs.warnings += rhs.warnings
        }
    }

    /// A line that was refused or warned about.
    package struct Line: Sendable {
        /// From 1 in the body.
        package var number: Int
        package var type: String
        package var id: String
        package var errors: [String]
        package var warnings: [String]

        /// ` (candidate C-1)`; nothing when the line could not even be read so far.
        package var subject: String { type.isEmpty && id.isEmpty ? "" : " (\(type) \(id))" }
    }

    /// The answer ends in the connector's word that it gave up.
    package struct GivenUp: Error, CustomStringConvertible {
        package var description: String
    }

    package var counts = Counts()
    package var lines: [Line] = []

    package init() {}

    /// - Parameter bytes: one line per bad record, and the counts at the end.
    /// - Throws: `GivenUp`; `JSONError` for anything that is no such answer.
    package init(parsing bytes: [UInt8]) throws {
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let json = try JSONValue(parsing: Array(line))
            if let error = json["error"] {
                throw GivenUp(description: "the connector gave up: \(error["detail"]?.string ?? "")")
            }
            guard json["line"] == nil else {
                lines.append(
                    Line(
                        number: Int(json["line"]?.int ?? 0), type: json["type"]?.string ?? "",
                        id: json["id"]?.string ?? "", errors: Self.texts(json["errors"]),
                        warnings: Self.texts(json["warnings"])))
                continue
            }
            func count(_ name: String) -> Int { Int(json[name]?.int ?? 0) }
            counts.accepted = count("accepted")
            counts.added = count("added")
            counts.changed = count("changed")
            counts.unchanged = count("unchanged")
            counts.deleted = count("deleted")
            counts.rejected = count("rejected")
            counts.warnings = count("warnings")
        }
    }

    private static func texts(_ problems: JSONValue?) -> [String] {
        (problems?.array ?? []).map { problem in
            let (pointer, message) = (problem["pointer"]?.string ?? "", problem["message"]?.string ?? "")
            return pointer.isEmpty ? message : "\(pointer): \(message)"
        }
    }
}

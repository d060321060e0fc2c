// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Domain
import Foundation
import JSONBytes
import NIOCore
import NIOHTTP1

/// Posts NDJSON to the connector's bulk endpoint, one bounded body after another.
///
/// A body that got no answer is sent again (records are idempotent), with waits that add up to about a minute, so that a connector that
/// restarts is not an error.
struct BulkUpload: Sendable {
    var connector: String
    var key: String

    /// What the connector said about one body.
    struct Answer: Sendable {
        var counts = Counts()
        /// Lines that were refused or warned about; line numbers count from 1 in the body.
        var lines: [Line] = []
    }

    struct Counts: Sendable {
        var accepted = 0, added = 0, changed = 0, unchanged = 0, deleted = 0, rejected = 0, warnings = 0

        static func += (lhs: inout Self, rhs: Self) {
            lhs.accepted += rhs.accepted
            lhs.added += rhs.added
            lhs.changed += rhs.changed
            lhs.unchanged += rhs.unchanged
            lhs.deleted += rhs.deleted
            lhs.rejected += rhs.rejected
            lhs.warnings += rhs.warnings
        }
    }

    struct Line: Sendable {
        var number: Int
        var type: String
        var id: String
        var errors: [String]
        var warnings: [String]

        /// ` (candidate C-1)`; nothing when the line could not even be read so far.
        var subject: String { type.isEmpty && id.isEmpty ? "" : " (\(type) \(id))" }
    }

    /// - Throws: `CommandError` when the connector refused the whole body or could not be reached for a minute.
    func send(_ body: [UInt8]) async throws -> Answer {
        try Self.parse(try await exchange("/api/v1/records", body))
    }

    /// Tells which keys of a type the ATS still has; everything else of it is deleted.
    ///
    /// - Parameter body: `{"id"}` lines and the last line `{"end": count}`.
    /// - Returns: how many records were deleted.
    func keepOnly(_ kind: RecordKind, _ body: [UInt8], force: Bool) async throws -> Int {
        let answer = try await exchange(
            "/api/v1/records/present?type=\(kind.rawValue)\(force ? "&force=true" : "")", body)
        return (try? JSONValue(parsing: answer))?["deleted"]?.int.map { Int($0) } ?? 0
    }

    private func exchange(_ path: String, _ body: [UInt8]) async throws -> [UInt8] {
        var waits = [1, 2, 4, 8, 15, 30].makeIterator()
        while true {
            var request = HTTPClientRequest(url: connector + path)
            request.method = .POST
            request.headers.add(name: "content-type", value: "application/x-ndjson")
            request.headers.add(name: "authorization", value: "Bearer \(key)")
            request.body = .bytes(body)
            do {
                let response = try await HTTPClient.shared.execute(request, timeout: .minutes(10))
                let bytes = Array(buffer: try await response.body.collect(upTo: 256 << 20))
                if response.status.code == 200 { return bytes }
                // 429, 503 and 507 pass: too many bodies at once, starting or stopping, a disk that somebody is making room on.
                guard [429, 503, 507].contains(response.status.code), let wait = waits.next() else {
                    let detail = (try? JSONValue(parsing: bytes))?["detail"]?.string ?? ""
                    throw CommandError("the connector answered \(response.status.code): \(detail)", code: .unreachable)
                }
                Terminal.note("the connector answered \(response.status.code); sending again in \(wait) s")
                try await Task.sleep(for: .seconds(wait))
            } catch let error as CommandError {
                throw error
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                guard let wait = waits.next() else {
                    throw CommandError(
                        "the connector does not answer at \(connector); start it with: crosswalk serve",
                        code: .unreachable)
                }
                Terminal.note("the connector does not answer; trying again in \(wait) s")
                try await Task.sleep(for: .seconds(wait))
            }
        }
    }

    private static func parse(_ bytes: [UInt8]) throws -> Answer {
        var answer = Answer()
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let json = try JSONValue(parsing: Array(line))
            if let error = json["error"] {
                throw CommandError("the connector gave up: \(error["detail"]?.string ?? "")", code: .unreachable)
            }
            if let number = json["line"]?.int {
                answer.lines.append(
                    Line(
                        number: Int(number), type: json["type"]?.string ?? "", id: json["id"]?.string ?? "",
                        errors: texts(json["errors"]),
                        warnings: texts(json["warnings"])))
            } else {
                func count(_ name: String) -> Int { Int(json[name]?.int ?? 0) }
                answer.counts = Counts(
                    accepted: count("accepted"), added: count("added"), changed: count("changed"),
                    unchanged: count("unchanged"),
                    deleted: count("deleted"), rejected: count("rejected"), warnings: count("warnings"))
            }
        }
        return answer
    }

    private static func texts(_ problems: JSONValue?) -> [String] {
        (problems?.array ?? []).map { problem in
            let (pointer, message) = (problem["pointer"]?.string ?? "", problem["message"]?.string ?? "")
            return pointer.isEmpty ? message : "\(pointer): \(message)"
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import ATSSource
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
struct BulkUpload: RecordSink {
    var connector: String
    var key: String

    /// - Throws: `CommandError` when the connector refused the whole body or could not be reached for a minute.
    func send(_ body: [UInt8]) async throws -> BulkReply {
        let answer = try await exchange("/api/v1/records", body)
        do { return try BulkReply(parsing: answer) } catch let error as BulkReply.GivenUp {
            throw CommandError(error.description, code: .unreachable)
        }
    }

    func keepOnly(_ kind: RecordKind, _ body: [UInt8], force: Bool) async throws -> Int {
        let answer = try await exchange(
            "/api/v1/records/present?type=\(kind.rawValue)\(force ? "&force=true" : "")", body)
        return (try? JSONValue(parsing: answer))?["deleted"]?.int.map { Int($0) } ?? 0
    }

    func watermarks(of source: String) async throws -> [String: String] {
        var marks: [String: String] = [:]
        for (name, value) in try await api.send(.GET, path(source))["watermarks"]?.object ?? [:] {
            marks[name] = value.string
        }
        return marks
    }

    func keep(_ watermark: String, of entry: String, in source: String) async throws {
        try await api.send(.PUT, path(source), ["watermarks": .object([entry: .string(watermark)])])
    }

    private var api: HTTPJSON { .connector(connector, key: key) }

    private func path(_ source: String) -> String {
        "/api/v1/sources/\(source.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? source)/watermarks"
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
}

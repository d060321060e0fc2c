// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import JSONBytes
import Store

/// How far each source was read, kept here so that the reader of a source needs no storage of its own.
struct SourceRoutes: Sendable {
    let store: Store
    let time: any Timekeeper
    let limits: ConnectorLimits

    var endpoints: [Endpoint] {
        [
            .customer(.get, "/api/v1/sources/{name}/watermarks", read),
            .customer(.put, "/api/v1/sources/{name}/watermarks", write),
        ]
    }

    private func read(_ call: Call, _ caller: Caller) async throws -> Response {
        let source = call.values[0]
        let marks = try await store.read { try $0.watermarks(customer: caller.number, source: source) }
        return .json { json in
            json.name("watermarks")
            json.beginObject()
            for (name, value) in marks.sorted(by: { $0.key < $1.key }) { json.member(name, value) }
            json.endObject()
        }
    }

    /// Sets the marks that are named and leaves the others as they are.
    private func write(_ call: Call, _ caller: Caller) async throws -> Response {
        try call.expectBody("application/json")
        let body = try await call.wholeBody(limit: limits.recordBytes, patience: limits.bodyPatience)
        let marks = try Self.marks(in: body)
        let source = call.values[0]
        let now = time.now()
        try await store.write { tx in
            for (name, value) in marks {
                try tx.setWatermark(customer: caller.number, source: source, name: name, value: value, at: now)
            }
        }
        return try await read(call, caller)
    }

    private static func marks(in body: ByteBuffer) throws -> [(name: String, value: String)] {
        let json: JSONValue
        do { json = try JSONValue(parsing: Array(body.readableBytesView)) } catch {
            throw HTTPProblem.malformedJSON(error)
        }
        guard let members = json["watermarks"]?.object else {
            throw wrong("/watermarks", "it is an object: {\"watermarks\": {\"candidate\": \"…\"}}")
        }
        return try members.map { name, value in
            guard let text = value.string, text.utf8.count <= 1000, name.utf8.count <= 200 else {
                throw wrong("/watermarks/\(name.prefix(200))", "a watermark is a text of at most 1,000 bytes")
            }
            return (name, text)
        }
    }

    private static func wrong(_ pointer: String, _ message: String) -> HTTPProblem {
        .invalidBody([Fault(pointer, "type", message)])
    }
}

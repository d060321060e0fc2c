// SPDX-License-Identifier: Apache-2.0

import JSONBytes

/// The answer to a batch of keys: `{"results":{key:…},"errors":{key:error},"statuses":{…}}` (jobs-oauth-restli 2.5,
/// confidence C).
///
/// HTTP's status of a batch is 200 even if every key failed, so this is where success is.
package struct BatchAnswer: Sendable {
    /// What the answer says about one key.
    package enum Outcome: Sendable, Hashable {
        /// A member of `results`: the numeric `status` if it has one, and where its bytes are in the body.
        case result(status: Int?, range: Range<Int>)
        /// A member of `errors`.
        case failed(ErrorBody)
    }

    package struct Entry: Sendable, Hashable {
        /// The key as written, JSON escapes resolved.
        package var key: String
        package var outcome: Outcome
    }

    /// The body the ranges belong to.
    package let body: [UInt8]
    /// Results, then errors, each in the answer's order.
    package private(set) var entries: [Entry] = []

    /// Reads the body of a 2xx answer. Members that are missing or null are empty; unknown ones are passed over.
    ///
    /// - Throws: `JSONError` when it is not JSON or not such an object.
    package init(_ body: [UInt8]) throws {
        self.body = body
        var errors: [Entry] = []
        var results: [Entry] = []
        try body.withUnsafeBytes { bytes in
            var reader = JSONReader(bytes)
            try reader.object { reader, name in
                switch name {
                case "results": try Self.members(&reader) { results.append(try Self.result($0, &$1)) }
                case "errors": try Self.members(&reader) { errors.append(try Self.error($0, &$1)) }
                default: _ = try reader.skip()
                }
            }
            try reader.end()
        }
        entries = results + errors
    }

    /// What became of each key that was sent, whatever the answer's spelling of it.
    ///
    /// - Parameter keys: what was sent.
    /// - Returns: one outcome per key, in the same order; nil for a key the answer does not mention. A key that is in
    ///   both maps, which the protocol forbids, counts as failed.
    package func outcomes(for keys: [EntityKey], simple: Bool) -> [Outcome?] {
        var positions: [EntityKey: Int] = [:]
        positions.reserveCapacity(keys.count)
        for (position, key) in keys.enumerated() { positions[key] = position }
        var outcomes: [Outcome?] = Array(repeating: nil, count: keys.count)
        for entry in entries {
            if let position = Self.position(of: entry.key, in: positions, simple: simple) {
                outcomes[position] = entry.outcome
            }
        }
        return outcomes
    }

    private static func position(of text: String, in positions: [EntityKey: Int], simple: Bool) -> Int? {
        // The framework's own spelling first: the other readings are only made when it does not lead to a key that
        // was sent.
        let version: ProtocolVersion = text.hasPrefix("(") ? .v2 : .v1
        if let key = try? KeyCodec.decode(text, in: .responseBody, version, simple: simple),
            let position = positions[key]
        {
            return position
        }
        for reading in KeyCodec.readings(text, simple: simple) {
            if let position = positions[reading] { return position }
        }
        return nil
    }
}

extension BatchAnswer {
    private static func members(
        _ reader: inout JSONReader, _ member: (String, inout JSONReader) throws -> Void
    ) throws {
        if try reader.null() { return }
        try reader.object { reader, name in try member(name.string, &reader) }
    }

    private static func result(_ key: String, _ reader: inout JSONReader) throws -> Entry {
        guard try reader.peek() == .object else {
            return Entry(key: key, outcome: .result(status: nil, range: try reader.skip()))
        }
        let start = reader.offset
        var status: Int?
        try reader.object { reader, name in
            // An entity may have a `status` of its own, a text: only a number is a status of the batch.
            if name == "status", try reader.peek() == .number {
                status = Int(exactly: try reader.double())
            } else {
                _ = try reader.skip()
            }
        }
        return Entry(key: key, outcome: .result(status: status, range: start..<reader.offset))
    }

    private static func error(_ key: String, _ reader: inout JSONReader) throws -> Entry {
        Entry(key: key, outcome: .failed(ErrorBody.decode(try reader.value())))
    }
}

/// Writes the answer to a batch of keys.
package struct BatchAnswerWriter: Sendable {
    private var results = JSONWriter(capacity: 8192)
    private var errors = JSONWriter(capacity: 256)
    private let hasStatuses: Bool

    /// - Parameter isGet: batch_get alone has the member `statuses`, which is empty.
    package init(isGet: Bool = false) {
        hasStatuses = isGet
        results.beginObject()
        errors.beginObject()
    }

    /// A write that succeeded.
    ///
    /// - Parameter key: spelled for `.responseBody`.
    package mutating func add(_ key: String, status: Int) {
        results.name(key)
        results.beginObject()
        results.name("status")
        results.int(Int64(status))
        results.endObject()
    }

    /// An entity that was read.
    package mutating func add(_ key: String, entity: some Collection<UInt8>) {
        results.name(key)
        results.raw(entity)
    }

    package mutating func add(_ key: String, error: ErrorBody) {
        errors.name(key)
        errors.value(error.json)
    }

    /// The whole body.
    package consuming func finish() -> [UInt8] {
        results.endObject()
        errors.endObject()
        var writer = JSONWriter(capacity: results.bytes.count + errors.bytes.count + 64)
        writer.beginObject()
        writer.name("results")
        writer.raw(results.bytes)
        if hasStatuses {
            writer.name("statuses")
            writer.beginObject()
            writer.endObject()
        }
        writer.name("errors")
        writer.raw(errors.bytes)
        writer.endObject()
        return writer.bytes
    }
}

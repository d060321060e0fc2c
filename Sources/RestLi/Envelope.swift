// SPDX-License-Identifier: Apache-2.0

import JSONBytes

/// The bodies of batch requests (jobs-oauth-restli 2.5, confidence C), as bytes: no tree is made of an entity.
package enum Envelope {
    /// One member of `entities`.
    package struct Entity: Sendable, Hashable {
        /// The key as written, JSON escapes resolved, not decoded.
        package var key: String
        /// Where the entity's bytes are in the body.
        package var range: Range<Int>

        package init(key: String, range: Range<Int>) {
            self.key = key
            self.range = range
        }
    }

    /// Splits `{"entities":{key:entity,…}}`; the body is validated as a whole.
    ///
    /// - Parameter method: for the message only.
    /// - Throws: `RestLiError` 400 for an empty body, bad JSON or another shape.
    package static func entities(
        in body: UnsafeRawBufferPointer, _ method: Method = .batchUpdate
    ) throws(RestLiError) -> [Entity] {
        var entities: [Entity] = []
        try reading(body, method) { reader in
            try reader.object { reader, name in
                guard name == "entities" else {
                    _ = try reader.skip()
                    return
                }
                try reader.object { reader, key in
                    entities.append(Entity(key: key.string, range: try reader.skip()))
                }
            }
        }
        return entities
    }

    /// Splits `{"entities":{key:entity,…}}`.
    package static func entities(
        in body: [UInt8], _ method: Method = .batchUpdate
    ) throws(RestLiError) -> [Entity] {
        try withRawBytes(body) { (bytes) throws(RestLiError) in try entities(in: bytes, method) }
    }

    /// Splits `{"elements":[entity,…]}` of a batch_create.
    ///
    /// - Returns: where each entity's bytes are, in order.
    /// - Throws: `RestLiError` 400 for an empty body, bad JSON or another shape.
    package static func elements(in body: [UInt8]) throws(RestLiError) -> [Range<Int>] {
        var elements: [Range<Int>] = []
        try withRawBytes(body) { (bytes) throws(RestLiError) in
            try reading(bytes, .batchCreate) { reader in
                try reader.object { reader, name in
                    guard name == "elements" else {
                        _ = try reader.skip()
                        return
                    }
                    try reader.array { reader, _ in elements.append(try reader.skip()) }
                }
            }
        }
        return elements
    }

    /// Finds each key's entity, comparing keys as values and never as text.
    ///
    /// - Parameter ids: the query's keys, without repetitions.
    /// - Returns: the range of each key's entity, in the order of `ids`.
    /// - Throws: `RestLiError` 400 for a key that does not parse, comes twice, or is not on both sides.
    package static func match(
        _ entities: [Entity], to ids: [EntityKey], _ version: ProtocolVersion, simple: Bool
    ) throws(RestLiError) -> [Range<Int>] {
        var positions: [EntityKey: Int] = [:]
        for (position, id) in ids.enumerated() { positions[id] = position }
        var ranges: [Range<Int>?] = Array(repeating: nil, count: ids.count)
        for entity in entities {
            let key = try KeyCodec.decode(entity.key, in: .requestBody, version, simple: simple)
            guard let position = positions[key] else {
                throw RestLiError(
                    "Batch request mismatch. Entity key '\(entity.key)' not found in the query parameter.")
            }
            guard ranges[position] == nil else {
                throw RestLiError("Duplicate key in batch request body: '\(entity.key)'")
            }
            ranges[position] = entity.range
        }
        let found = ranges.compactMap { $0 }
        guard found.count == ids.count else {
            let keys = ids.map { KeyCodec.encode($0, in: .requestBody, version) }
            throw RestLiError(
                "Batch request mismatch. URI keys: '\(keys)' Entity keys: '\(entities.map(\.key))'")
        }
        return found
    }

    /// Writes `{"entities":{key:entity,…}}` by splicing entities that are already JSON.
    ///
    /// - Parameter items: keys spelled for `.requestBody`.
    package static func batchUpdate(_ items: [(key: String, body: [UInt8])]) -> [UInt8] {
        var writer = JSONWriter(capacity: items.reduce(32) { $0 + $1.key.utf8.count + $1.body.count + 8 })
        writer.beginObject()
        writer.name("entities")
        writer.beginObject()
        for (key, body) in items {
            writer.name(key)
            writer.raw(body)
        }
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }

    /// Writes `{"elements":[entity,…]}` by splicing entities that are already JSON.
    package static func batchCreate(_ elements: [[UInt8]]) -> [UInt8] {
        var writer = JSONWriter(capacity: elements.reduce(32) { $0 + $1.count + 1 })
        writer.beginObject()
        writer.name("elements")
        writer.beginArray()
        for element in elements { writer.raw(element) }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}

extension Envelope {
    /// Reads a whole request body, turning what JSON's reader says into an answer.
    static func reading(
        _ body: UnsafeRawBufferPointer, _ method: Method, _ read: (inout JSONReader) throws -> Void
    ) throws(RestLiError) {
        guard !body.isEmpty else {
            throw RestLiError("Empty entity body is not allowed for \(method.rawValue) method request")
        }
        var reader = JSONReader(body)
        do {
            try read(&reader)
            try reader.end()
        } catch {
            // UNVERIFIED: the text; the status is the framework's for a body it cannot read.
            throw RestLiError("Cannot parse request entity: \((error as? JSONError)?.description ?? "unreadable")")
        }
    }
}

/// Runs `body` on the bytes of an array, keeping its typed error.
func withRawBytes<T, E: Error>(_ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) throws(E) -> T) throws(E) -> T {
    let result: Result<T, E> = bytes.withUnsafeBytes { buffer in Result { () throws(E) -> T in try body(buffer) } }
    return try result.get()
}

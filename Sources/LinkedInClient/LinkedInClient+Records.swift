// SPDX-License-Identifier: Apache-2.0

package import JSONBytes
package import LinkedIn
package import RestLi

/// Batches of records: the hot path.
extension LinkedInClient {
    /// The most records a call may carry (modules-1-2 1.5, confidence D).
    package static let batchLimit = 100

    /// One record to write.
    package struct Item: Sendable, Hashable {
        package var key: EntityKey
        /// One JSON value.
        package var body: [UInt8]

        package init(key: EntityKey, body: [UInt8]) {
            self.key = key
            self.body = body
        }
    }

    /// Replaces records (batch_update): a field that is left out becomes null at LinkedIn.
    ///
    /// - Parameters:
    ///   - parent: the key in the path, where the resource has one (`RecordNames.parent`).
    ///   - items: 1…100 with different keys.
    /// - Returns: one result per item, in the same order.
    /// - Throws: `LinkedInError` when the call as a whole failed.
    package func put(_ resource: Resource, parent: EntityKey? = nil, items: [Item]) async throws -> [ItemResult] {
        try await write(.batchUpdate, resource, parent, items)
    }

    /// Changes some fields of records (batch_partial_update).
    ///
    /// - Returns: one result per patch, in the same order.
    /// - Throws: `LinkedInError` when the call as a whole failed.
    package func patch(
        _ resource: Resource, parent: EntityKey? = nil, patches: [(key: EntityKey, patch: PatchDocument)]
    ) async throws -> [ItemResult] {
        let items = patches.map { Item(key: $0.key, body: $0.patch.bytes) }
        return try await write(.batchPartialUpdate, resource, parent, items)
    }

    /// Deletes records (batch_delete). A record that is not there is `.gone`.
    ///
    /// - Returns: one result per key, in the same order.
    /// - Throws: `LinkedInError` when the call as a whole failed.
    package func delete(_ resource: Resource, parent: EntityKey? = nil, keys: [EntityKey]) async throws -> [ItemResult]
    {
        precondition(keys.count <= Self.batchLimit, "a call carries at most \(Self.batchLimit) records")
        guard !keys.isEmpty else { return [] }
        let answer = try await call(
            ResourceCall(
                resource: resource, method: .batchDelete, path: path(resource, parent: parent),
                query: KeyCodec.idsQuery(keys, version)))
        return try results(answer, resource, keys, isDeletion: true)
    }

    /// Reads entities (batch_get).
    ///
    /// - Parameter fields: a projection, or nil for everything.
    /// - Returns: what was found, and why the others were not. A key the answer does not mention is nil.
    /// - Throws: `LinkedInError` when the call as a whole failed.
    package func get(
        _ resource: Resource, parent: EntityKey? = nil, keys: [EntityKey], fields: String? = nil
    ) async throws -> [Result<JSONValue, ItemFailure>?] {
        precondition(keys.count <= Self.batchLimit, "a call carries at most \(Self.batchLimit) records")
        guard !keys.isEmpty else { return [] }
        var query = KeyCodec.idsQuery(keys, version)
        if let fields { query += "&" + QueryCodec.encode([("fields", .text(fields))], version) }
        let answer = try await call(
            ResourceCall(resource: resource, method: .batchGet, path: path(resource, parent: parent), query: query))
        guard let batch = try? BatchAnswer(answer.body) else { throw unreadable(answer) }
        return batch.outcomes(for: keys, simple: isSimple(resource)).map { outcome in
            switch outcome {
            case nil: nil
            case .failed(let error): .failure(ItemFailure(error: error))
            case .result(_, let range):
                (try? JSONValue(parsing: Array(batch.body[range]))).map { .success($0) }
            }
        }
    }

    private func write(
        _ method: Method, _ resource: Resource, _ parent: EntityKey?, _ items: [Item]
    ) async throws -> [ItemResult] {
        precondition(items.count <= Self.batchLimit, "a call carries at most \(Self.batchLimit) records")
        guard !items.isEmpty else { return [] }
        let keys = items.map(\.key)
        let body = Envelope.batchUpdate(
            items.map { (KeyCodec.encode($0.key, in: .requestBody, version), $0.body) })
        let answer = try await call(
            ResourceCall(
                resource: resource, method: method, path: path(resource, parent: parent),
                query: KeyCodec.idsQuery(keys, version), body: body))
        return try results(answer, resource, keys, isDeletion: false)
    }

    private func results(
        _ answer: HTTPAnswer, _ resource: Resource, _ keys: [EntityKey], isDeletion: Bool
    ) throws -> [ItemResult] {
        guard let batch = try? BatchAnswer(answer.body) else { throw unreadable(answer) }
        return batch.outcomes(for: keys, simple: isSimple(resource)).map {
            ItemResult($0, resource, isDeletion: isDeletion, requestID: answer.requestID)
        }
    }

    func isSimple(_ resource: Resource) -> Bool { resource.place(on: surface).key.isSimple }
}

/// Why one entity of a batch_get was not read.
package struct ItemFailure: Error, Sendable, Hashable {
    package var error: ErrorBody
}

extension LinkedInClient {
    /// Reads whom LinkedIn thinks candidates are (modules-1-2 4.2.3, confidence D).
    ///
    /// - Returns: by key; a candidate that LinkedIn does not know is not in it.
    /// - Throws: `LinkedInError` when the call as a whole failed.
    package func matches(_ keys: [EntityKey]) async throws -> [EntityKey: CandidateMatch] {
        let answers = try await get(.candidates, keys: keys, fields: "matchedMembers,manualMatchedMember")
        var matches: [EntityKey: CandidateMatch] = [:]
        for (key, answer) in zip(keys, answers) {
            if case .success(let entity)? = answer { matches[key] = CandidateMatch(json: entity) }
        }
        return matches
    }
}

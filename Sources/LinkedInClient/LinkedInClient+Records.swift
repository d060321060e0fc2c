// SPDX-License-Identifier: Apache-2.0

package import LinkedIn
import JSONBytes
import RestLi

/// What LinkedIn said about one record of a call.
package struct ItemResult: Hashable, Sendable {
    /// An HTTP status; 0 when the answer did not mention the record.
    package var status: Int
    /// LinkedIn's message; may echo a value, so it is for the customer's eyes and never for a log.
    package var message: String?
    package var requestID: String?

    package init(status: Int, message: String? = nil, requestID: String? = nil) {
        self.status = status
        self.message = message
        self.requestID = requestID
    }
}

extension LinkedInClient {
    /// Replaces records of one resource: `PUT` with `batch_update` (sync-candidates and its siblings, documented).
    ///
    /// - Parameters:
    ///   - owner: the id of the candidate or application they hang on; empty for candidates and applications.
    ///   - context: `urn:li:organization:…`
    ///   - items: 1…100 with different ids; bodies are whole JSON objects.
    /// - Returns: one result per item, in order.
    /// - Throws: `LinkedInError` when the call as a whole failed.
    package func put(
        _ resource: Resource, owner: String = "", context: String, _ items: [(id: String, body: [UInt8])]
    ) async throws -> [ItemResult] {
        let keys = items.map { key(resource, id: $0.id, owner: owner, context: context) }
        let body = Envelope.batchUpdate(
            zip(keys, items).map { (KeyCodec.encode($0, in: .requestBody, Self.version), $1.body) })
        return try await batch("PUT", resource, owner: owner, context: context, keys, body: body, method: .batchUpdate)
    }

    /// Deletes records of one resource. An unknown one is a 404 in its result.
    package func delete(_ resource: Resource, owner: String = "", context: String, ids: [String]) async throws -> [ItemResult] {
        let keys = ids.map { key(resource, id: $0, owner: owner, context: context) }
        return try await batch("DELETE", resource, owner: owner, context: context, keys, body: [], method: nil)
    }

    /// Reads the matches of candidates; one that LinkedIn does not know is missing from the result.
    package func matches(context: String, of ids: [String]) async throws -> [String: CandidateMatch] {
        let keys = ids.map { key(.candidates, id: $0, context: context) }
        let query = KeyCodec.idsQuery(keys, Self.version) + "&fields=matchedMembers,manualMatchedMember"
        let answer = try await call("GET", path(.candidates), query: query)
        return try read(answer) { body in
            let batch = try BatchAnswer(body)
            var matches: [String: CandidateMatch] = [:]
            for (id, outcome) in zip(ids, batch.outcomes(for: keys, simple: false)) {
                guard case .result(_, let range)? = outcome else { continue }
                matches[id] = CandidateMatch(json: try JSONValue(parsing: Array(body[range])))
            }
            return matches
        }
    }

    private func batch(
        _ http: String, _ resource: Resource, owner: String, context: String, _ keys: [EntityKey], body: [UInt8], method: Method?
    ) async throws -> [ItemResult] {
        let place = resource.place(on: surface)
        let ownerKey = place.parent.map { key($0, id: owner, context: context) }
        let answer = try await call(
            http, path(resource, owner: ownerKey), query: KeyCodec.idsQuery(keys, Self.version), body: body, method: method)
        let requestID = answer.requestID
        return try read(answer) { body in
            try BatchAnswer(body).outcomes(for: keys, simple: place.key.isSimple).map { outcome in
                switch outcome {
                case .result(let status, _): ItemResult(status: status ?? 200, requestID: requestID)
                case .failed(let error): ItemResult(status: error.status, message: error.message, requestID: error.requestID ?? requestID)
                case nil: ItemResult(status: 0, requestID: requestID)
                }
            }
        }
    }
}

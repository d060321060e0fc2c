// SPDX-License-Identifier: Apache-2.0

package import LinkedIn
package import RestLi

extension LinkedInClient {
    /// What a reading of keys said.
    package struct Presence: Sendable {
        /// In the order asked; nil where LinkedIn says neither.
        package var isThere: [Bool?]
        package var requestID: String?
    }

    /// What a reading of one record said.
    package struct Entity: Sendable {
        package enum Content: Sendable {
            /// One JSON object, as LinkedIn wrote it.
            case shown([UInt8])
            case absent
            /// LinkedIn answered with something that says neither.
            case unknown
        }

        package var content: Content
        package var requestID: String?
    }

    /// Reads one record (a batch_get of one key; which kinds are readable is said at `presence`).
    ///
    /// - Throws: `LinkedInError` when the call as a whole failed.
    package func entity(_ resource: Resource, parent: EntityKey? = nil, key: EntityKey) async throws -> Entity {
        let answer = try await call(
            ResourceCall(
                resource: resource, method: .batchGet, path: path(resource, parent: parent),
                query: KeyCodec.idsQuery([key], version)))
        guard let batch = try? BatchAnswer(answer.body) else { throw unreadable(answer) }
        let content: Entity.Content =
            switch batch.outcomes(for: [key], simple: isSimple(resource)).first ?? nil {
            case nil: .absent
            case .failed(let error): error.status == 404 || error.status == 410 ? .absent : .unknown
            case .result(_, let range): .shown(Array(batch.body[range]))
            }
        return Entity(content: content, requestID: answer.requestID)
    }

    /// Asks whether LinkedIn holds these records (batch_get; for candidates documented, modules-1-2 section 1.3. UNVERIFIED for
    /// applications, notes, stages and feedback, which no page lists as readable: a refusal of the whole call must not surprise).
    ///
    /// A key that a readable answer names in neither map is not there: an unknown key is missing from `results` (modules-1-2 1.5, restli).
    ///
    /// - Throws: `LinkedInError` when the call as a whole failed.
    package func presence(_ resource: Resource, parent: EntityKey? = nil, keys: [EntityKey]) async throws -> Presence {
        precondition(keys.count <= Self.batchLimit, "a call carries at most \(Self.batchLimit) records")
        guard !keys.isEmpty else { return Presence(isThere: []) }
        let answer = try await call(
            ResourceCall(
                resource: resource, method: .batchGet, path: path(resource, parent: parent),
                query: KeyCodec.idsQuery(keys, version)))
        guard let batch = try? BatchAnswer(answer.body) else { throw unreadable(answer) }
        let isThere = batch.outcomes(for: keys, simple: isSimple(resource)).map { outcome -> Bool? in
            switch outcome {
            case nil: false
            case .failed(let error): error.status == 404 || error.status == 410 ? false : nil
            case .result: true
            }
        }
        return Presence(isThere: isThere, requestID: answer.requestID)
    }
}

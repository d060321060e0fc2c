// SPDX-License-Identifier: Apache-2.0

import JSONBytes
package import LinkedIn
import RestLi

/// One integration's name at LinkedIn.
package struct IntegrationName: Hashable, Sendable {
    /// `ONE_CLICK_EXPORT`, …
    package var type: String
    /// `urn:li:organization:…`, or `urn:li:contract:…` for contract-level ones.
    package var context: String

    package init(type: String, context: String) {
        self.type = type
        self.context = context
    }
}

extension LinkedInClient {
    /// Those of `names` that exist for this application (rsc-customer-configuration; batch_get, inferred).
    package func integrations(_ names: [IntegrationName]) async throws -> [IntegrationName: Integration] {
        let keys = names.map { key(.integrations, id: $0.type, context: $0.context) }
        let answer = try await call("GET", path(.integrations), query: KeyCodec.idsQuery(keys, Self.version))
        return try read(answer) { body in
            var found: [IntegrationName: Integration] = [:]
            for ((name, key), outcome) in zip(zip(names, keys), try BatchAnswer(body).outcomes(for: keys, simple: false)) {
                guard case .result(_, let range)? = outcome, case .parts(let parts) = key else { continue }
                found[name] = Integration(json: try JSONValue(parsing: Array(body[range])), key: parts)
            }
            return found
        }
    }

    /// Sets the name that the customer's administrator reads in Recruiter (batch_partial_update, Postman collection).
    package func setName(_ text: String, of name: IntegrationName) async throws -> ItemResult {
        let key = key(.integrations, id: name.type, context: name.context)
        let body = Envelope.batchUpdate([
            (KeyCodec.encode(key, in: .requestBody, Self.version), PatchDocument(set: ["integrationName": .string(text)]).bytes)
        ])
        let answer = try await call(
            "POST", path(.integrations), query: KeyCodec.idsQuery([key], Self.version), body: body, method: .batchPartialUpdate)
        return try single(answer, key, simple: false)
    }

    /// Sets one configuration of an integration: `CALLBACK_URL`, `JOB_POSTING_VIEWERS`, `APPLICATION_VIEWERS` (integration-types, documented).
    package func configure(_ name: IntegrationName, key configuration: String, value: String) async throws -> ItemResult {
        let entity: JSONValue = ["configurationValue": ["string": .string(value)]]
        let key = EntityKey.simple(configuration)
        let answer = try await call(
            "PUT", path(.configurations, owner: self.key(.integrations, id: name.type, context: name.context)),
            query: KeyCodec.idsQuery([key], Self.version), body: Envelope.batchUpdate([(configuration, entity.bytes)]), method: .batchUpdate)
        return try single(answer, key, simple: true)
    }

    private func single(_ answer: HTTPAnswer, _ key: EntityKey, simple: Bool) throws -> ItemResult {
        try read(answer) { body in
            switch try BatchAnswer(body).outcomes(for: [key], simple: simple)[0] {
            case .result(let status, _)?: ItemResult(status: status ?? 200, requestID: answer.requestID)
            case .failed(let error)?: ItemResult(status: error.status, message: error.message, requestID: answer.requestID)
            case nil: ItemResult(status: 0, requestID: answer.requestID)
            }
        }
    }
}

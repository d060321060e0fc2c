// SPDX-License-Identifier: Apache-2.0

import JSONBytes
package import LinkedIn
package import RestLi

/// What a customer's administrator enables in Recruiter, and what the ATS says about it (modules-1-2 2.4 and 2.5).
extension LinkedInClient {
    /// Reads integrations (batch_get).
    ///
    /// - Parameter keys: `RecordNames.integration`.
    /// - Returns: those that exist. UNVERIFIED: an integration the customer has not asked for is a 404 or not
    ///   mentioned.
    /// - Throws: `LinkedInError` when the call as a whole failed.
    package func integrations(_ keys: [EntityKey]) async throws -> [Integration] {
        let answers = try await get(.integrations, keys: keys)
        return zip(keys, answers).compactMap { key, answer in
            guard case .success(let json)? = answer, case .parts(let parts) = key else { return nil }
            return Integration(json: json, key: parts)
        }
    }

    /// Reads the integrations that a push notification speaks of (finder `q=request`).
    ///
    /// - Throws: `LinkedInError` when the call failed.
    package func integrations(requestID: String) async throws -> [Integration] {
        let query = QueryCodec.encode([("q", .text("request")), ("requestId", .text(requestID))], version)
        let answer = try await call(
            ResourceCall(resource: .integrations, method: .finder, path: path(.integrations), query: query))
        guard let page = try? CollectionPage(answer.body) else { throw unreadable(answer) }
        return page.elements.compactMap { Integration(json: $0) }
    }

    /// Sets the name that the customer's administrator sees, the only field a partner may set.
    ///
    /// - Throws: `LinkedInError` when the call as a whole failed.
    package func setIntegrationName(_ key: EntityKey, _ name: String) async throws -> ItemResult {
        let patch = PatchDocument(set: ["integrationName": .string(name)])
        let results = try await self.patch(.integrations, patches: [(key, patch)])
        return results.first ?? ItemResult(.missing, status: 0)
    }

    /// Sets configurations of an integration, such as `CALLBACK_URL`.
    ///
    /// - Parameters:
    ///   - integration: the integration's key.
    ///   - settings: name and value; the value travels in a union, `{"string":…}` (modules-1-2 2.5, confidence pm).
    /// - Returns: one result per setting, in the same order.
    /// - Throws: `LinkedInError` when the call as a whole failed.
    package func setConfigurations(_ integration: EntityKey, _ settings: [(name: String, value: String)]) async throws
        -> [ItemResult]
    {
        let items = settings.map { name, value in
            let body: JSONValue = ["configurationValue": ["string": .string(value)]]
            return Item(key: configurationKey(integration, name), body: body.bytes)
        }
        return try await put(.configurations, parent: pathParent(integration), items: items)
    }

    /// Reads configurations of an integration.
    ///
    /// - Returns: by name; those that are not set are not in it.
    /// - Throws: `LinkedInError` when the call as a whole failed.
    package func configurations(_ integration: EntityKey, _ names: [String]) async throws -> [String: String] {
        let keys = names.map { configurationKey(integration, $0) }
        let answers = try await get(.configurations, parent: pathParent(integration), keys: keys)
        var values: [String: String] = [:]
        for (name, answer) in zip(names, answers) {
            if case .success(let json)? = answer { values[name] = json["configurationValue"]?["string"]?.string }
        }
        return values
    }

    /// Removes configurations of an integration.
    ///
    /// - Throws: `LinkedInError` when the call as a whole failed.
    package func removeConfigurations(_ integration: EntityKey, _ names: [String]) async throws -> [ItemResult] {
        try await delete(
            .configurations, parent: pathParent(integration), keys: names.map { configurationKey(integration, $0) })
    }

    private func pathParent(_ integration: EntityKey) -> EntityKey? {
        Resource.configurations.place(on: surface).parent == nil ? nil : integration
    }

    /// Under the integration's path on `/v2`, so the name alone; a part of the key on `/rest`.
    private func configurationKey(_ integration: EntityKey, _ name: String) -> EntityKey {
        let place = Resource.configurations.place(on: surface)
        guard !place.key.isSimple, case .parts(var parts) = integration else { return .simple(name) }
        for part in place.key.parts where part.role == .id { parts[part.name] = name }
        return .parts(parts)
    }
}

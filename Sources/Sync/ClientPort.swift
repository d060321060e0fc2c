// SPDX-License-Identifier: Apache-2.0

package import Domain
import LinkedIn
package import LinkedInClient
import RestLi

/// LinkedIn over HTTP, as the engine asks for it: turns the ATS's ids into keys, and the client's errors into the engine's.
package struct ClientPort: LinkedInPort {
    let client: LinkedInClient
    let organization: OrganizationURN
    let names: RecordNames

    /// - Parameter client: with the credentials of the customer's child application.
    package init(_ client: LinkedInClient, customer: Customer) {
        self.client = client
        organization = OrganizationURN(number: customer.organization)
        names = RecordNames(surface: client.surface, context: organization.description)
    }

    package func put(_ kind: RecordKind, parent: String, _ items: [PortItem]) async throws -> [PortAnswer] {
        let resource = kind.resource
        let batch = items.map { LinkedInClient.Item(key: names.key(resource, id: $0.id, owner: parent), body: $0.body) }
        return try await translated {
            try await client.put(resource, parent: names.parent(of: resource, owner: parent), items: batch).map(
                PortAnswer.init)
        }
    }

    package func delete(_ kind: RecordKind, parent: String, ids: [String]) async throws -> [PortAnswer] {
        let resource = kind.resource
        let keys = ids.map { names.key(resource, id: $0, owner: parent) }
        return try await translated {
            try await client.delete(resource, parent: names.parent(of: resource, owner: parent), keys: keys).map(
                PortAnswer.init)
        }
    }

    package func submitJobs(_ jobs: [[UInt8]]) async throws -> [PortAnswer] {
        try await translated {
            try await client.createJobs(jobs).map { submission in
                var answer = PortAnswer(submission.result)
                answer.task = submission.task
                return answer
            }
        }
    }

    package func tasks(_ tasks: [String]) async throws -> [String: PortTask] {
        try await translated {
            try await client.jobTasks(tasks).compactMapValues { reading in
                switch reading {
                case .task(let task): PortTask(status: task.status.rawValue, errorMessage: task.errorMessage)
                case .unknown: nil
                case .failed: PortTask(status: PortTask.unread)
                }
            }
        }
    }

    package func matches(of candidates: [String]) async throws -> [String: PortMatch] {
        let keys = candidates.map { names.key(.candidates, id: $0) }
        let found = try await translated { try await client.matches(keys) }
        var matches: [String: PortMatch] = [:]
        for (id, key) in zip(candidates, keys) {
            matches[id] = found[key].map {
                PortMatch(matched: $0.matched.map(\.description), manual: $0.manual?.description)
            }
        }
        return matches
    }

    package func held(_ kind: RecordKind, parent: String, ids: [String]) async throws -> PortReading {
        let resource = kind.resource
        let keys = ids.map { names.key(resource, id: $0, owner: parent) }
        return try await translated {
            let reading = try await client.presence(
                resource, parent: names.parent(of: resource, owner: parent), keys: keys)
            let presence = reading.isThere.map { isThere -> PortReading.Presence in
                switch isThere {
                case true?: .present
                case false?: .absent
                case nil: .unknown
                }
            }
            return PortReading(presence, requestID: reading.requestID)
        }
    }

    package func shown(_ key: RecordKey) async throws -> PortShown {
        let resource = key.kind.resource
        return try await translated {
            let entity = try await client.entity(
                resource, parent: names.parent(of: resource, owner: key.parent),
                key: names.key(resource, id: key.id, owner: key.parent))
            let content: PortShown.Content =
                switch entity.content {
                case .shown(let bytes): .record(bytes)
                case .absent: .absent
                case .unknown: .unknown
                }
            return PortShown(content, requestID: entity.requestID)
        }
    }

    package func integrations(_ wanted: [IntegrationRef]) async throws -> [PortIntegration] {
        try await translated {
            try await client.integrations(wanted.map(key)).map(PortIntegration.init)
        }
    }

    package func configure(_ integration: IntegrationRef, name: String, settings: [(key: String, value: String?)])
        async throws
    {
        let key = key(integration)
        try await translated {
            var results: [ItemResult] = []
            let wanted = settings.compactMap { setting in setting.value.map { (setting.key, $0) } }
            if !wanted.isEmpty { results += try await client.setConfigurations(key, wanted) }
            let unwanted = settings.filter { $0.value == nil }.map(\.key)
            if !unwanted.isEmpty { results += try await client.removeConfigurations(key, unwanted) }
            results.append(try await client.setIntegrationName(key, name))
            guard let failed = results.first(where: { $0.code != .accepted && $0.code != .gone }) else { return }
            throw PortFailure(
                .refused, "an integration cannot be set up (\(failed.status))", status: failed.status,
                requestID: failed.requestID)
        }
    }

    private func key(_ integration: IntegrationRef) -> EntityKey {
        RecordNames(surface: names.surface, context: integration.context)
            .integration(
                integration.type, tenantType: IntegrationType(rawValue: integration.type)?.tenantType ?? "RECRUITER")
    }

    func translated<Value>(_ call: () async throws -> Value) async throws -> Value {
        do { return try await call() } catch let error as LinkedInError { throw PortFailure(error) }
    }
}

extension PortAnswer {
    init(_ result: ItemResult) {
        self.init(status: result.status, message: result.message, requestID: result.requestID)
    }
}

extension PortFailure {
    fileprivate init(_ error: LinkedInError) {
        let code: Code =
            switch error.code {
            case .throttled: .throttled
            case .tokenInvalid, .credentialsRefused: .unauthorized
            case .forbidden: .forbidden
            case .rejected, .conflict: .refused
            case .notFound: .notFound
            case .tooLarge: .tooLarge
            case .unavailable, .unreadable, .unexpected: .broken
            case .unreachable, .timedOut, .misconfigured: .unreachable
            }
        self.init(
            code, error.message, status: error.status, requestID: error.requestID, retryAfter: error.retryAfter,
            isDayLimit: error.isDayLimit,
            answer: error.answer?.message)
    }
}

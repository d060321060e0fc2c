// SPDX-License-Identifier: Apache-2.0

package import JSONBytes
package import LinkedIn
internal import SQLFile

/// The acts of a customer's admin and of a recruiter on the stored records, for the control API.
package struct RecordControls: EntityControls {
    private let core: SandboxCore

    package init(_ core: SandboxCore) { self.core = core }

    package func setStatus(
        _ status: IntegrationStatus, of integrations: [IntegrationID], organization: Int64, application: Int64,
        now: Moment
    ) async throws -> [IntegrationChange] {
        let needsConfiguration = core.settings.switches.enableNeedsConfiguration
        return try await core.world.write { tx in
            try integrations.map { id in
                if let contract = ContractURN(id.context)?.number {
                    try tx.addContract(
                        Contract(
                            number: contract, organization: organization, name: Contract.standardName(contract),
                            created: now))
                }
                if try tx.integration(id, application: application) == nil {
                    try tx.addTenancy(application: application, organization: id.organization ?? organization)
                    try tx.requestIntegration(
                        id, application: application, organization: id.organization ?? organization, at: now)
                }
                var changed = false
                // Asking again in the plugin does not switch off what is on.
                if status != .requested {
                    if status == .enabled && needsConfiguration { try tx.refuseUnready(id, application: application) }
                    changed = try tx.setIntegrationStatus(id, application: application, status, at: now)
                }
                let stored = try tx.integration(id, application: application)
                return IntegrationChange(id: id, name: stored?.name, status: stored?.status ?? status, changed: changed)
            }
        }
    }

    package func integrations(application: Int64) async throws -> [IntegrationChange] {
        try await core.world.read { tx in
            try tx.integrations(application: application).map {
                IntegrationChange(id: $0.id, name: $0.name, status: $0.status, changed: false)
            }
        }
    }

    package func callbackURL(application: Int64, context: String) async throws -> String? {
        try await core.world.read { tx in try tx.callbackURL(application: application, context: context) }
    }

    package func counts(organization: Int64) async throws -> [(resource: Resource, count: Int)] {
        let (counts, permissions) = try await core.world.read { tx in
            (
                try tx.entityCounts(organization: organization),
                try Permission.Kind.allCases.map {
                    ($0.resource, try tx.permissionCount($0, organization: organization))
                }
            )
        }
        return EntityKind.allCases.map { ($0.resource, Int(counts[$0] ?? 0)) } + permissions
    }

    package func page(
        of resource: Resource, organization: Int64, after: String?, limit: Int
    ) async throws -> (entities: [JSONValue], next: String?) {
        let cursor = try after.map { text in
            guard let cursor = EntityCursor(text) else {
                throw GatewayError(400, "The cursor is not one that an earlier page gave")
            }
            return cursor
        }
        if let kind = Permission.Kind.allCases.first(where: { $0.resource == resource }) {
            let found = try await core.world.read { tx in
                try tx.permissions(kind, organization: organization, after: cursor, limit: limit + 1)
            }
            let page = found.prefix(limit)
            return (page.map { $0.json(kind) }, found.count > limit ? page.last?.cursor.description : nil)
        }
        guard let kind = EntityKind(resource) else { return ([], nil) }
        let found = try await core.world.read { tx in
            try tx.entities(organization: organization, kind: kind, after: cursor, limit: limit + 1)
        }
        let page = found.prefix(limit)
        return (try page.map { try value($0, kind) }, found.count > limit ? page.last?.cursor.description : nil)
    }

    package func link(candidate: String, organization: Int64, application: Int64, member: Int64?, now: Moment)
        async throws -> Bool
    {
        let person = member.map { core.personIDs(application: application).urn(ofMember: $0) }
        return try await core.world.write { tx in
            guard let tenancy = try tx.tenancy(application: application, organization: organization) else {
                return false
            }
            return try tx.setManualMatch(
                EntityPlace(tenancy: tenancy, kind: .candidate, id: candidate), person, at: now.millis)
        }
    }

    /// Key parts first, under LinkedIn's v2 names, then the body as it is stored.
    private func value(_ listing: EntityListing, _ kind: EntityKind) throws -> JSONValue {
        var object = JSONObject()
        object["id"] = .string(listing.id)
        if let parent = kind.parent {
            object[parent == .candidate ? "candidateId" : "applicationId"] = .string(listing.parent)
        }
        object["application"] = .int(listing.application)
        if let isListed = listing.isListed { object["listed"] = .bool(isListed) }
        if kind == .application { object["shown"] = .bool(listing.isShown) }
        if let person = listing.manualMatchedMember { object["manualMatchedMember"] = .string(person) }
        object["body"] = try JSONValue(parsing: listing.body)
        return .object(object)
    }
}

extension SQLTransaction {
    /// Source: the newer Postman text makes CALLBACK_URL mandatory before enabling (third party); that a name is
    /// needed is inferred.
    ///
    /// - Throws: `GatewayError` 409.
    fileprivate func refuseUnready(_ id: IntegrationID, application: Int64) throws {
        guard let stored = try integration(id, application: application) else { return }
        if stored.name == nil { throw GatewayError(409, "The partner has not set integrationName of \(id.type) yet") }
        if id.type == IntegrationType.oneClickExport.rawValue,
            try configuration(.callbackURL, of: id, application: application) == nil
        {
            throw GatewayError(409, "The partner has not set CALLBACK_URL yet")
        }
    }
}

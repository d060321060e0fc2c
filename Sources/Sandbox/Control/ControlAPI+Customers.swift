// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn

/// Applications, integrations, stored entities, pushes.
extension ControlAPI {
    func partner(_ request: ControlRequest) async throws -> JSONValue {
        guard let partner = sandbox.core.applications.defaultPartner else {
            throw ControlError(404, "there is no partner application", remedy: "POST /_sandbox/reset makes one")
        }
        return ["client_id": .string(partner.clientID), "client_secret": .string(partner.secrets.last ?? "")]
    }

    func applications(_ request: ControlRequest) async throws -> JSONValue {
        let list = sandbox.core.applications.all.map { application -> JSONValue in
            [
                "client_id": .string(application.clientID), "urn": .string(application.urn),
                "name": .string(application.name),
                "parent": .bool(application.isParent),
                "unique_foreign_id": application.uniqueForeignID.map { .string($0) } ?? nil,
                "secrets": .int(Int64(application.secrets.count)),
                "js_domains": .array(application.jsDomains.map { .string($0) }),
            ]
        }
        return ["applications": .array(list)]
    }

    /// The page that documents secret rotation has a deletion too, which could not be read; so it is here and not
    /// invented (M 8).
    func removeSecret(_ request: ControlRequest) async throws -> JSONValue {
        try request.body.only("client_id", "client_secret")
        let application = try application(request.body)
        let secret = try request.body.required("client_secret", try request.body.string("client_secret"))
        guard try await sandbox.core.applications.removeSecret(secret, number: application.number) else {
            throw ControlError(
                409, field: "client_secret", "is not one of two secrets",
                remedy: "name one that exists; the last one stays")
        }
        return ["client_id": .string(application.clientID), "secrets": 1]
    }

    func integrations(_ request: ControlRequest) async throws -> JSONValue {
        try request.query.only("unique_foreign_id", "client_id")
        let application = try application(request.query)
        return json(try await sandbox.controls.integrations(application: application.number), application)
    }

    /// What the customer's admin does in the configuration plugin (request) and in Recruiter (enable, disable): all
    /// four integrations of
    /// Recruiter System Connect, or those of `types`. Enabling requests what was not requested before.
    func set(_ status: IntegrationStatus, _ request: ControlRequest) async throws -> JSONValue {
        let input = request.body
        try input.only("organization", "contract", "contracts", "unique_foreign_id", "client_id", "types")
        let application = try application(input)
        let organization = try input.required("organization", try input.int("organization", in: 1...Int64.max))
        var contracts = try (input.array("contracts") ?? []).map { value in
            guard let number = value.int, number > 0 else {
                throw ControlError(field: "contracts", "must hold whole numbers", remedy: "for example [5000, 5001]")
            }
            return number
        }
        if let contract = try input.int("contract", in: 1...Int64.max) { contracts.append(contract) }
        let types = try types(input)
        let wanted = types.flatMap { type in
            let contexts =
                type == .recruiterData
                ? contracts.map { ContractURN(number: $0).description }
                : [OrganizationURN(number: organization).description]
            return contexts.map { IntegrationID(context: $0, type: type.rawValue, tenant: type.tenantType) }
        }
        let changes = try await sandbox.setIntegrations(
            status, wanted, organization: organization, application: application.number)
        return json(changes, application)
    }

    func state(_ request: ControlRequest) async throws -> JSONValue {
        let query = request.query
        try query.only("organization", "resource", "after", "limit")
        let organization = try query.required("organization", try query.int("organization", in: 1...Int64.max))
        guard let resource = try query.choice("resource", Resource.self) else {
            let counts = try await sandbox.controls.counts(organization: organization)
            let object = JSONObject(counts.map { ($0.resource.rawValue, .int(Int64($0.count))) })
            // Twice: under `counts` for programs that walk it, and by name for scripts that want one number.
            var answer = object
            answer["organization"] = .int(organization)
            answer["counts"] = .object(object)
            return .object(answer)
        }
        let limit = try query.int("limit", in: 1...1000) ?? 100
        let page = try await sandbox.controls.page(
            of: resource, organization: organization, after: try query.string("after"), limit: Int(limit))
        return ["entities": .array(page.entities), "next": page.next.map { .string($0) } ?? nil]
    }

    /// The application that `unique_foreign_id` or `client_id` names; without either the only child there is.
    func application(_ input: ControlInput) throws -> DeveloperApplication {
        let applications = sandbox.core.applications
        if let id = try input.string("client_id") {
            guard let found = applications.application(clientID: id) else {
                throw ControlError(
                    404, field: "client_id", "no application has it", remedy: "GET /_sandbox/applications lists them")
            }
            return found
        }
        let children = applications.all.filter { !$0.isParent }
        if let id = try input.string("unique_foreign_id") {
            guard let found = children.first(where: { $0.uniqueForeignID == id }) else {
                throw ControlError(
                    404, field: "unique_foreign_id", "no child application was provisioned for it",
                    remedy: "provision it first: POST /v2/provisionedApplications with the partner's token")
            }
            return found
        }
        guard children.count == 1 else {
            throw ControlError(
                field: "unique_foreign_id", "is missing, and there are \(children.count) child applications",
                remedy: children.isEmpty
                    ? "provision one first: POST /v2/provisionedApplications with the partner's token"
                    : "name one of them")
        }
        return children[0]
    }

    /// What a customer's admin can ask for: Recruiter System Connect, and what may come with it.
    private static let offered = IntegrationType.recruiterSystemConnect + [.recommendedMatches, .unifiedSearch]

    private func types(_ input: ControlInput) throws -> [IntegrationType] {
        guard let names = try input.array("types") else { return IntegrationType.recruiterSystemConnect }
        return try names.map { name in
            guard let type = Self.offered.first(where: { $0.rawValue == name.string }) else {
                throw ControlError(
                    field: "types", "must name integrations of Recruiter System Connect",
                    remedy: "use any of: " + Self.offered.map(\.rawValue).joined(separator: ", "))
            }
            return type
        }
    }

    private func json(_ changes: [IntegrationChange], _ application: DeveloperApplication) -> JSONValue {
        [
            "client_id": .string(application.clientID),
            "unique_foreign_id": application.uniqueForeignID.map { .string($0) } ?? nil,
            "integrations": .array(
                changes.map {
                    [
                        "context": .string($0.id.context), "type": .string($0.id.type), "tenant": .string($0.id.tenant),
                        "name": $0.name.map { .string($0) } ?? nil, "status": .string($0.status.rawValue),
                        "changed": .bool($0.changed),
                    ]
                }),
        ]
    }
}

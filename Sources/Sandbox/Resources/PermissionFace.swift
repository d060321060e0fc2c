// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn
internal import RestLi

/// How keys and elements of the two permission resources look on one surface. The record has no fields beside its key.
struct PermissionFace {
    /// What a finder asked for.
    struct Filter: Sendable {
        var organization: Int64
        /// The job or the person; nil asks for all (optional [I]: Postman always sends it).
        var subject: String?
        /// As the caller spells it.
        var entityType: String
    }

    private let kind: Permission.Kind
    private let surface: Surface
    private let parts: [KeyPart]

    init(_ kind: Permission.Kind, on surface: Surface) {
        self.kind = kind
        self.surface = surface
        parts = (kind == .job ? Resource.entityACLs : .aclAssignees).place(on: surface).key.parts
    }

    /// Reads a key; parts by name, so their order is of no account. `dataProvider` may stand in a versioned key or not
    /// (J-19).
    ///
    /// - Throws: `GatewayError` 400: a part is missing, unknown, empty, or has a value that no key can have.
    func address(_ key: EntityKey) throws -> (organization: Int64, permission: Permission) {
        guard case .parts(var values) = key else { throw RecordFace.badKey }
        if surface.isVersioned, values[Self.dataProvider] == KeyPart.dataProviderValue {
            values[Self.dataProvider] = nil
        }
        guard values.count == parts.count, values.allSatisfy({ !$0.value.isEmpty }) else { throw RecordFace.badKey }
        var organization: Int64 = 0
        var permission = Permission(subject: "", group: "")
        for part in parts {
            guard let value = values[part.name] else { throw RecordFace.badKey }
            switch part.role {
            case .context: organization = try Self.organization(value)
            case .dataProvider: try Self.check(dataProvider: value)
            case .entityType: try Self.check(entityType: value)
            case .id where kind == .job, .ownerID where kind == .person: permission.group = value
            default: permission.subject = value
            }
        }
        return (organization, permission)
    }

    /// - Throws: `RestLiError` or `GatewayError` 400.
    func filter(_ query: FinderQuery) throws -> Filter {
        let context = try query.required("integrationContext", try query.text("integrationContext"))
        if surface.isVersioned {
            if let provider = try query.text(Self.dataProvider) { try Self.check(dataProvider: provider) }
        } else {
            let provider = try query.required(Self.dataProvider, try query.text(Self.dataProvider))
            try Self.check(dataProvider: provider)
        }
        let type = try query.text(name(.entityType)) ?? KeyPart.entityTypeValue
        try Self.check(entityType: type)
        return Filter(
            organization: try Self.organization(context), subject: try query.text(name(kind == .job ? .ownerID : .id)),
            entityType: type)
    }

    /// The key's fields [I, from the `fields` of the Postman collection].
    func element(_ permission: Permission, _ filter: Filter) -> JSONObject {
        var element = JSONObject()
        for part in parts {
            element[part.name] =
                switch part.role {
                case .context: .string("urn:li:organization:\(filter.organization)")
                case .dataProvider: .string(KeyPart.dataProviderValue)
                // J-19: the only word of v2; on the versioned surface the caller's.
                case .entityType: .string(surface.isVersioned ? filter.entityType : KeyPart.entityTypeValue)
                case .id where kind == .job, .ownerID where kind == .person: .string(permission.group)
                default: .string(permission.subject)
                }
        }
        return element
    }

    private func name(_ role: KeyPart.Role) -> String { parts.first { $0.role == role }?.name ?? "" }

    private static let dataProvider = "dataProvider"

    private static func check(dataProvider value: String) throws {
        guard value == KeyPart.dataProviderValue else {
            throw GatewayError(400, "dataProvider must be \(KeyPart.dataProviderValue)")
        }
    }

    /// `JOB_REQUISITION` was seen on the versioned surface [T]; both name the same thing (J-19).
    private static func check(entityType value: String) throws {
        guard value == KeyPart.entityTypeValue || value == "JOB_REQUISITION" else {
            throw GatewayError(400, "The entity type must be \(KeyPart.entityTypeValue)")
        }
    }

    private static func organization(_ context: String) throws -> Int64 {
        guard let number = OrganizationURN(context)?.number, number > 0 else {
            throw GatewayError(400, "integrationContext must be an organization URN")
        }
        return number
    }
}

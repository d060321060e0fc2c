// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn
internal import SQLFile

/// One row of a permissions table: a job and a group, or a person and a group.
struct Permission: Hashable, Sendable {
    enum Kind: Sendable, CaseIterable {
        case job, person

        var resource: Resource { self == .job ? .entityACLs : .aclAssignees }

        fileprivate var table: StaticString { self == .job ? "acl" : "acl_assignee" }
        fileprivate var column: StaticString { self == .job ? "job" : "person" }
    }

    /// The job's id in the ATS, or the person's URN.
    var subject: String
    /// The ATS's id of the security group.
    var group: String
}

/// Statements on `acl` and `acl_assignee`.
extension SQLTransaction {
    /// - Returns: false when it was there already.
    func addPermission(_ permission: Permission, _ kind: Permission.Kind, tenancy: Int64) throws -> Bool {
        try run(
            "INSERT INTO \(kind.table) (tenancy, \(kind.column), security_group) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            .int(tenancy), .text(permission.subject), .text(permission.group)) > 0
    }

    /// - Returns: false when there was none.
    func removePermission(_ permission: Permission, _ kind: Permission.Kind, tenancy: Int64) throws -> Bool {
        try run(
            "DELETE FROM \(kind.table) WHERE tenancy = ? AND \(kind.column) = ? AND security_group = ?",
            .int(tenancy), .text(permission.subject), .text(permission.group)) > 0
    }

    func hasPermission(_ permission: Permission, _ kind: Permission.Kind, tenancy: Int64) throws -> Bool {
        try first(
            "SELECT 1 FROM \(kind.table) WHERE tenancy = ? AND \(kind.column) = ? AND security_group = ?",
            [.int(tenancy), .text(permission.subject), .text(permission.group)]
        ) { $0.int(0) } != nil
    }

    func permissionCount(_ kind: Permission.Kind, of subject: String?, tenancy: Int64) throws -> Int {
        Int(
            try first(
                "SELECT count(*) FROM \(kind.table) WHERE tenancy = ? AND (? IS NULL OR \(kind.column) = ?)",
                [.int(tenancy), .optional(subject), .optional(subject)]
            ) { $0.int(0) } ?? 0)
    }

    /// By subject and group.
    func permissions(_ kind: Permission.Kind, of subject: String?, tenancy: Int64, start: Int, limit: Int) throws
        -> [Permission]
    {
        try rows(
            """
            SELECT \(kind.column), security_group FROM \(kind.table)
            WHERE tenancy = ? AND (? IS NULL OR \(kind.column) = ?)
            ORDER BY \(kind.column), security_group LIMIT ? OFFSET ?
            """,
            [.int(tenancy), .optional(subject), .optional(subject), .int(limit), .int(start)]
        ) { Permission(subject: $0.text(0), group: $0.text(1)) }
    }

    /// The groups of the ACLs of every job from the first to the last id, by job; jobs without one are missing.
    func aclGroups(tenancy: Int64, from first: String, through last: String) throws -> [ExactID: [ExactID]] {
        let found = try rows(
            "SELECT job, security_group FROM acl WHERE tenancy = ? AND job >= ? AND job <= ?",
            [.int(tenancy), .text(first), .text(last)]
        ) { (ExactID($0.text(0)), ExactID($0.text(1))) }
        return Dictionary(grouping: found) { $0.0 }.mapValues { $0.map(\.1) }
    }

    /// What one member sees of a customer's jobs in one feature.
    ///
    /// - Parameters:
    ///   - person: the member's URN as the application sees it.
    ///   - everyone: id of the special ACL (J-8).
    func visibility(
        of person: String, in feature: Visibility.Feature, tenant: Tenant, everyone: String
    ) throws -> Visibility {
        let groups = try rows(
            "SELECT security_group FROM acl_assignee WHERE tenancy = ? AND person = ?",
            [.int(tenant.tenancy), .text(person)]
        ) { ExactID($0.text(0)) }
        let key = feature.configuration
        let value = try configuration(
            key, of: tenant.integration(key.integrationType), application: tenant.application)
        return Visibility(
            showsUnsecured: value == ConfigurationKey.allProductUsers, groups: Set(groups),
            everyone: ExactID(everyone))
    }
}

/// One row as the control API shows it.
struct PermissionListing: Sendable {
    var permission: Permission
    var application: Int64
    /// Pass to get what follows.
    var cursor: EntityCursor

    func json(_ kind: Permission.Kind) -> JSONValue {
        [
            "id": .string(permission.group), kind == .job ? "job" : "assignee": .string(permission.subject),
            "application": .int(application),
        ]
    }
}

extension SQLTransaction {
    /// How many rows an organization has, over all its applications.
    func permissionCount(_ kind: Permission.Kind, organization: Int64) throws -> Int {
        Int(
            try first(
                """
                SELECT count(*) FROM \(kind.table) JOIN tenancy ON tenancy.number = \(kind.table).tenancy
                WHERE organization = ?
                """,
                [.int(organization)]
            ) { $0.int(0) } ?? 0)
    }

    /// A page of an organization's rows, by tenancy, subject and group.
    func permissions(_ kind: Permission.Kind, organization: Int64, after cursor: EntityCursor?, limit: Int) throws
        -> [PermissionListing]
    {
        try rows(
            """
            SELECT \(kind.table).tenancy, \(kind.column), security_group, tenancy.application
            FROM \(kind.table) JOIN tenancy ON tenancy.number = \(kind.table).tenancy
            WHERE organization = ? AND (\(kind.table).tenancy, \(kind.column), security_group) > (?, ?, ?)
            ORDER BY \(kind.table).tenancy, \(kind.column), security_group LIMIT ?
            """,
            [
                .int(organization), .int(cursor?.tenancy ?? 0), .text(cursor?.parent ?? ""), .text(cursor?.id ?? ""),
                .int(limit),
            ]
        ) {
            let permission = Permission(subject: $0.text(1), group: $0.text(2))
            return PermissionListing(
                permission: permission, application: $0.int(3),
                cursor: EntityCursor(tenancy: $0.int(0), parent: permission.subject, id: permission.group))
        }
    }
}

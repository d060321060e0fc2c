// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn
internal import RestLi
internal import SQLFile

/// `atsEntityAcls` and `atsEntityAclAssignees`: which groups may see a job, and who is in them.
///
/// Source: sync-acls (documented), Postman collection; answers are inferred from the framework (modules 3–5, C.3 and
/// C.4). Jobs, groups and members may be named in any order: none of them must be there before the others, except the
/// member (UNVERIFIED).
struct PermissionResource: ResourceHandler {
    let core: SandboxCore
    let kind: Permission.Kind

    /// One key of a request, read.
    private struct Item: Sendable {
        var key: EntityKey
        var organization: Int64
        var permission: Permission
        /// What is wrong with it; its neighbours are not touched by it.
        var problem: RecordProblem?
    }

    func answer(_ call: Call) async throws -> Answer {
        switch call.method {
        case .batchUpdate:
            let ranges = try call.body.withUnsafeBytes { bytes in
                try Envelope.match(
                    Envelope.entities(in: bytes, call.method), to: call.keys, call.version, simple: false)
            }
            return .batch(try await add(items(call, bodies: ranges), call), call.version)
        case .batchDelete: return .batch(try await remove(items(call), call), call.version)
        case .finder: return try await find(call)
        default: throw call.unsupported
        }
    }

    private func items(_ call: Call, bodies: [Range<Int>]? = nil) throws -> [Item] {
        try RecordResource.limit(call.keys.count, call.method)
        let face = PermissionFace(kind, on: call.surface)
        let persons = core.personIDs(application: call.application.number)
        return try call.keys.enumerated().map { position, key in
            let (organization, permission) = try face.address(key)
            var item = Item(key: key, organization: organization, permission: permission)
            if call.faults.strikes(position) {
                item.problem = .planned
            } else if let range = bodies?[position], call.body[range].first != UInt8(ascii: "{") {
                // The record has no fields of its own; its value is an object all the same.
                item.problem = RecordProblem(422, "ERROR :: / :: is not an object\n")
            } else if kind == .person, persons.member(ofURN: permission.subject) == nil, bodies != nil,
                call.switches.assigneesMustExist || PersonURN(permission.subject) == nil
            {
                item.problem = Self.noPerson
            }
            return item
        }
    }

    private func add(_ items: [Item], _ call: Call) async throws -> [(key: EntityKey, outcome: RecordOutcome)] {
        let (kind, switches) = (kind, call.switches)
        let gate = RecordGate(application: call.application.number, access: call.access, switches)
        let persons = core.personIDs(application: call.application.number)
        return try await core.world.write { tx in
            var gate = gate
            return try items.map { item in
                let tenancy = try gate.tenancy(item.organization, tx)
                if let problem = item.problem { return (item.key, .failed(problem)) }
                let isKnown = try tx.hasPermission(item.permission, kind, tenancy: tenancy)
                if kind == .person && !isKnown {
                    if switches.assigneesMustExist,
                        try persons.member(ofURN: item.permission.subject).flatMap({ try tx.member(number: $0) }) == nil
                    {
                        return (item.key, .failed(Self.noPerson))
                    }
                    let count = try tx.permissionCount(kind, of: item.permission.subject, tenancy: tenancy)
                    guard count < switches.aclsPerUser else {
                        return (item.key, .failed(Self.tooMany(switches.aclsPerUser)))
                    }
                }
                _ = try tx.addPermission(item.permission, kind, tenancy: tenancy)
                return (item.key, .done(isKnown || !switches.newPermissionsAre201 ? 204 : 201))
            }
        }
    }

    /// Deleting an ACL leaves its assignees, and the other way round [I].
    private func remove(_ items: [Item], _ call: Call) async throws -> [(key: EntityKey, outcome: RecordOutcome)] {
        let kind = kind
        let isStrict = call.switches.unknownDeleteIsError
        let gate = RecordGate(application: call.application.number, access: call.access, call.switches)
        return try await core.world.write { tx in
            var gate = gate
            return try items.map { item in
                let tenancy = try gate.tenancy(item.organization, tx)
                if let problem = item.problem { return (item.key, .failed(problem)) }
                let isGone = try tx.removePermission(item.permission, kind, tenancy: tenancy)
                return (item.key, isGone || !isStrict ? .done(204) : .failed(.unknown))
            }
        }
    }

    private func find(_ call: Call) async throws -> Answer {
        let query = try FinderQuery(call, finder: "criteria")
        let face = PermissionFace(kind, on: call.surface)
        let filter = try face.filter(query)
        let gate = RecordGate(application: call.application.number, access: call.access, call.switches)
        let (kind, window) = (kind, query.window)
        let (found, total) = try await core.world.read { tx in
            var gate = gate
            let tenancy = try gate.tenancy(filter.organization, tx)
            return (
                try tx.permissions(
                    kind, of: filter.subject, tenancy: tenancy, start: window.start, limit: window.count),
                try tx.permissionCount(kind, of: filter.subject, tenancy: tenancy)
            )
        }
        return query.page(found.map { face.element($0, filter) }, total: total)
    }

    /// UNVERIFIED: the status and the words.
    private static let noPerson = RecordProblem(422, "ERROR :: /assignee :: is not a member this application knows\n")

    /// The limit is documented (sync-acls); UNVERIFIED: the status and the words.
    private static func tooMany(_ most: Int) -> RecordProblem {
        RecordProblem(422, "ERROR :: /assignee :: a user can be assigned to at most \(most) ACLs\n")
    }
}

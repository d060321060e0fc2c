// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import Intake
import JSONBytes
import Store

/// Who is in which group. A job's groups themselves are records like any other (`RecordRoutes`).
struct MemberRoutes: Sendable {
    let store: Store
    let time: any Timekeeper
    let signal: SyncSignal
    let limits: ConnectorLimits

    var endpoints: [Endpoint] {
        [
            .customer(.get, "/api/v1/acls/{aclId}/members", list),
            .customer(.put, "/api/v1/acls/{aclId}/members/{userId}", put),
            .customer(.get, "/api/v1/acls/{aclId}/members/{userId}", get),
            .customer(.delete, "/api/v1/acls/{aclId}/members/{userId}", delete),
        ]
    }

    private func list(_ call: Call, _ caller: Caller) async throws -> Response {
        let limit = Int(try call.number("limit", default: 100, in: 1...1000))
        let (acl, after) = (call.values[0], call.query["after"] ?? "")
        let members = try await store.read {
            try $0.members(of: acl, customer: caller.number, after: after, limit: limit)
        }
        return .json { json in
            json.name("items")
            json.beginArray()
            for member in members {
                json.beginObject()
                json.membership(member)
                json.endObject()
            }
            json.endArray()
            json.name("next")
            if members.count == limit, let last = members.last {
                json.string(last.membership.user)
            } else {
                json.null()
            }
        }
    }

    private func put(_ call: Call, _ caller: Caller) async throws -> Response {
        _ = try await call.object(limits)
        let checked = caller.intake(time).membership(acl: call.values[0], user: call.values[1])
        guard let change = checked.change else { throw HTTPProblem.invalidRecord(checked.problems.map(Fault.init)) }
        let membership = ACLMembership(acl: change.key.parent, user: change.key.id)
        let now = time.now()
        let (tally, status) = try await store.write { tx in
            if let count = try tx.groupCount(joining: membership, customer: caller.number),
                count > ACLMembership.mostPerUser
            {
                throw HTTPProblem.tooManyGroups(count)
            }
            return (
                try tx.accept([change], customer: caller.number, priority: .interactive, at: now),
                try tx.membership(membership, customer: caller.number)
            )
        }
        signal.recordsChanged(caller.number)
        return .json(tally.added > 0 ? .created : .ok) { json in
            json.member("outcome", tally.added > 0 ? "added" : "unchanged")
            if let status { json.membership(status) }
        }
    }

    private func get(_ call: Call, _ caller: Caller) async throws -> Response {
        let membership = ACLMembership(acl: call.values[0], user: call.values[1])
        let status = try await store.read { try $0.membership(membership, customer: caller.number) }
        guard let status else { throw HTTPProblem.unknownRecord() }
        return .json { $0.membership(status) }
    }

    private func delete(_ call: Call, _ caller: Caller) async throws -> Response {
        let key = RecordKey(.assignee, parent: call.values[0], id: call.values[1])
        let now = time.now()
        let tally = try await store.write {
            try $0.accept([.delete(key)], customer: caller.number, priority: .interactive, at: now)
        }
        if tally.deleted > 0 { signal.recordsChanged(caller.number) }
        return Response(status: .noContent)
    }
}

// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import JSONBytes
import Store

/// The ATS's users: whom groups are made of, and which LinkedIn member each is.
struct UserRoutes: Sendable {
    let store: Store
    let time: any Timekeeper
    let signal: SyncSignal
    let limits: ConnectorLimits

    var endpoints: [Endpoint] {
        [
            .customer(.get, "/api/v1/users", list),
            .customer(.put, "/api/v1/users/{id}", put),
            .customer(.get, "/api/v1/users/{id}", get),
            .customer(.delete, "/api/v1/users/{id}", delete),
        ]
    }

    private func list(_ call: Call, _ caller: Caller) async throws -> Response {
        let limit = Int(try call.number("limit", default: 100, in: 1...1000))
        let (after, unbound) = (call.query["after"] ?? "", try call.flag("unbound"))
        let users = try await store.read { tx in
            try tx.users(customer: caller.number, after: after, unbound: unbound, limit: limit).map { user in
                (user, try tx.groups(ofUser: user.id, customer: caller.number))
            }
        }
        return .json { json in
            json.name("items")
            json.beginArray()
            for (user, groups) in users {
                json.beginObject()
                json.user(user, groups: groups)
                json.endObject()
            }
            json.endArray()
            json.name("next")
            if users.count == limit, let last = users.last { json.string(last.0.id) } else { json.null() }
        }
    }

    private func put(_ call: Call, _ caller: Caller) async throws -> Response {
        let form = try await UserForm(call, limits)
        let now = time.now()
        let (isNew, user, groups) = try await store.write { tx in
            let isNew = try tx.putUser(
                id: form.id, email: form.email, name: form.name, customer: caller.number, at: now)
            switch form.person {
            case .unsaid: break
            case .nobody: try tx.unbind(form.id, customer: caller.number, at: now)
            case .member(let person):
                let outcome = try tx.bind(form.id, to: person, source: .given, customer: caller.number, at: now)
                if case .tooManyGroups(let count) = outcome { throw HTTPProblem.tooManyGroups(count) }
            }
            return (
                isNew, try tx.user(form.id, customer: caller.number),
                try tx.groups(ofUser: form.id, customer: caller.number)
            )
        }
        signal.recordsChanged(caller.number)
        guard let user else { throw HTTPProblem.unknownRecord() }
        return .json(isNew ? .created : .ok) { $0.user(user, groups: groups) }
    }

    private func get(_ call: Call, _ caller: Caller) async throws -> Response {
        let id = call.values[0]
        let (user, groups) = try await store.read { tx in
            (try tx.user(id, customer: caller.number), try tx.groups(ofUser: id, customer: caller.number))
        }
        guard let user else { throw HTTPProblem.unknownRecord() }
        return .json { $0.user(user, groups: groups) }
    }

    private func delete(_ call: Call, _ caller: Caller) async throws -> Response {
        let (id, now) = (call.values[0], time.now())
        if try await store.write({ try $0.deleteUser(id, customer: caller.number, at: now) }) {
            signal.recordsChanged(caller.number)
        }
        return Response(status: .noContent)
    }
}

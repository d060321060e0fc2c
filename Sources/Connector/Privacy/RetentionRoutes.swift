// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import JSONBytes
import Store

/// How long LinkedIn's data is kept, what is done about closed accounts, and the evidence of both.
struct RetentionRoutes: Sendable {
    let store: Store
    let time: any Timekeeper
    let limits: ConnectorLimits

    var endpoints: [Endpoint] {
        [
            .customer(.get, "/api/v1/retention", show),
            .customer(.put, "/api/v1/retention", set),
            .customer(.get, "/api/v1/retention/runs", runs),
            .customer(.get, "/api/v1/closed-profiles/checks", checks),
        ]
    }

    private func show(_ call: Call, _ caller: Caller) async throws -> Response {
        try await answer(caller)
    }

    private func answer(_ caller: Caller) async throws -> Response {
        let now = time.now()
        let (policy, run, check) = try await store.read { tx in
            (
                try tx.retentionPolicy(customer: caller.number),
                try tx.retentionRuns(customer: caller.number, before: nil, limit: 1).first,
                try tx.closedChecks(customer: caller.number, before: nil, limit: 1).first
            )
        }
        return .json { json in
            json.name("days")
            json.beginObject()
            for kind in RetentionKind.allCases {
                json.name(kind.rawValue)
                if let days = policy.days[kind] { json.int(Int64(days)) } else { json.null() }
            }
            json.endObject()
            json.member("closedProfiles", policy.closed.word)
            json.name("lastRunAt")
            if let run { json.string(run.at.iso8601) } else { json.null() }
            json.name("closedProfilesCheckedAt")
            if let check { json.string(check.at.iso8601) } else { json.null() }
            json.member("closedProfilesOverdue", check.map { now - $0.at > ClosedCheck.longest } ?? false)
        }
    }

    private func set(_ call: Call, _ caller: Caller) async throws -> Response {
        try call.expectBody("application/json")
        let body = try await call.wholeBody(limit: limits.recordBytes, patience: limits.bodyPatience)
        let json: JSONValue
        do throws(JSONError) { json = try JSONValue(parsing: Array(body.readableBytesView)) } catch {
            throw HTTPProblem.malformedJSON(error)
        }
        let policy = try Self.policy(json)
        let now = time.now()
        try await store.write { tx in
            try tx.setRetentionPolicy(policy, customer: caller.number)
            try tx.audit(caller.entry("retention.set", "the retention policy"), at: now)
        }
        return try await answer(caller)
    }

    /// The whole policy: a kind that is not named, or null, has no limit.
    static func policy(_ json: JSONValue) throws -> RetentionPolicy {
        var policy = RetentionPolicy()
        var faults: [Fault] = []
        let kinds = RetentionKind.allCases.map(\.rawValue).joined(separator: ", ")
        guard let object = json.object else {
            throw HTTPProblem.invalidBody([Fault("", "type", "a retention policy is one JSON object")])
        }
        for (name, value) in object {
            switch name {
            case "days":
                for (name, value) in value.object ?? JSONObject() {
                    guard let kind = RetentionKind(rawValue: name) else {
                        faults.append(Fault("/days/\(name)", "unknown", "a kind is one of \(kinds)"))
                        continue
                    }
                    if value.isNull { continue }
                    guard let days = value.int, (1...Int64(RetentionPolicy.longest)).contains(days) else {
                        faults.append(
                            Fault(
                                "/days/\(name)", "range",
                                "days are a whole number from 1 to 36500, or null for no limit"))
                        continue
                    }
                    policy.days[kind] = Int(days)
                }
            case "closedProfiles":
                guard let closed = value.string.flatMap(ClosedPolicy.init(word:)) else {
                    faults.append(Fault("/closedProfiles", "unknown", "it is notify, erase or eraseCandidate"))
                    continue
                }
                policy.closed = closed
            default:
                faults.append(Fault("/\(name)", "unknown", "a policy has days and closedProfiles"))
            }
        }
        guard faults.isEmpty else { throw HTTPProblem.invalidBody(faults) }
        return policy
    }

    private func runs(_ call: Call, _ caller: Caller) async throws -> Response {
        let limit = Int(try call.number("limit", default: 100, in: 1...1000))
        let after = try call.number("after", default: .max, in: 1...Int64.max)
        let runs = try await store.read {
            try $0.retentionRuns(customer: caller.number, before: after, limit: limit)
        }
        return Self.page(runs, limit: limit, last: runs.last?.number) { json, run in
            json.name("run")
            json.int(run.number)
            json.member("at", run.at)
            json.name("removed")
            json.beginArray()
            for count in run.counts {
                json.beginObject()
                json.member("kind", count.kind.rawValue)
                json.member("days", count.days)
                json.member("rows", count.removed)
                json.endObject()
            }
            json.endArray()
        }
    }

    private func checks(_ call: Call, _ caller: Caller) async throws -> Response {
        let limit = Int(try call.number("limit", default: 100, in: 1...1000))
        let after = try call.number("after", default: .max, in: 1...Int64.max)
        let checks = try await store.read {
            try $0.closedChecks(customer: caller.number, before: after, limit: limit)
        }
        return Self.page(checks, limit: limit, last: checks.last?.number) { json, check in
            json.name("check")
            json.int(check.number)
            json.member("at", check.at)
            json.member("policy", check.policy.word)
            json.member("found", check.found)
            json.member("new", check.told)
            json.member("erasures", check.erased)
        }
    }

    /// `{"items": […], "next": …|null}`, the newest first.
    private static func page<Item>(
        _ items: [Item], limit: Int, last: Int64?, _ write: (inout JSONWriter, Item) -> Void
    ) -> Response {
        .json { json in
            json.name("items")
            json.beginArray()
            for item in items {
                json.beginObject()
                write(&json, item)
                json.endObject()
            }
            json.endArray()
            json.name("next")
            if items.count == limit, let last { json.int(last) } else { json.null() }
        }
    }
}

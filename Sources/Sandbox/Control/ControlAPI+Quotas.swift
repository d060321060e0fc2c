// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn

extension ControlAPI {
    func quotas(_ request: ControlRequest) async throws -> JSONValue {
        let limits = sandbox.quotas.limits(sandbox.core.settings.switches)
        let groups = EndpointGroup.allCases.map { ($0.rawValue, (limits[$0] ?? .none).json) }
        return ["on": .bool(sandbox.quotas.isOn), "groups": .object(JSONObject(groups))]
    }

    /// `{"on":false}`, `{"group":"candidates","requests_per_day":50,"records_per_minute":200}`,
    /// `{"group":"candidates","reset":true}`.
    func setQuotas(_ request: ControlRequest) async throws -> JSONValue {
        let input = request.body
        try input.only("on", "group", "requests_per_day", "records_per_minute", "records_per_day", "reset")
        if let isOn = try input.bool("on") { sandbox.quotas.turn(on: isOn) }
        if let group = try input.choice("group", EndpointGroup.self) {
            if try input.bool("reset") == true {
                sandbox.quotas.override(group, with: nil)
            } else {
                var limits = sandbox.quotas.limits(sandbox.core.settings.switches)[group] ?? .none
                if let most = try input.int("requests_per_day") { limits.requestsPerDay = Int(most) }
                if let most = try input.int("records_per_minute") { limits.recordsPerMinute = Int(most) }
                if let most = try input.int("records_per_day") { limits.recordsPerDay = Int(most) }
                sandbox.quotas.override(group, with: limits)
            }
        } else if !input.has("on") {
            throw ControlError(
                field: "group", "is missing", remedy: "name an endpoint group, or send {\"on\": true|false}")
        }
        return try await quotas(request)
    }

    /// Requests, records and refusals of the day, by application and endpoint group.
    func usage(_ request: ControlRequest) async throws -> JSONValue {
        let entries = sandbox.quotas.usage.map { usage -> JSONValue in
            let application = sandbox.core.applications.application(number: usage.application)
            return [
                "application": .string(application?.clientID ?? ""),
                "unique_foreign_id": application?.uniqueForeignID.map { .string($0) } ?? nil,
                "group": .string(usage.group.rawValue), "utc_day": .int(usage.utcDay),
                "requests": .int(Int64(usage.requests)),
                "records": .int(Int64(usage.records)), "throttled": .int(Int64(usage.throttled)),
            ]
        }
        return ["usage": .array(entries)]
    }
}

extension QuotaLimits {
    fileprivate var json: JSONValue {
        func limit(_ value: Int?) -> JSONValue { value.map { .int(Int64($0)) } ?? nil }
        return [
            "requests_per_day": limit(requestsPerDay), "records_per_minute": limit(recordsPerMinute),
            "records_per_day": limit(recordsPerDay),
        ]
    }
}

// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn

extension ControlAPI {
    func faults(_ request: ControlRequest) async throws -> JSONValue {
        guard let report = sandbox.faults.report else { return ["rules": []] }
        let rules = zip(report.plan.rules, report.struck).map { rule, struck in
            var object = rule.json
            object["struck"] = .int(Int64(struck))
            return JSONValue.object(object)
        }
        return [
            "seed": .int(Int64(bitPattern: report.plan.seed)), "requests": .int(Int64(report.requests)),
            "rules": .array(rules),
        ]
    }

    func setFaults(_ request: ControlRequest) async throws -> JSONValue {
        try request.body.only("seed", "rules")
        let rules = try (request.body.array("rules") ?? []).enumerated().map { index, value in
            try FaultPlan.Rule(ControlInput(value, at: "rules[\(index)]"))
        }
        let seed = try request.body.int("seed") ?? 1
        sandbox.faults.set(rules.isEmpty ? nil : FaultPlan(seed: UInt64(seed), rules: rules))
        return try await faults(request)
    }

    func clearFaults(_ request: ControlRequest) async throws -> JSONValue {
        sandbox.faults.set(nil)
        return try await faults(request)
    }
}

extension FaultPlan.Rule {
    fileprivate init(_ input: ControlInput) throws {
        try input.only("fault", "probability", "group", "after", "times", "delay_ms", "retry_after", "share")
        self.init(try input.required("fault", try input.choice("fault", FaultPlan.Kind.self)))
        probability = try input.double("probability", in: 0...1) ?? 1
        group = try input.string("group")
        let groups = EndpointGroup.allCases.map(\.rawValue) + ["oauth"]
        if let group, !groups.contains(group) {
            throw ControlError(
                field: "group", "no endpoint group is called \(group)",
                remedy: "use one of: " + groups.joined(separator: ", "))
        }
        after = Int(try input.int("after", in: 0...1_000_000_000) ?? 0)
        times = try input.int("times", in: 1...1_000_000_000).map { Int($0) }
        delay = .milliseconds(try input.int("delay_ms", in: 0...86_400_000) ?? 1000)
        retryAfter = try input.int("retry_after", in: 0...86_400).map { Int($0) }
        share = try input.double("share", in: 0...1) ?? 0.5
    }

    fileprivate var json: JSONObject {
        var object: JSONObject = [
            "fault": .string(kind.rawValue), "probability": .double(probability), "after": .int(Int64(after)),
            "delay_ms": .int(delay.wholeMilliseconds), "share": .double(share),
        ]
        if let group { object["group"] = .string(group) }
        if let times { object["times"] = .int(Int64(times)) }
        if let retryAfter { object["retry_after"] = .int(Int64(retryAfter)) }
        return object
    }
}

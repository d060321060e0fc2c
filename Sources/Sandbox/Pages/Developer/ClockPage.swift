// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Web

/// Time and bad luck: the clock can be moved on, and faults planned.
struct ClockPage: Page {
    static let template = PageTemplate("developer_clock", utf8: PackageResources.developer_clock_mustache)

    struct Step: Sendable {
        var seconds: String
        var label: String
    }

    struct Rule: Sendable {
        var fault: String
        var says: String
        var struck: String
    }

    struct Example: Sendable {
        var label: String
        var href: String
        var text: String
    }

    let title = "Clock and faults"
    var now: String
    var offset: String
    var steps: [Step]
    var seconds: String
    var clockError: String?
    var rules: [Rule]
    var seen: String
    var hasPlan: Bool
    var plan: String
    var planError: String?
    var examples: [Example]

    static let routes: [PageRoute] = [
        .get("/developers/clock") { try await page($0) },
        .post("/developers/clock") { try await advance($0) },
        .post("/developers/clock/faults") { try await setFaults($0) },
        .post("/developers/clock/faults/clear") { call in
            _ = try await call.control.clearFaults(ControlRequest())
            return .see("/developers/clock?done=faults-cleared")
        },
    ]

    private static func advance(_ call: PageCall) async throws -> WebResponse {
        do {
            let text = call.form["seconds"] ?? ""
            guard let seconds = Int64(text.filter { $0 != "," }) else {
                throw ControlError(field: "seconds", "must be a whole number", remedy: "for example 7200")
            }
            _ = try await call.control.advanceClock(ControlRequest(["advance_seconds": .int(seconds)]))
        } catch let error as ControlError {
            return try await page(call, clockError: error)
        }
        return .see("/developers/clock?done=clock-moved")
    }

    private static func setFaults(_ call: PageCall) async throws -> WebResponse {
        do {
            var request = ControlRequest()
            request.body = try ControlInput(body: Array((call.form.exact("plan") ?? "").utf8))
            _ = try await call.control.setFaults(request)
        } catch let error as ControlError {
            return try await page(call, planError: error)
        }
        return .see("/developers/clock?done=faults-set")
    }

    private static func page(_ call: PageCall, clockError: ControlError? = nil, planError: ControlError? = nil)
        async throws -> WebResponse
    {
        let report = try await call.control.faults(ControlRequest())
        let rules = report["rules"]?.array ?? []
        let example = call.query["example"].flatMap { name in examples.first { $0.name == name } }
        // What the editor holds: what was just sent, the example that was asked for, or the plan in force.
        let plan = call.form.exact("plan") ?? example?.text ?? (rules.isEmpty ? examples[0].text : text(of: report))
        let offset = call.sandbox.clock.offsetMillis
        let page = ClockPage(
            now: Wording.time(call.now.millis) + " UTC",
            offset: offset == 0
                ? "the machine's own" : Wording.duration(milliseconds: offset) + " ahead of where it began",
            steps: [
                Step(seconds: "60", label: "+ 1 minute"), Step(seconds: "3600", label: "+ 1 hour"),
                Step(seconds: "86400", label: "+ 1 day"), Step(seconds: "604800", label: "+ 7 days"),
            ], seconds: call.form["seconds"] ?? "", clockError: clockError?.sentence,
            rules: rules.map { Rule($0) },
            seen: Wording.count(Int(report["requests"]?.int ?? 0), "request or event", "requests and events"),
            hasPlan: !rules.isEmpty, plan: plan, planError: planError?.sentence,
            examples: examples.map {
                Example(label: $0.label, href: "/developers/clock?example=\($0.name)#plan", text: $0.text)
            })
        return call.page(page, status: (clockError ?? planError)?.status ?? 200)
    }

    /// The plan in force as it can be sent again.
    private static func text(of report: JSONValue) -> String {
        let rules = (report["rules"]?.array ?? []).map { rule -> JSONValue in
            var rule = rule.object ?? [:]
            rule["struck"] = nil
            return .object(rule)
        }
        return JSONLayout.text(JSONValue.object(["seed": report["seed"] ?? 1, "rules": .array(rules)]).bytes) ?? ""
    }

    private static let examples: [(name: String, label: String, text: String)] = [
        (
            "throttle", "Every twentieth call about candidates is throttled, with Retry-After",
            """
            {
              "seed": 1,
              "rules": [
                { "fault": "429", "probability": 0.05, "group": "candidates", "retry_after": 3 }
              ]
            }
            """
        ),
        (
            "lost", "Connections break: before the work, and after it",
            """
            {
              "seed": 1,
              "rules": [
                { "fault": "drop_before", "probability": 0.05 },
                { "fault": "drop_after", "probability": 0.05 }
              ]
            }
            """
        ),
        (
            "partial", "A third of the records in some batches fail",
            """
            {
              "seed": 1,
              "rules": [
                { "fault": "partial", "probability": 0.2, "share": 0.33 }
              ]
            }
            """
        ),
        (
            "outage", "An outage: the next hundred calls answer 503, then all is well",
            """
            {
              "seed": 1,
              "rules": [
                { "fault": "503", "times": 100, "retry_after": 30 }
              ]
            }
            """
        ),
        (
            "slow", "Signing in takes four seconds",
            """
            {
              "seed": 1,
              "rules": [
                { "fault": "slow", "group": "oauth", "delay_ms": 4000 }
              ]
            }
            """
        ),
        (
            "pushes", "Notifications come twice, late, in the wrong order, or with a wrong signature",
            """
            {
              "seed": 1,
              "rules": [
                { "fault": "push_duplicate", "probability": 0.3 },
                { "fault": "push_late", "probability": 0.2, "delay_ms": 60000 },
                { "fault": "push_out_of_order", "probability": 0.2 },
                { "fault": "push_bad_signature", "probability": 0.1 }
              ]
            }
            """
        ),
    ]
}

extension ClockPage.Rule {
    /// A rule as the control API tells it, in words.
    init(_ rule: JSONValue) {
        fault = rule["fault"]?.string ?? ""
        struck = Wording.count(Int(rule["struck"]?.int ?? 0))
        var parts = ["\(Wording.percent(Int((rule["probability"]?.double ?? 1) * 100), of: 100)) of them"]
        if let group = rule["group"]?.string { parts.append("group \(group)") }
        if let after = rule["after"]?.int, after > 0 { parts.append("after the first \(Wording.count(Int(after)))") }
        if let times = rule["times"]?.int { parts.append("at most \(Wording.count(Int(times), "time"))") }
        if let seconds = rule["retry_after"]?.int { parts.append("Retry-After \(seconds) s") }
        if fault == FaultPlan.Kind.partial.rawValue, let share = rule["share"]?.double {
            parts.append("\(Wording.percent(Int(share * 100), of: 100)) of the records")
        }
        let isDelayed = [FaultPlan.Kind.slow, .pushLate, .pushOutOfOrder].map(\.rawValue).contains(fault)
        if isDelayed, let delay = rule["delay_ms"]?.int { parts.append(Wording.duration(milliseconds: delay)) }
        says = parts.joined(separator: ", ")
    }
}

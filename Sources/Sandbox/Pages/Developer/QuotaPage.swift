// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import Web

/// What every application used today, as bars, and the limits, which can be set.
struct QuotaPage: Page {
    static let template = PageTemplate("developer_quotas", utf8: PackageResources.developer_quotas_mustache)

    struct Account: Sendable {
        var name: String
        var anchor: String
        var href: String
        var requests: String
        var requestsLink: String
        var refusedLink: String
        /// Of 429; nil when nothing was refused.
        var refused: String?
        var meters: [Meter]
    }

    struct Limit: Sendable {
        var group: String
        var change: String
        var requestsPerDay: String
        var recordsPerMinute: String
        var recordsPerDay: String
        /// Set here, and not LinkedIn's own.
        var isOverridden: Bool
    }

    struct Form: Sendable {
        var groups: [FormOption]
        var requestsPerDay: String
        var recordsPerMinute: String
        var recordsPerDay: String
        var error: String?
    }

    let title = "Quotas"
    var isOn: Bool
    var day: String
    var midnight: ShownTime
    var accounts: [Account]
    var empty: EmptyNote
    var limits: [Limit]
    var form: Form

    static let routes: [PageRoute] = [
        .get("/developers/quotas") { page($0) },
        .post("/developers/quotas") { try await set($0) },
        .post("/developers/quotas/reset") { call in
            _ = try await call.control.setQuotas(
                ControlRequest(["group": .string(call.form["group"] ?? ""), "reset": true]))
            return .see("/developers/quotas?done=quota-reset")
        },
        .post("/developers/quotas/switch") { call in
            let isOn = call.form["on"] == "true"
            _ = try await call.control.setQuotas(ControlRequest(["on": .bool(isOn)]))
            return isOn ? .see("/developers/quotas?done=quotas-on") : .see("/developers/quotas?done=quotas-off")
        },
    ]

    private static let numbers = ["requests_per_day", "records_per_minute", "records_per_day"]

    private static func set(_ call: PageCall) async throws -> WebResponse {
        var input: JSONObject = ["group": .string(call.form["group"] ?? "")]
        do {
            for name in numbers {
                guard let text = call.form[name] else { continue }
                guard let number = Int64(text.filter { $0 != "," }) else {
                    throw ControlError(field: name, "must be a whole number", remedy: "correct it")
                }
                input[name] = .int(number)
            }
            _ = try await call.control.setQuotas(ControlRequest(input))
        } catch let error as ControlError {
            return page(call, fields: call.form, error: error)
        }
        return .see("/developers/quotas?done=quota-set")
    }

    private static func page(_ call: PageCall) -> WebResponse { page(call, fields: call.query, error: nil) }

    private static func page(_ call: PageCall, fields: FormFields, error: ControlError?) -> WebResponse {
        let quotas = call.sandbox.quotas
        let (limits, overrides) = (quotas.limits(call.sandbox.core.settings.switches), quotas.overrides)
        let today = quotas.usage.filter { $0.utcDay == call.now.utcDay }
        let group = fields["group"].flatMap(EndpointGroup.init(rawValue:)) ?? .candidates
        let chosen = limits[group]
        func text(_ name: String, _ limit: Int?) -> String { fields[name] ?? limit.map { String($0) } ?? "" }
        let page = QuotaPage(
            isOn: quotas.isOn, day: String(Wording.time(call.now.millis).prefix(10)),
            midnight: call.shown(Moment((call.now.utcDay + 1) * 86_400_000)),
            accounts: call.sandbox.core.applications.all.compactMap { application in
                let own = today.filter { $0.application == application.number }
                return own.isEmpty ? nil : Account(application, own, limits)
            },
            empty: EmptyNote(
                "Nothing was asked for today",
                "Each application has limits of its own, which start anew at midnight UTC."),
            limits: EndpointGroup.allCases.map { group in
                let limit = limits[group]
                return Limit(
                    group: group.rawValue, change: "/developers/quotas?group=\(group.rawValue)#set",
                    requestsPerDay: number(limit?.requestsPerDay), recordsPerMinute: number(limit?.recordsPerMinute),
                    recordsPerDay: number(limit?.recordsPerDay), isOverridden: overrides[group] != nil)
            },
            form: Form(
                groups: EndpointGroup.allCases.map { FormOption($0.rawValue, $0.rawValue, selected: group.rawValue) },
                requestsPerDay: text(numbers[0], chosen?.requestsPerDay),
                recordsPerMinute: text(numbers[1], chosen?.recordsPerMinute),
                recordsPerDay: text(numbers[2], chosen?.recordsPerDay), error: error?.sentence))
        return call.page(page, status: error?.status ?? 200)
    }

    private static func number(_ limit: Int?) -> String { limit.map { Wording.count($0) } ?? "none" }
}

extension QuotaPage.Account {
    init(_ application: DeveloperApplication, _ usage: [Usage], _ limits: [EndpointGroup: QuotaLimits]) {
        name = application.label
        anchor = "application-\(application.number)"
        href = "/developers/applications/\(application.number)"
        let journal = "/developers/requests?application=\(application.clientID.urlComponent)"
        requestsLink = journal
        refusedLink = journal + "&status=throttled"
        requests = Wording.count(usage.reduce(0) { $0 + $1.requests }, "request")
        let count = usage.reduce(0) { $0 + $1.throttled }
        refused = count > 0 ? Wording.count(count) : nil
        meters = usage.map { one in
            let limit = limits[one.group]?.requestsPerDay
            var says =
                limit.map { "\(Wording.count(one.requests)) of \(Wording.count($0, "request"))" }
                ?? "\(Wording.count(one.requests, "request")), no limit"
            if one.records > 0 { says += " · " + Wording.count(one.records, "record") }
            if one.throttled > 0 { says += " · \(Wording.count(one.throttled)) × 429" }
            let isNear = limit.map { one.requests * 10 >= $0 * 8 } ?? false
            return Meter(
                one.group.rawValue, one.requests, of: limit ?? 0, says: says,
                tone: one.throttled > 0 ? .bad : isNear ? .warn : .info,
                rowsLink: RequestFilter.rows(of: application.clientID, one.group))
        }
    }
}

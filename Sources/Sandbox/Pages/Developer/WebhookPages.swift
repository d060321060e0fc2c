// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Web

/// Rows of push notifications, newest first; sent anew to pages that are open.
struct PushList: Sendable {
    static let fragment = Fragment("developer_push_list", utf8: PackageResources.developer_push_list_mustache)

    enum State: String, CaseIterable, Sendable {
        case waiting, delivered, given

        var label: String {
            switch self {
            case .waiting: "to be sent"
            case .delivered: "delivered"
            case .given: "given up"
            }
        }
    }

    struct Row: Sendable {
        var href: String
        var type: String
        var requestID: String
        var caller: String
        var clock: String
        var iso: String
        var exact: String
        var attempts: String
        var state: Badge
        var outcome: String
    }

    let element = "pushes"
    var rows: [Row]
    var empty: EmptyNote
    var next: String?

    static func read(_ call: PageCall, _ state: State?, before: Int64? = nil, limit: Int) async throws -> PushList {
        let found = try await call.sandbox.core.world.read { tx in
            try tx.pushes(state: state, before: before ?? .max, limit: limit + 1)
        }
        return PushList(
            rows: found.prefix(limit).map { Row($0, call) },
            empty: state == nil
                ? EmptyNote(
                    "No notification yet",
                    "LinkedIn notifies when a recruiter exports a member and when an integration changes.",
                    link: Link("To Recruiter", "/talent"))
                : EmptyNote(
                    "No notification is \(state?.label ?? "")", "Another choice shows the others.",
                    link: Link("Show all", "/developers/webhooks")),
            next: found.count > limit ? String(found[limit - 1].id) : nil)
    }
}

extension PushList.Row {
    init(_ push: Push, _ call: PageCall) {
        href = "/developers/webhooks/\(push.requestID.urlComponent)"
        type = push.type
        requestID = push.requestID
        caller = call.label(ofApplication: push.application)
        let time = call.shown(push.created)
        iso = time.iso
        exact = time.exact
        clock = Wording.time(push.created.millis)
        attempts = Wording.count(push.attempts)
        state = push.badge
        outcome = push.outcome
    }
}

extension Push {
    var badge: Badge {
        if next != nil { return Badge(.info, "to be sent") }
        if isDelivered { return Badge(.good, "delivered") }
        return url.isEmpty ? Badge(.quiet, "no callback") : Badge(.bad, "given up")
    }
}

/// Callback URLs with their challenges, and what was sent to them.
struct WebhooksPage: Page {
    static let template = PageTemplate("developer_webhooks", utf8: PackageResources.developer_webhooks_mustache)

    struct Check: Sendable {
        var url: String
        var caller: String
        var callerLink: String
        var state: Badge
        var outcome: String
        var checked: ShownTime?
        var next: ShownTime?
        var isBlocked: Bool
    }

    let title = "Webhooks"
    var checks: [Check]
    var noChecks: EmptyNote
    /// What the sandbox does about challenges: a switch.
    var mode: String
    var states: [FormOption]
    var list: PushList
    var pager: Pager

    static let routes: [PageRoute] = [
        .get("/developers/webhooks") { try await show($0) },
        .get("/developers/webhooks/live") { live($0) },
        .post("/developers/webhooks/validate") { call in
            _ = try await call.control.validateCallbacks(request(call))
            return .see("/developers/webhooks?done=callbacks-validated")
        },
        .post("/developers/webhooks/block") { call in
            _ = try await call.control.blockCallbacks(request(call))
            return .see("/developers/webhooks?done=callback-blocked")
        },
        .post("/developers/webhooks/unblock") { call in
            _ = try await call.control.unblockCallbacks(request(call))
            return .see("/developers/webhooks?done=callback-unblocked")
        },
        .get("/developers/webhooks/{request}") { try await PushPage.show($0) },
        .post("/developers/webhooks/{request}/resend") { call in
            let id = call.values[0]
            _ = try await call.control.resendPush(ControlRequest(rest: id, ["wait": 5]))
            return .see("/developers/webhooks/\(id.urlComponent)?done=push-resent")
        },
    ]

    private static let pageSize = 50

    private static func request(_ call: PageCall) -> ControlRequest {
        ControlRequest(["url": .string(call.form["url"] ?? "")])
    }

    private static func show(_ call: PageCall) async throws -> WebResponse {
        let state = call.query["state"].flatMap(PushList.State.init(rawValue:))
        let before = call.query["before"].flatMap { Int64($0) }
        let list = try await PushList.read(call, state, before: before, limit: pageSize)
        let (known, configured) = try await call.sandbox.core.world.read { tx in
            (try tx.callbackChecks(), try tx.callbackURLs())
        }
        let mode = call.sandbox.core.settings.switches.callbackValidation
        let page = WebhooksPage(
            checks: configured.map { application, url in
                check(known.first { $0.application == application && $0.url == url }, application, url, call)
            },
            noChecks: EmptyNote(
                "No callback URL is configured",
                "The ATS sets CALLBACK_URL on its integration ONE_CLICK_EXPORT; the connector does it by itself."),
            mode: mode == .off
                ? "Challenges are switched off (callback_validation)."
                : "A callback is challenged every two hours. After three failures in a row "
                    + (mode == .enforce
                        ? "it is blocked." : "LinkedIn would block it; the switch callback_validation is lenient."),
            states: [FormOption("", "All", selected: state?.rawValue)]
                + PushList.State.allCases.map { FormOption($0.rawValue, $0.label, selected: state?.rawValue) },
            list: list,
            pager: Pager(
                "/developers/webhooks", call.query, nextKey: list.next,
                says: Wording.count(list.rows.count, "notification") + " shown, newest first", key: "before"))
        return call.page(
            page, live: before == nil ? "/developers/webhooks/live?state=\(state?.rawValue ?? "")" : nil)
    }

    private static func check(_ known: CallbackCheck?, _ application: Int64, _ url: String, _ call: PageCall) -> Check {
        let state =
            switch known {
            case let check? where check.isBlocked: Badge(.bad, "blocked")
            case let check? where check.failures > 0: Badge(.warn, "failed")
            case .some: Badge(.good, "fine")
            case nil: Badge(.quiet, "not checked")
            }
        return Check(
            url: url, caller: call.label(ofApplication: application),
            callerLink: "/developers/applications/\(application)", state: state, outcome: known?.outcome ?? "",
            checked: known.map { call.shown($0.checked) }, next: known?.next.map { call.shown($0) },
            isBlocked: known?.isBlocked ?? false)
    }

    private static func live(_ call: PageCall) -> WebResponse {
        let state = call.query["state"].flatMap(PushList.State.init(rawValue:))
        return .events(
            call.hub.listen(to: "webhooks?\(state?.rawValue ?? "")") {
                // Nobody waits for the page, and a world that is being swapped has nothing to show.
                let list = try? await call.sandbox.inside { try await PushList.read(call, state, limit: pageSize) }
                return list.map { [LiveHub.Update($0.element, call.renderer.html(PushList.fragment, $0))] }
            })
    }
}

/// One notification with its body and signature.
struct PushPage: Page {
    static let template = PageTemplate("developer_push", utf8: PackageResources.developer_push_mustache)

    let title = "Notification"
    var type: String
    var requestID: String
    var resend: String
    var state: Badge
    var outcome: String
    var caller: Link
    var url: String?
    var subject: String?
    var created: ShownTime
    var expires: ShownTime
    var ends: ShownTime
    var tried: ShownTime?
    var nextTry: ShownTime?
    var attempts: String
    var status: String?
    var signature: String
    var body: String
    /// What a receiver computes to check the signature.
    var recipe: String

    fileprivate static func show(_ call: PageCall) async throws -> WebResponse {
        let id = call.values[0]
        guard let push = try await call.sandbox.core.world.read({ tx in try tx.push(requestID: id) }) else {
            throw PageProblem(
                status: 404, title: "There is no such notification",
                text: "A reset of the world removes notifications.",
                links: [Link("To the webhooks", "/developers/webhooks")])
        }
        let isParents = call.sandbox.core.settings.switches.signWithParentSecret
        let page = PushPage(
            type: push.type, requestID: push.requestID,
            resend: "/developers/webhooks/\(push.requestID.urlComponent)/resend", state: push.badge,
            outcome: push.outcome,
            caller: Link(
                call.label(ofApplication: push.application), "/developers/applications/\(push.application)"),
            url: push.url.isEmpty ? nil : push.url, subject: push.subject.isEmpty ? nil : push.subject,
            created: call.shown(push.created), expires: call.shown(push.expires), ends: call.shown(push.ends),
            tried: push.tried.map { call.shown($0) }, nextTry: push.next.map { call.shown($0) },
            attempts: Wording.count(push.attempts), status: push.status.map { String($0) }, signature: push.signature,
            body: JSONLayout.text(push.body) ?? String(decoding: push.body, as: UTF8.self),
            recipe: "HMAC-SHA256 of \"hmacsha256=\" and the raw body, with the "
                + (isParents ? "parent" : "child")
                + " application's secret, in the form the switch signature_form says ("
                + call.sandbox.core.settings.switches.signatureForm.rawValue + ").")
        return call.page(page)
    }
}

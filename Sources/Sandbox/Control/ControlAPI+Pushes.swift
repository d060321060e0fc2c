// SPDX-License-Identifier: Apache-2.0

import JSONBytes

/// Push notifications, and the callback URLs they go to.
extension ControlAPI {
    func pushes(_ request: ControlRequest) async throws -> JSONValue {
        try request.query.only("limit")
        let limit = try request.query.int("limit", in: 1...1000) ?? 100
        let (pushes, checks) = try await sandbox.core.world.read { tx in
            (try tx.pushes(limit: Int(limit)), try tx.callbackChecks())
        }
        return ["pushes": .array(pushes.map { json($0) }), "challenges": .array(checks.map { json($0) })]
    }

    func push(_ request: ControlRequest) async throws -> JSONValue {
        try request.query.only()
        return json(try await knownPush(request.rest))
    }

    /// Sends an event once more, with the same body and signature, whatever became of it and however old it is.
    func resendPush(_ request: ControlRequest) async throws -> JSONValue {
        try request.body.only("wait")
        let wait = try request.body.int("wait", in: 0...60) ?? 0
        let push = try await knownPush(request.rest)
        guard !push.url.isEmpty else {
            throw ControlError(
                409, field: "pushes/" + push.requestID, "has no callback URL to go to",
                remedy: "the ATS sets CALLBACK_URL on ONE_CLICK_EXPORT; later events then have one")
        }
        let now = sandbox.clock.now()
        try await sandbox.core.world.write { tx in try tx.resendPush(requestID: push.requestID, at: now) }
        sandbox.core.pushes.signal()
        return json(try await self.push(push.requestID, tried: push.attempts + 1, within: .seconds(wait)))
    }

    /// A developer starts the ownership challenge by hand, which also lifts a block [doc: webhook-validation].
    func validateCallbacks(_ request: ControlRequest) async throws -> JSONValue {
        let now = sandbox.clock.now()
        return try await changeChecks(request) { check in
            check.failures = 0
            check.isBlocked = false
            check.next = now
            check.outcome = "not checked yet"
        }
    }

    func blockCallbacks(_ request: ControlRequest) async throws -> JSONValue {
        try await changeChecks(request) { check in
            check.isBlocked = true
            check.next = nil
            check.outcome = "blocked by hand"
        }
    }

    /// Lifts a block without a challenge.
    func unblockCallbacks(_ request: ControlRequest) async throws -> JSONValue {
        let next = sandbox.clock.now() + CallbackCheck.interval
        return try await changeChecks(request) { check in
            check.failures = 0
            check.isBlocked = false
            check.next = next
            check.outcome = "unblocked by hand"
        }
    }

    /// An event as it stands once it was tried so often, or when the time is over.
    func push(_ requestID: String, tried attempts: Int, within patience: Duration) async throws -> Push {
        let deadline = ContinuousClock.now + patience
        var push = try await knownPush(requestID)
        // A sandbox that serves HTTP sends by itself; one in process sends here.
        while push.attempts < attempts, push.next != nil, ContinuousClock.now < deadline {
            try await sandbox.deliverPushes()
            push = try await knownPush(requestID)
            if push.attempts < attempts, push.next != nil { try await Task.sleep(for: .milliseconds(20)) }
        }
        return push
    }

    private func knownPush(_ requestID: String) async throws -> Push {
        guard let push = try await sandbox.core.world.read({ tx in try tx.push(requestID: requestID) }) else {
            throw ControlError(
                404, field: "pushes/" + requestID, "no push has this request id",
                remedy: "GET /_sandbox/pushes lists them")
        }
        return push
    }

    /// Changes the check of the named URL, or of every URL that is configured, and answers how they stand after the
    /// challenges that were asked for.
    private func changeChecks(
        _ request: ControlRequest, _ change: @escaping @Sendable (inout CallbackCheck) -> Void
    ) async throws -> JSONValue {
        try request.body.only("url")
        let wanted = try request.body.string("url")
        let now = sandbox.clock.now()
        let changed = try await sandbox.core.world.write { tx in
            let known = try tx.callbackChecks()
            let configured = try tx.callbackURLs().filter { wanted == nil || $0.url == wanted }
            for (application, url) in configured {
                var check =
                    known.first { $0.application == application && $0.url == url }
                    ?? CallbackCheck(
                        application: application, url: url, checked: now, next: nil, failures: 0, isBlocked: false,
                        outcome: "")
                change(&check)
                try tx.putCallbackCheck(check)
            }
            return configured.map(\.url)
        }
        guard !changed.isEmpty else {
            throw ControlError(
                404, field: "url", "is no callback URL that is configured",
                remedy: "GET /_sandbox/pushes lists them under challenges")
        }
        let checks = try await checks(of: changed, challengedWithin: .seconds(5))
        return ["challenges": .array(checks.map { json($0) })]
    }

    /// The checks of some URLs once those that are due were made, or when the time is over: another pass may be sending
    /// to a URL just now.
    private func checks(of urls: [String], challengedWithin patience: Duration) async throws -> [CallbackCheck] {
        let deadline = ContinuousClock.now + patience
        while true {
            try await sandbox.deliverPushes()
            let checks = try await sandbox.core.world.read { tx in try tx.callbackChecks() }
                .filter { urls.contains($0.url) }
            let isWaiting =
                sandbox.core.settings.switches.callbackValidation != .off
                && checks.contains { $0.isDue(at: sandbox.clock.now()) }
            guard isWaiting, ContinuousClock.now < deadline else { return checks }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    func json(_ push: Push) -> JSONValue {
        [
            "request_id": .string(push.requestID), "type": .string(push.type), "subject": .string(push.subject),
            "client_id": sandbox.core.applications.application(number: push.application).map { .string($0.clientID) }
                ?? nil,
            "url": .string(push.url), "body": .string(String(decoding: push.body, as: UTF8.self)),
            "signature": .string(push.signature), "created": .int(push.created.millis),
            "expires": .int(push.expires.millis), "attempts": .int(Int64(push.attempts)),
            "delivered": .bool(push.isDelivered), "tried": push.tried.map { .int($0.millis) } ?? nil,
            "status": push.status.map { .int(Int64($0)) } ?? nil, "next": push.next.map { .int($0.millis) } ?? nil,
            "outcome": .string(push.outcome),
        ]
    }

    private func json(_ check: CallbackCheck) -> JSONValue {
        [
            "url": .string(check.url), "checked": .int(check.checked.millis), "failures": .int(Int64(check.failures)),
            "blocked": .bool(check.isBlocked), "next": check.next.map { .int($0.millis) } ?? nil,
            "outcome": .string(check.outcome),
        ]
    }
}

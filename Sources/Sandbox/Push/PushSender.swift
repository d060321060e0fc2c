// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import JSONBytes
import Logging
import NIOCore
import NIOHTTP1

/// Posts due push notifications and challenges callback URLs. Loopback targets are fine: this is a sandbox.
///
/// One attempt per pass; a failed one is tried again `Switches.pushRetrySeconds` later by the sandbox's clock, until
/// the event expires.
struct PushSender: Sendable {
    let world: World
    let clock: SandboxClock
    let applications: Applications
    let settings: Settings
    let faults: FaultInjector
    let logger: Logger

    /// Time for a challenge [doc: 3 s]; for a notification none is documented, the same is taken.
    private static let patience = TimeAmount.seconds(3)
    /// A URL is challenged again after two hours [doc].
    private static let challengeEvery = Duration.seconds(7200)

    /// Sends what is due now.
    ///
    /// - Returns: notifications that were delivered.
    @discardableResult
    func deliverDue() async throws -> Int {
        try await challengeDue()
        let now = clock.now()
        let due = try await world.read { tx in try tx.duePushes(at: now, limit: 200) }
        guard !due.isEmpty else { return 0 }
        let blocked = try await blockedURLs()
        return await withTaskGroup(of: Bool.self) { group in
            for push in due {
                group.addTask { await attempt(push, isBlocked: blocked.contains(push.url), now: now) }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }

    private func attempt(_ push: Push, isBlocked: Bool, now: Moment) async -> Bool {
        let strike = faults.strikePush()?.rule
        if strike?.kind == .pushLate {
            await settle(
                push, attempts: push.attempts, next: now + (strike?.delay ?? .zero), "held back by the fault plan")
            return false
        }
        let outcome: (isDelivered: Bool, text: String)
        if isBlocked {
            outcome = (false, "the callback URL failed its challenge three times")
        } else if let secret = applications.application(number: push.application)?.secrets.last {
            let body = push.body
            let isWrong = strike?.kind == .pushBadSignature
            outcome = await post(body, to: push.url, secret: isWrong ? secret + "?" : secret)
            if strike?.kind == .pushDuplicate { _ = await post(body, to: push.url, secret: secret) }
        } else {
            outcome = (false, "the application is gone")
        }
        let retry = now + .seconds(settings.switches.pushRetrySeconds)
        let next: Moment? = outcome.isDelivered || retry >= push.expires ? nil : retry
        await settle(push, attempts: push.attempts + 1, next: next, outcome.text)
        return outcome.isDelivered
    }

    private func post(_ body: [UInt8], to url: String, secret: String) async -> (isDelivered: Bool, text: String) {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(
            name: "x-li-signature",
            value: PushSignature.header(body, secret: secret, form: settings.switches.signatureForm))
        request.body = .bytes(body)
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: Self.patience)
            let code = response.status.code
            return ((200..<300).contains(code), "answered \(code)")
        } catch {
            return (false, "no answer")
        }
    }

    private func settle(_ push: Push, attempts: Int, next: Moment?, _ outcome: String) async {
        do {
            try await world.write { tx in
                try tx.settlePush(id: push.id, attempts: attempts, next: next, outcome: outcome)
            }
        } catch {
            logger.warning("the outcome of a push could not be stored", metadata: ["push.id": "\(push.id)"])
        }
    }
}

extension PushSender {
    private func blockedURLs() async throws -> Set<String> {
        guard settings.switches.callbackValidation == .enforce else { return [] }
        return Set(try await world.read { tx in try tx.callbackChecks() }.filter(\.isBlocked).map(\.url))
    }

    private func challengeDue() async throws {
        let mode = settings.switches.callbackValidation
        guard mode != .off else { return }
        let now = clock.now()
        for var check in try await world.read({ tx in try tx.dueCallbackChecks(at: now) }) {
            let outcome = await challenge(check)
            check.checked = now
            check.failures = outcome == nil ? 0 : check.failures + 1
            check.outcome = outcome ?? "passed"
            // A blocked URL is not tried again until somebody sets it anew [doc: a developer restarts the validation
            // by hand].
            check.next = mode == .enforce && check.isBlocked ? nil : now + Self.challengeEvery
            let settled = check
            try await world.write { tx in try tx.putCallbackCheck(settled) }
        }
    }

    /// - Returns: nil when it passed, otherwise why not.
    private func challenge(_ check: CallbackCheck) async -> String? {
        guard let application = applications.application(number: check.application) else {
            return "the application is gone"
        }
        let code = Credential.uuid()
        let mark = check.url.contains("?") ? "&" : "?"
        // applicationId is sent for parent-child integrations only, and tells whose secret to use [doc].
        let suffix = application.isParent ? "" : "&applicationId=\(application.number)"
        var request = HTTPClientRequest(url: "\(check.url)\(mark)challengeCode=\(code)\(suffix)")
        request.method = .GET
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: Self.patience)
            guard response.status == .ok else { return "answered \(response.status.code) instead of 200" }
            let body = try await response.body.collect(upTo: 4096)
            let answer = try JSONValue(parsing: Array(body.readableBytesView))
            let expected = application.secrets.map { PushSignature.challengeResponse(code, secret: $0) }
            guard answer["challengeCode"]?.string == code else { return "answered another challengeCode" }
            guard let given = answer["challengeResponse"]?.string, expected.contains(given) else {
                return "answered a wrong challengeResponse"
            }
            return nil
        } catch {
            return "no usable answer within 3 seconds"
        }
    }
}

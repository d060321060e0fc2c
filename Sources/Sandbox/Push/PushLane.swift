// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// One callback URL's due notifications: posted one after another in the order in which they came to be.
///
/// A notification that is refused is tried again `Switches.pushRetrySeconds` later by the sandbox's clock and does not
/// hold back those behind it. When there is no answer at all, those behind it wait as long without being tried, so
/// that a dead endpoint costs one deadline and not one for each.
struct PushLane: Sendable {
    let core: SandboxCore
    let faults: FaultInjector
    let url: String
    let now: Moment

    /// Time for an answer to a notification; none is documented (modules 3–5, J-7: UNVERIFIED).
    private static let patience = TimeAmount.seconds(10)
    /// Notifications read at once.
    private static let batch = 100

    /// - Returns: notifications that were delivered.
    func run() async throws -> Int {
        let (url, now) = (url, now)
        var delivered = 0
        if try await core.world.read({ tx in try tx.callbackChecks() }).contains(where: {
            $0.url == url && $0.isBlocked
        }) {
            try await postpone("the callback URL is blocked")
            return 0
        }
        while true {
            let due = try await core.world.read { tx in try tx.duePushes(to: url, at: now, limit: Self.batch) }
            guard !due.isEmpty else { return delivered }
            guard try await send(due, &delivered) else {
                try await postpone("waits, because the endpoint did not answer")
                return delivered
            }
        }
    }

    /// - Returns: false as soon as the endpoint gives no answer.
    private func send(_ due: [Push], _ delivered: inout Int) async throws -> Bool {
        var overtaken: Push?
        for push in due {
            let fault = faults.strikePush()?.rule
            switch fault?.kind {
            case .pushLate?: try await holdBack(push, fault)
            case .pushOutOfOrder? where overtaken == nil && push.id != due.last?.id: overtaken = push
            // Nothing is there to overtake it yet.
            case .pushOutOfOrder?: try await holdBack(push, fault)
            default:
                guard try await attempt(push, fault, &delivered) else { return false }
                if let late = overtaken {
                    overtaken = nil
                    guard try await attempt(late, nil, &delivered) else { return false }
                }
            }
        }
        guard let late = overtaken else { return true }
        return try await attempt(late, nil, &delivered)
    }

    /// - Returns: whether there was an answer.
    private func attempt(_ push: Push, _ fault: FaultPlan.Rule?, _ delivered: inout Int) async throws -> Bool {
        let isWrong = fault?.kind == .pushBadSignature
        var tried = push
        tried.status = await post(push, signature: isWrong ? Self.forged(push.signature) : push.signature)
        if fault?.kind == .pushDuplicate { _ = await post(push, signature: push.signature) }
        tried.attempts += 1
        tried.tried = now
        tried.outcome = tried.status.map { "answered \($0)" } ?? "no answer"
        let retry = now + .seconds(core.settings.switches.pushRetrySeconds)
        tried.next = tried.isDelivered || retry >= push.ends ? nil : retry
        if tried.isDelivered { delivered += 1 }
        let settled = tried
        try await core.world.write { tx in try tx.settlePush(settled) }
        return tried.status != nil
    }

    private func holdBack(_ push: Push, _ fault: FaultPlan.Rule?) async throws {
        var held = push
        held.next = now + (fault?.delay ?? .zero)
        held.outcome = "held back by the fault plan"
        let settled = held
        try await core.world.write { tx in try tx.settlePush(settled) }
    }

    private func postpone(_ reason: String) async throws {
        let (url, now) = (url, now)
        let retry = now + .seconds(core.settings.switches.pushRetrySeconds)
        try await core.world.write { tx in try tx.postponePushes(to: url, at: now, until: retry, outcome: reason) }
    }

    /// - Returns: the HTTP status; nil when there was no answer in time.
    private func post(_ push: Push, signature: String) async -> Int? {
        var request = HTTPClientRequest(url: push.url)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(name: "x-li-signature", value: signature)
        request.body = .bytes(push.body)
        guard let response = try? await CallbackClient.shared.execute(request, timeout: Self.patience) else {
            return nil
        }
        // Read, so that the connection can be used again; what it says is of no account.
        _ = try? await response.body.collect(upTo: 65_536)
        return Int(response.status.code)
    }

    /// Another signature of the same form.
    private static func forged(_ signature: String) -> String {
        signature.dropLast() + (signature.hasSuffix("0") ? "1" : "0")
    }
}

// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import JSONBytes
import NIOCore
import NIOHTTP1

/// Asks the owners of callback URLs for the proof that they know the application's secret. Source: webhook-validation
/// [D] (modules 3–5, A.3). UNVERIFIED: that LinkedIn does so for a `CALLBACK_URL` at all (J-1).
struct CallbackChallenger: Sendable {
    let core: SandboxCore

    /// Time for an answer [doc: webhook-validation].
    private static let patience = TimeAmount.seconds(3)

    /// Challenges one URL if it is time, and keeps the result.
    func challengeDue(_ url: String, at now: Moment) async throws {
        let mode = core.settings.switches.callbackValidation
        guard mode != .off else { return }
        let due = try await core.world.read { tx in try tx.callbackChecks() }
            .filter { $0.url == url && $0.isDue(at: now) }
        for check in due {
            let settled = check.settled(await failure(of: check), at: now, enforcing: mode == .enforce)
            try await core.world.write { tx in try tx.putCallbackCheck(settled) }
        }
    }

    /// - Returns: nil when the challenge was passed, otherwise why not.
    private func failure(of check: CallbackCheck) async -> String? {
        guard let application = core.applications.application(number: check.application) else {
            return "the application is gone"
        }
        let code = Credential.uuid()
        let mark = check.url.contains("?") ? "&" : "?"
        // applicationId is sent for parent-child integrations only, and tells whose secret to use [doc].
        let suffix = application.isParent ? "" : "&applicationId=\(application.number)"
        var request = HTTPClientRequest(url: "\(check.url)\(mark)challengeCode=\(code)\(suffix)")
        request.method = .GET
        do {
            let response = try await CallbackClient.shared.execute(request, timeout: Self.patience)
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

// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import RestLi

/// `developerApplicationsSecurity?action=rollDeveloperApplicationSecret`: a second secret beside the first, which
/// stays valid. Source: application-secret-management (documented).
struct SecretResource: ResourceHandler {
    let core: SandboxCore

    func answer(_ call: Call) async throws -> Answer {
        guard call.method == .action, call.query["action"]?.text == "rollDeveloperApplicationSecret" else {
            throw call.unsupported
        }
        let body = call.body.isEmpty ? [:] : try readingBody { try JSONValue(parsing: call.body) }
        let secret = try await core.applications.rollSecret(number: try application(body, call).number, now: call.now)
        let answer: JSONValue = ["value": ["client_secret": .string(secret)]]
        return Answer(body: answer.bytes)
    }

    /// The caller's own application, or a child of it.
    ///
    /// - Throws: `GatewayError` 403 for anybody else's.
    private func application(_ body: JSONValue, _ call: Call) throws -> DeveloperApplication {
        guard let named = body["childDeveloperApplication"], !named.isNull else { return call.application }
        guard let number = named.string.flatMap(DeveloperApplication.number(inURN:)),
            let child = core.applications.application(number: number), child.parent == call.application.number
        else { throw GatewayError.accessDenied("POST /developerApplicationsSecurity") }
        return child
    }
}

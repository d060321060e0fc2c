// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import RestLi

/// `GET /v2/me`: the member behind a 3-legged token. Source: Profile API (jobs-oauth-restli 4.7).
struct ProfileResource: ResourceHandler {
    let core: SandboxCore

    func answer(_ call: Call) async throws -> Answer {
        guard call.method == .get, let number = call.member else { throw GatewayError.accessDenied("GET /me") }
        guard let member = try await core.world.read({ tx in try tx.member(number: number) }) else {
            throw GatewayError(404, "The member does not exist")
        }
        // UNVERIFIED: what the token of a member who left LinkedIn is answered with.
        guard member.closed == nil else { throw GatewayError.invalidToken }
        let profile: JSONValue = [
            "id": .string(core.personIDs(application: call.application.number).id(ofMember: number)),
            "localizedFirstName": .string(member.firstName), "localizedLastName": .string(member.lastName),
            "firstName": Self.localized(member.firstName), "lastName": Self.localized(member.lastName),
        ]
        guard let fields = call.query["fields"]?.text else { return Answer(body: profile.bytes) }
        return Answer(body: try Projection.parse(fields).apply(to: profile).bytes)
    }

    private static func localized(_ name: String) -> JSONValue {
        ["localized": ["en_US": .string(name)], "preferredLocale": ["country": "US", "language": "en"]]
    }
}

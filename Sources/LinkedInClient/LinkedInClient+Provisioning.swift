// SPDX-License-Identifier: Apache-2.0

import JSONBytes
package import LinkedIn
import RestLi

extension LinkedInClient {
    /// Makes the child application of a customer (Provisioning API, documented). The answer is the only one that holds its secret.
    ///
    /// - Parameters:
    ///   - foreignID: the ATS's name of the customer, unique among the partner's children.
    ///   - name: at most 50 characters, without the word LinkedIn; `{ATS} - {customer}` is recommended.
    /// - Throws: `LinkedInError`; `.refused` with status 409 when there is one already.
    package func provision(foreignID: String, name: String, description: String, domains: [String] = []) async throws -> ProvisionedApplication {
        var entity: JSONObject = ["uniqueForeignId": .string(foreignID), "name": .string(name), "description": .string(description)]
        if !domains.isEmpty { entity["validJsSdkDomains"] = .array(domains.map { .string($0) }) }
        let answer = try await call("POST", path(.provisionedApplications), body: JSONValue.object(entity).bytes)
        return try application(try read(answer) { try JSONValue(parsing: $0) }, answer)
    }

    /// The child application provisioned under that id; nil when there is none. LinkedIn leaves its secret out.
    package func provisioned(foreignID: String) async throws -> ProvisionedApplication? {
        let query = QueryCodec.encode([("q", .text("credentialsByUniqueForeignId")), ("uniqueForeignId", .text(foreignID))], Self.version)
        let answer = try await call("GET", path(.provisionedApplications), query: query)
        guard let element = try read(answer, { try JSONValue(parsing: $0) })["elements"]?.array?.first else { return nil }
        return try application(element, answer)
    }

    /// Makes a second secret for a child application (application-secret-management, documented); the first stays valid.
    ///
    /// - Parameter application: `urn:li:developerApplication:…`
    package func rollSecret(of application: String) async throws -> String {
        let body: JSONValue = ["childDeveloperApplication": .string(application)]
        let answer = try await call(
            "POST", path(.developerApplicationsSecurity), query: "action=rollDeveloperApplicationSecret", body: body.bytes, method: .action)
        guard let secret = try read(answer, { try JSONValue(parsing: $0) })["value"]?["client_secret"]?.string else {
            throw LinkedInError(.unreadable, "LinkedIn's answer has no client_secret", status: answer.status, requestID: answer.requestID)
        }
        return secret
    }

    private func application(_ json: JSONValue, _ answer: HTTPAnswer) throws -> ProvisionedApplication {
        guard let application = ProvisionedApplication(json: json) else {
            throw LinkedInError(.unreadable, "LinkedIn's answer describes no application", status: answer.status, requestID: answer.requestID)
        }
        return application
    }
}

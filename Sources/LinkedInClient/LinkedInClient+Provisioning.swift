// SPDX-License-Identifier: Apache-2.0

import JSONBytes
package import LinkedIn
import RestLi

/// Child applications, one per customer; with the partner's own credentials (modules-1-2 2.1).
extension LinkedInClient {
    /// What a child application is made of.
    package struct ApplicationDraft: Sendable, Hashable {
        /// The ATS's own id of the customer; unique among the partner's applications.
        package var uniqueForeignID: String
        /// At most 50 characters, shown to members, without the word "LinkedIn".
        package var name: String
        /// For administrators only.
        package var description: String
        package var callbackURLs: [String]
        /// With scheme and no slash at the end.
        package var scriptDomains: [String]

        package init(
            uniqueForeignID: String, name: String, description: String, callbackURLs: [String] = [],
            scriptDomains: [String] = []
        ) {
            self.uniqueForeignID = uniqueForeignID
            self.name = name
            self.description = description
            self.callbackURLs = callbackURLs
            self.scriptDomains = scriptDomains
        }

        var json: JSONValue {
            var object: JSONObject = [
                "uniqueForeignId": .string(uniqueForeignID), "name": .string(name), "description": .string(description),
            ]
            if !callbackURLs.isEmpty {
                object["oauth2AuthorizedCallbackUrls"] = .array(callbackURLs.map { .string($0) })
            }
            if !scriptDomains.isEmpty { object["validJsSdkDomains"] = .array(scriptDomains.map { .string($0) }) }
            return .object(object)
        }
    }

    /// Creates a child application.
    ///
    /// - Returns: its client id and, this once only, its secret.
    /// - Throws: `LinkedInError` `.conflict` when the customer has one already: `applications(uniqueForeignID:)`
    ///   finds it.
    package func provision(_ draft: ApplicationDraft) async throws -> ProvisionedApplication {
        let answer = try await call(
            ResourceCall(
                resource: .provisionedApplications, method: .create, path: path(.provisionedApplications),
                body: draft.json.bytes))
        guard let json = try? JSONValue(parsing: answer.body), let application = ProvisionedApplication(json: json)
        else {
            throw unreadable(answer)
        }
        return application
    }

    /// Finds the application of a customer; LinkedIn leaves the secret out (modules-1-2 2.1.3, confidence sdk).
    ///
    /// - Returns: none or one.
    /// - Throws: `LinkedInError` when the call failed.
    package func applications(uniqueForeignID: String) async throws -> [ProvisionedApplication] {
        let query = QueryCodec.encode(
            [("q", .text("credentialsByUniqueForeignId")), ("uniqueForeignId", .text(uniqueForeignID))], version)
        let answer = try await call(
            ResourceCall(
                resource: .provisionedApplications, method: .finder, path: path(.provisionedApplications), query: query)
        )
        guard let page = try? CollectionPage(answer.body) else { throw unreadable(answer) }
        return page.elements.compactMap { ProvisionedApplication(json: $0) }
    }

    /// Replaces the callback addresses, the script domains or both; nil leaves one as it is.
    ///
    /// - Throws: `LinkedInError` when the call failed.
    package func updateApplication(
        _ urn: DeveloperApplicationURN, callbackURLs: [String]? = nil, scriptDomains: [String]? = nil
    ) async throws {
        var set: JSONObject = [:]
        set["oauth2AuthorizedCallbackUrls"] = callbackURLs.map { .array($0.map { .string($0) }) }
        set["validJsSdkDomains"] = scriptDomains.map { .array($0.map { .string($0) }) }
        let key = KeyCodec.encode(.simple("\(urn)"), in: .path, version)
        _ = try await call(
            ResourceCall(
                resource: .provisionedApplications, method: .partialUpdate,
                path: path(.provisionedApplications, key: key),
                body: PatchDocument(set: set).bytes))
    }

    /// Makes a second secret; the old one stays valid (modules-1-2 2.1.4, confidence D).
    ///
    /// - Parameter child: a child application, with the partner's token; nil for the application whose token is used.
    /// - Returns: the new secret.
    /// - Throws: `LinkedInError`; also when the application has two secrets already.
    package func rollSecret(child: DeveloperApplicationURN? = nil) async throws -> String {
        let body: JSONValue = child.map { ["childDeveloperApplication": .string("\($0)")] } ?? [:]
        let answer = try await call(
            ResourceCall(
                resource: .developerApplicationsSecurity, method: .action, path: path(.developerApplicationsSecurity),
                query: "action=rollDeveloperApplicationSecret", body: body.bytes, version: .v2))
        guard let json = try? JSONValue(parsing: answer.body), let secret = json["value"]?["client_secret"]?.string
        else {
            throw unreadable(answer)
        }
        return secret
    }
}

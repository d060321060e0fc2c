// SPDX-License-Identifier: Apache-2.0

import LinkedIn
package import LinkedInClient

/// Gets a customer its own application at LinkedIn: one for each customer instance, never shared (RSC-103, documented).
package struct Provisioner: Sendable {
    private let client: LinkedInClient

    /// - Parameter client: with the partner's (parent application's) credentials; they are good for nothing else.
    package init(_ client: LinkedInClient) { self.client = client }

    /// What a customer's calls are made with.
    package struct Credentials: Hashable, Sendable {
        package var clientID: String
        package var clientSecret: String
        package var applicationURN: String
        /// It had an application already, which got a second secret; the first one stays valid.
        package var wasThere: Bool
    }

    /// Provisions the child application, or takes over the one the customer has.
    ///
    /// - Parameters:
    ///   - foreignID: the customer's name towards LinkedIn; a second create with the same one is a conflict (Provisioning API, documented).
    ///   - customer: the customer's name for people.
    ///   - callbackURLs: where LinkedIn may send members back to; added to those that an existing application has.
    ///   - scriptDomains: where LinkedIn's widgets may be shown (`validJsSdkDomains`); added likewise.
    /// - Throws: `LinkedInError`; `.rejected` with a remedy when the application exists and has two secrets already.
    package func add(
        foreignID: String, customer: String, callbackURLs: [String] = [], scriptDomains: [String] = []
    ) async throws -> Credentials {
        let draft = LinkedInClient.ApplicationDraft(
            uniqueForeignID: foreignID, name: Self.name(for: customer), description: "Crosswalk for \(customer)",
            callbackURLs: callbackURLs, scriptDomains: scriptDomains)
        do {
            let application = try await client.provision(draft)
            return try await credentials(application, wasThere: false)
        } catch let error as LinkedInError where error.code == .conflict {
            guard let application = try await client.applications(uniqueForeignID: foreignID).first else { throw error }
            try await allow(callbackURLs, scriptDomains, application)
            return try await credentials(application, wasThere: true)
        }
    }

    /// Makes sure that LinkedIn may send members back to these addresses and show its widgets on these origins; those that the
    /// application has stay.
    ///
    /// Source: Provisioning API, oauth2AuthorizedCallbackUrls (postman; modules-3-5, C.5).
    /// - Returns: false when the customer has no application of this partner.
    /// - Throws: `LinkedInError`.
    @discardableResult
    package func allow(callbackURLs: [String] = [], scriptDomains: [String] = [], foreignID: String) async throws
        -> Bool
    {
        guard let application = try await client.applications(uniqueForeignID: foreignID).first else { return false }
        try await allow(callbackURLs, scriptDomains, application)
        return true
    }

    private func allow(
        _ callbackURLs: [String], _ scriptDomains: [String], _ application: ProvisionedApplication
    ) async throws {
        let urls = callbackURLs.filter { !application.callbackURLs.contains($0) }
        let domains = scriptDomains.filter { !application.scriptDomains.contains($0) }
        guard !urls.isEmpty || !domains.isEmpty else { return }
        try await client.updateApplication(
            application.key, callbackURLs: urls.isEmpty ? nil : application.callbackURLs + urls,
            scriptDomains: domains.isEmpty ? nil : application.scriptDomains + domains)
    }

    /// `Crosswalk - {customer}`, at most 50 characters and without the word that LinkedIn forbids (Provisioning API, documented).
    package static func name(for customer: String) -> String {
        let name = String("Crosswalk - \(customer)".prefix(50))
        return ApplicationNameRule.problem(name) == nil ? name : "Crosswalk"
    }

    /// The finder leaves the secret out (SDK fixture), so an application that was there gets another one.
    private func credentials(_ application: ProvisionedApplication, wasThere: Bool) async throws -> Credentials {
        var secret = application.clientSecret
        if secret == nil { secret = try await client.rollSecret(child: application.key) }
        return Credentials(
            clientID: application.clientID, clientSecret: secret ?? "", applicationURN: application.key.description,
            wasThere: wasThere)
    }
}

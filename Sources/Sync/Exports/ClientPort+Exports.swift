// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import LinkedInClient

/// Exports and changed integrations over HTTP, in the engine's values.
extension ClientPort {
    package func exports(request: String) async throws -> [PortExport] {
        try await translated {
            try await client.exportedCandidates(requestID: request).map { export in
                PortExport(
                    context: export.context, job: export.job, person: export.member.description,
                    profile: ExportedProfile(
                        firstName: export.firstName, lastName: export.lastName, headline: export.headline,
                        companies: export.companies, title: export.title, location: export.place,
                        profileURL: export.profileURL, emails: export.emails, phone: export.phone))
            }
        }
    }

    package func integrations(request: String) async throws -> [PortIntegration] {
        try await translated { try await client.integrations(requestID: request).map(PortIntegration.init) }
    }

    package func choose(_ choices: [(candidate: String, person: String?)]) async throws -> [PortAnswer] {
        // UNVERIFIED: /rest has no partial update of candidates, so there the choice goes with the PUT alone.
        guard !client.surface.isVersioned else { return choices.map { _ in PortAnswer(status: 405) } }
        let named = choices.map { (names.key(.candidates, id: $0.candidate), $0.person) }
        return try await translated { try await client.setManualMatches(named).map(PortAnswer.init) }
    }
}

extension PortIntegration {
    init(_ integration: Integration) {
        self.init(
            ref: IntegrationRef(type: integration.type, context: integration.context.description),
            name: integration.name, status: integration.status?.rawValue ?? "")
    }
}

// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import RestLi

/// Where a record of ours lives at LinkedIn: its resource and its key, on either surface. The key's parts come from `Resource.place`.
struct RecordAddress: Sendable {
    let surface: Surface
    /// `urn:li:organization:…`: the organization that came with the integration, never a contract (protocol reference, section 3).
    let organization: String

    init(_ surface: Surface, organization: Int64) {
        self.surface = surface
        self.organization = OrganizationURN(number: organization).description
    }

    static func resource(_ kind: RecordKind) -> Resource {
        switch kind {
        case .job: .jobs
        case .candidate: .candidates
        case .candidateNote: .candidateNotes
        case .application: .applications
        case .applicationNote: .applicationNotes
        case .stage: .stages
        case .feedback: .feedback
        }
    }

    /// The key of one record.
    ///
    /// - Parameter parent: the id of its candidate or application; empty for kinds without.
    func key(_ kind: RecordKind, id: String, parent: String) -> EntityKey {
        key(Self.resource(kind), id: id, owner: parent)
    }

    /// The key that stands in the path in front of the records; nil where they are flat.
    func parentKey(_ kind: RecordKind, parent: String) -> EntityKey? {
        Self.resource(kind).place(on: surface).parent.map { key($0, id: parent, owner: "") }
    }

    /// The key of one integration.
    func key(_ integration: IntegrationRef) -> EntityKey {
        let tenant = IntegrationType(rawValue: integration.type)?.tenantType ?? "RECRUITER"
        var parts: [String: String] = [:]
        for part in Resource.integrations.place(on: surface).key.parts {
            parts[part.name] =
                switch part.role {
                case .context: integration.context
                case .integrationType: integration.type
                case .tenantType: tenant
                case .dataProvider: KeyPart.dataProviderValue
                case .id, .ownerID: ""
                }
        }
        return .parts(parts)
    }

    private func key(_ resource: Resource, id: String, owner: String) -> EntityKey {
        let shape = resource.place(on: surface).key
        guard !shape.parts.isEmpty else { return .simple(id) }
        var parts: [String: String] = [:]
        for part in shape.parts {
            switch part.role {
            case .id: parts[part.name] = id
            case .ownerID: parts[part.name] = owner
            case .context: parts[part.name] = organization
            case .dataProvider: parts[part.name] = KeyPart.dataProviderValue
            case .integrationType, .tenantType: break
            }
        }
        return .parts(parts)
    }
}

// SPDX-License-Identifier: Apache-2.0

package import LinkedIn
package import RestLi

/// Turns the ATS's ids into LinkedIn's keys, on one surface and for one organization or contract.
package struct RecordNames: Sendable, Hashable {
    package var surface: Surface
    /// `urn:li:organization:…` or `urn:li:contract:…`.
    package var context: String

    package init(surface: Surface, context: String) {
        self.surface = surface
        self.context = context
    }

    /// The key of a record.
    ///
    /// - Parameters:
    ///   - owner: id of the record it hangs on; part of the key on the versioned surface, of the path on the other.
    ///   - integrationType: for integrations only.
    package func key(
        _ resource: Resource, id: String, owner: String = "", integrationType: String = "",
        tenantType: String = "RECRUITER"
    ) -> EntityKey {
        let parts = resource.place(on: surface).key.parts
        guard !parts.isEmpty else { return .simple(id) }
        return .parts(
            KeyParts(
                parts.lazy.map { part in
                    let value =
                        switch part.role {
                        case .id: id
                        case .ownerID: owner
                        case .context: context
                        case .dataProvider: KeyPart.dataProviderValue
                        case .integrationType: integrationType
                        case .tenantType: tenantType
                        case .entityType: KeyPart.entityTypeValue
                        }
                    return (part.name, value)
                }))
    }

    /// The key that stands in the path of a record's collection; nil where there is none.
    package func parent(of resource: Resource, owner: String) -> EntityKey? {
        resource.place(on: surface).parent.map { key($0, id: owner) }
    }

    /// The key of an integration of this context.
    package func integration(_ type: String, tenantType: String = "RECRUITER") -> EntityKey {
        key(.integrations, id: "", integrationType: type, tenantType: tenantType)
    }
}

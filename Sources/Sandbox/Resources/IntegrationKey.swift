// SPDX-License-Identifier: Apache-2.0

internal import LinkedIn
internal import RestLi

extension IntegrationID {
    /// Reads an integration's key; parts by name.
    ///
    /// - Throws: `GatewayError` 400: a part is missing or too many, or `dataProvider` is not `ATS`.
    init(_ key: EntityKey, on surface: Surface, ignoring extra: String? = nil) throws {
        let parts = Resource.integrations.place(on: surface).key.parts
        guard case .parts(var values) = key else { throw RecordFace.badKey }
        if let extra { values[extra] = nil }
        guard values.count == parts.count else { throw RecordFace.badKey }
        self.init(context: "", type: "", tenant: "")
        for part in parts {
            guard let value = values[part.name] else { throw RecordFace.badKey }
            switch part.role {
            case .context: context = value
            case .integrationType: type = value
            case .tenantType: tenant = value
            case .dataProvider:
                guard value == KeyPart.dataProviderValue else {
                    throw GatewayError(400, "dataProvider must be \(KeyPart.dataProviderValue)")
                }
            default: break
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

package import JSONBytes
package import RestLi

/// One integration of a customer as `atsIntegrations` shows it.
/// Source: key parts from the Postman collection (postman); the status field from a vendor's copy of the plugin's
/// payload (third party).
package struct Integration: Hashable, Sendable {
    /// `urn:li:organization:…` or `urn:li:contract:…`.
    package var context: URN
    /// LinkedIn's word, for example `ONE_CLICK_EXPORT`; unknown ones are kept.
    package var type: String
    package var tenantType: String
    package var name: String?
    /// As written by LinkedIn; nil when the answer has neither `onboardingStatus` nor `status`.
    package var status: IntegrationStatus?

    package var knownType: IntegrationType? { IntegrationType(rawValue: type) }
    package var isEnabled: Bool { status?.allowsData ?? false }

    package init(context: URN, type: String, tenantType: String, name: String? = nil, status: IntegrationStatus? = nil)
    {
        self.context = context
        self.type = type
        self.tenantType = tenantType
        self.name = name
        self.status = status
    }

    /// Reads an entity, taking key parts that the entity lacks from its decoded key.
    ///
    /// - Returns: nil when context or type are nowhere.
    package init?(json: JSONValue, key: KeyParts = [:]) {
        func part(_ name: String) -> String? { json[name]?.string ?? key[name] }
        guard let context = part("integrationContext").flatMap(URN.init), let type = part("integrationType") else {
            return nil
        }
        self.init(
            context: context, type: type, tenantType: part("tenantType") ?? "RECRUITER",
            name: json["integrationName"]?.string,
            status: (json["onboardingStatus"]?.string ?? json["status"]?.string).map(IntegrationStatus.init(rawValue:)))
    }
}

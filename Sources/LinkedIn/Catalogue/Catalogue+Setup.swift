// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    /// `POST provisionedApplications`.
    package static let provisionedApplication = EntitySchema(
        "ProvisionedApplication",
        [
            Field("uniqueForeignId", .string(min: 1), .required, .documented("Provisioning API")),
            // Also without "LinkedIn"; see ApplicationNameRule.
            Field("name", .string(min: 1, max: 50), .required, .documented("Provisioning API")),
            Field("description", .string(min: 1), .required, .documented("Provisioning API")),
            Field("oauth2AuthorizedCallbackUrls", .array(.url), .documented("Provisioning API")),
            // Without a trailing slash; see ScriptDomainRule.
            Field("validJsSdkDomains", .array(.url), .documented("Provisioning API")),
        ])

    /// What a partial update of a child application may change.
    package static let provisionedApplicationPatch = EntitySchema(
        "ProvisionedApplicationPatch",
        [
            Field("validJsSdkDomains", .array(.url), .postman("Modules 1-2 collection")),
            Field("oauth2AuthorizedCallbackUrls", .array(.url), .postman("Modules 1-2 collection")),
            Field("name", .string(min: 1, max: 50), .documented("Provisioning API, partial update")),
            Field("description", .string(min: 1), .inferred("not shown anywhere")),  // UNVERIFIED
        ])

    /// `atsIntegrations` / `integrations`. A partner sets the name and nothing else.
    package static let integration = EntitySchema(
        "Integration",
        [
            // UNVERIFIED: the limit.
            Field("integrationName", .string(min: 1, max: 255), .documented("rsc-customer-configuration")),
            Field(
                "onboardingStatus", .enumeration(IntegrationStatus.known), .readOnly,
                .thirdParty("copy of the plugin's payload")),
        ])

    /// One configuration of an integration; the key says which.
    package static let configuration = EntitySchema(
        "IntegrationConfiguration",
        [
            Field(
                "configurationValue", .union([Field("string", .string(), .postman("Modules 1-2 collection"))]),
                .required,
                .postman("Modules 1-2 collection"))
        ])
}

// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    /// `atsCandidates` / `candidates`. A PUT replaces the whole record, except the manual match.
    ///
    /// No maximum lengths are documented. Which parts of an address or phone number are required is unknown: any subset
    /// goes.
    package static let candidate = EntitySchema(
        "Candidate",
        [
            // May be empty, and so may phoneNumbers.
            Field("addresses", .array(.record(address)), .required, .documented("sync-candidates, since 2024-03")),
            Field("atsCreatedAt", rest: "externalCreatedAt", .epochMillis, .required, .documented("sync-candidates")),
            // Also not before atsCreatedAt.
            Field(
                "atsLastModifiedAt", rest: "externalLastModifiedAt", .epochMillis, .required,
                .documented("sync-candidates")),
            Field("currentCompanyName", .string(), .documented("sync-candidates")),
            Field("currentJobTitle", .string(), .documented("sync-candidates")),
            Field("doNotContact", .bool, .documented("sync-candidates, since 2024-03")),
            Field(
                "emailAddresses", .array(.email), .unless("a member is attached by person URN"),
                .documented("required-fields")),
            Field("externalProfileUrl", .url, .required, .documented("required-fields")),
            Field("firstName", .string(), .required, .documented("required-fields, since 2024-03")),
            Field("lastName", .string(), .required, .inferred("collection always sends it")),  // UNVERIFIED
            Field("linkedInProfileUrl", .url, .documented("sync-candidates, since 2023-06")),
            // Normally set by its own partial update; `rest` has none, so there it is in the PUT (UNVERIFIED).
            Field("manualMatchedMember", .urn(["person"]), .documented("sync-candidates")),
            // UNVERIFIED: the type; the page only names the field.
            Field("matchedMembers", .array(.urn(["person"])), .readOnly, .documented("sync-candidates")),
            Field("middleInitial", .string(), .postman("Modules 1-2 collection")),
            Field(
                "phoneNumbers", .array(.record(phoneNumber)), .required, .documented("sync-candidates, since 2024-03")),
            Field("prefix", .string(), .postman("Modules 1-2 collection")),
            Field("suffix", .string(), .postman("Modules 1-2 collection")),
        ])

    package static let address = EntitySchema(
        "Address",
        [
            Field("line1", .string(), .postman("Modules 1-2 collection")),
            Field("line2", .string(), .thirdParty("another client of the same record")),
            Field("line3", .string(), .thirdParty("another client of the same record")),
            Field("line4", .string(), .thirdParty("another client of the same record")),
            Field("city", .string(), .postman("Modules 1-2 collection")),
            Field("geographicArea", .string(), .postman("Modules 1-2 collection")),
            Field(
                "geographicAreaType", .enumeration(["STATE", "PROVINCE"]),
                .thirdParty("another client; STATE in the collection")),
            Field("postalCode", .string(), .postman("Modules 1-2 collection")),
            Field("country", .string(), .postman("Modules 1-2 collection, lower-case ISO code")),
        ])

    package static let phoneNumber = EntitySchema(
        "PhoneNumber",
        [
            Field("number", .string(), .postman("Modules 1-2 collection")),
            Field("extension", .string(), .postman("Modules 1-2 collection")),
        ])

    /// Notes of candidates and of applications have the same fields.
    package static let note = EntitySchema(
        "Note",
        [
            Field("atsCreatedAt", rest: "externalCreatedAt", .epochMillis, .documented("sync-candidate-notes")),
            Field("externalLastModifiedAt", .epochMillis, on: .restOnly, .documented("rsc-release-notes 2026-03")),
            Field("author", .record(actor), .documented("sync-candidate-notes")),
            Field("note", .string(), .documented("sync-candidate-notes")),
        ])
}

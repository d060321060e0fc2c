// SPDX-License-Identifier: Apache-2.0

package import LinkedIn

/// An object inside a record: an address, a phone number, somebody's name.
package struct ATSRecord: Sendable {
    /// What a plain text in its place means.
    enum Plain: Sendable {
        case nothing
        /// The text is the value of the first field: a phone number.
        case firstField
        /// `First Last` or `Last, First`.
        case personName
    }

    package var name: String
    package var fields: [ATSField]
    /// LinkedIn's record; nil when the fields go into the entity around it.
    package var schema: EntitySchema?
    var plain: Plain
}

extension ATSRecord {
    package static let address = ATSRecord(
        name: "address",
        fields: [
            ATSField(
                "line1", aliases: ["street", "street1"], .shortText, to: "line1", example: #""12 Main Street""#,
                "Street and number"),
            ATSField("line2", aliases: ["street2"], .shortText, to: "line2", example: #""Floor 3""#, "Second line"),
            ATSField("line3", .shortText, to: "line3", example: #""Building B""#, "Third line"),
            ATSField("line4", .shortText, to: "line4", example: #""Campus West""#, "Fourth line"),
            ATSField("city", .shortText, to: "city", example: #""Austin""#, "City"),
            ATSField(
                "state", .shortText, to: "geographicArea", implies: area("STATE"), example: #""TX""#, "State"),
            ATSField(
                "province", .shortText, to: "geographicArea", implies: area("PROVINCE"), example: #""Ontario""#,
                "Province, where a country has no states"),
            ATSField(
                "geographicArea", .shortText, to: "geographicArea", example: #""TX""#,
                "State or province, LinkedIn's way"),
            ATSField(
                "geographicAreaType",
                .choice([ATSType.Choice("STATE", means: "STATE"), ATSType.Choice("PROVINCE", means: "PROVINCE")]),
                to: "geographicAreaType", example: #""STATE""#, "What geographicArea is"),
            ATSField(
                "postalCode", aliases: ["zip", "postcode"], .shortText, to: "postalCode", example: #""78701""#,
                "Postal code, as text"),
            ATSField("country", aliases: ["countryCode"], .country, to: "country", example: #""US""#, "Country"),
        ],
        schema: Catalogue.address, plain: .nothing)

    package static let phone = ATSRecord(
        name: "phone",
        fields: [
            ATSField("number", .shortText, .required, to: "number", example: #""+1 512 555 0100""#, "The number"),
            ATSField("extension", aliases: ["ext"], .shortText, to: "extension", example: #""42""#, "Extension"),
        ],
        schema: Catalogue.phoneNumber, plain: .firstField)

    package static let personName = ATSRecord(
        name: "name",
        fields: [
            ATSField("firstName", .shortText, .required, to: "firstName", example: #""Grace""#, "First name"),
            ATSField("lastName", .shortText, .required, to: "lastName", example: #""Hopper""#, "Last name"),
        ],
        schema: Catalogue.actor, plain: .personName)

    package static let evaluation = ATSRecord(
        name: "evaluation",
        fields: [
            ATSField(
                "attribute", aliases: ["name", "criterion"], .shortText, .required, to: "attribute",
                example: #""Communication""#, "What was judged"),
            ATSField(
                "result", aliases: ["score", "value"], .shortText, to: "result", example: #""4/5""#,
                "The verdict, as text"),
        ],
        schema: Catalogue.evaluation, plain: .nothing)

    /// The owner of a job; LinkedIn keeps it in three fields of the job itself.
    package static let owner = ATSRecord(
        name: "owner",
        fields: [
            ATSField("firstName", .shortText, to: "requisitionOwnerFirstName", example: #""Grace""#, "First name"),
            ATSField("lastName", .shortText, to: "requisitionOwnerLastName", example: #""Hopper""#, "Last name"),
            ATSField("email", .email, to: "requisitionOwnerEmail", example: #""grace@acme.example""#, "E-mail address"),
        ],
        schema: nil, plain: .nothing)

    private static func area(_ symbol: String) -> ATSField.Implied {
        ATSField.Implied(linkedIn: "geographicAreaType", symbol: symbol)
    }
}

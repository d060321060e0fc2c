// SPDX-License-Identifier: Apache-2.0

extension ATSLanguage {
    static let candidate: [ATSField] = [
        ATSField(
            "id", aliases: ["candidateId", "atsCandidateId", "externalCandidateId"], .id, .required, to: nil,
            example: #""C-1""#, "The candidate's id in the ATS"),
        ATSField(
            "firstName", aliases: ["givenName"], .shortText, .required, to: "firstName", example: #""Ada""#,
            "First name"),
        ATSField(
            "lastName", aliases: ["familyName", "surname"], .shortText, .required, to: "lastName",
            example: #""Lovelace""#,
            "Last name"),
        ATSField("middleInitial", .shortText, to: "middleInitial", example: #""K""#, "Initial of the middle name"),
        ATSField(
            "prefix", aliases: ["salutation"], .shortText, to: "prefix", example: #""Dr""#,
            "What stands before the name"),
        ATSField("suffix", .shortText, to: "suffix", example: #""Jr""#, "What stands behind the name"),
        ATSField(
            "email", aliases: ["emailAddress"], .email, .unless("emails or linkedInPerson is given"),
            to: "emailAddresses",
            example: #""ada@example.org""#, "E-mail address"),
        ATSField(
            "emails", aliases: ["emailAddresses"], .list(.email), to: "emailAddresses",
            example: #"["ada@example.org","ada@work.example"]"#, "All e-mail addresses"),
        ATSField(
            "phone", aliases: ["phoneNumber"], .record(.phone), to: "phoneNumbers", example: #""+1 512 555 0100""#,
            "Phone number: a text, or number and extension"),
        ATSField(
            "phones", aliases: ["phoneNumbers"], .list(.record(.phone)), to: "phoneNumbers",
            example: #"[{"number":"+1 512 555 0100","extension":"42"}]"#, "All phone numbers"),
        ATSField(
            "address", .record(.address), to: "addresses", example: #"{"city":"Austin","state":"TX","country":"US"}"#,
            "Postal address"),
        ATSField(
            "addresses", .list(.record(.address)), to: "addresses", example: #"[{"city":"London","country":"GB"}]"#,
            "All postal addresses"),
        ATSField(
            "currentCompany", aliases: ["currentCompanyName"], .shortText, to: "currentCompanyName",
            example: #""Analytical Engines""#, "Present employer; helps LinkedIn to match"),
        ATSField(
            "currentTitle", aliases: ["currentJobTitle"], .shortText, to: "currentJobTitle", example: #""Programmer""#,
            "Present job title; helps LinkedIn to match"),
        ATSField(
            "profileUrl", aliases: ["externalProfileUrl"], .url, .unless("the customer has a profile URL template"),
            to: "externalProfileUrl", else: .profileURL, example: #""https://ats.example.com/c/C-1""#,
            "The candidate's page in the ATS, linked from Recruiter"),
        ATSField(
            "linkedInUrl", aliases: ["linkedinUrl", "linkedInProfileUrl"], .linkedInURL, to: "linkedInProfileUrl",
            example: #""https://www.linkedin.com/in/ada""#,
            "The candidate's public LinkedIn profile; helps LinkedIn to match"),
        ATSField(
            "linkedInPerson", aliases: ["manualMatchedMember"], .person, to: "manualMatchedMember",
            example: #""urn:li:person:Ab3dEf""#, "The LinkedIn member, when somebody or LinkedIn said who it is"),
        ATSField("doNotContact", .flag, to: "doNotContact", example: "true", "The candidate must not be contacted"),
        ATSField(
            "createdAt", aliases: ["atsCreatedAt", "externalCreatedAt"], .time, .required, to: "atsCreatedAt",
            example: #""2024-03-01T09:30:00Z""#, "When the ATS made the record"),
        ATSField(
            "updatedAt", aliases: ["modifiedAt", "atsLastModifiedAt", "externalLastModifiedAt"], .time,
            to: "atsLastModifiedAt",
            else: .sameAs("createdAt"), example: #""2024-05-02T11:00:00+02:00""#,
            "When the ATS last changed it; createdAt when absent"),
    ]

    static let candidateNote: [ATSField] =
        [
            ATSField(
                "candidateId", aliases: ["atsCandidateId", "externalCandidateId"], .id, .required, to: nil,
                example: #""C-1""#,
                "The candidate it belongs to")
        ] + note

    static let applicationNote: [ATSField] = [applicationID] + note

    private static let note: [ATSField] = [
        ATSField(
            "id", aliases: ["noteId", "externalNoteId"], .id, .required, to: nil, example: #""N-1""#,
            "The note's id in the ATS"),
        ATSField(
            "text", aliases: ["note", "body"], .longText, to: "note", example: #""Called back, available in June""#,
            "The note"),
        ATSField(
            "author", .record(.personName), to: "author", example: #"{"firstName":"Grace","lastName":"Hopper"}"#,
            "Who wrote it: an object, or \"First Last\""),
        ATSField(
            "createdAt", aliases: ["atsCreatedAt", "externalCreatedAt"], .time, to: "atsCreatedAt",
            example: #""2024-03-01T09:30:00Z""#, "When it was written"),
    ]
}

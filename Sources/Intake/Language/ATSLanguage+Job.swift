// SPDX-License-Identifier: Apache-2.0

extension ATSLanguage {
    static let job: [ATSField] = [
        ATSField(
            "id", aliases: ["jobId", "externalJobPostingId"], .id, .required, to: nil, example: #""REQ-77""#,
            "The job's id in the ATS: at most 200 characters, better 75"),
        ATSField("title", .text(min: 1, max: 200), .required, to: "title", example: #""Data Engineer""#, "Title"),
        ATSField(
            "description", .text(min: 100, max: 25_000), .required, to: "description",
            example: #""<p>We build … </p>""#,
            "Text; the tags b, strong, u, i, br, p, ul, li are kept"),
        ATSField(
            "status", aliases: ["state"],
            .choice([
                ATSType.Choice("open", or: "listed", means: "LISTED"), ATSType.Choice("closed", means: "CLOSED"),
            ]), to: "state", else: .symbol("LISTED"), example: #""open""#, "open when absent"),
        ATSField(
            "location", .shortText, .unless("countryCode and postalCode are given"), to: "location",
            example: #""Austin, TX""#,
            "City and state, or city and country"),
        ATSField(
            "countryCode", .country, to: "countryCode", example: #""us""#,
            "Together with postalCode, in place of location"),
        ATSField(
            "postalCode", .shortText, to: "postalCode", example: #""78701""#,
            "Together with countryCode, in place of location"),
        ATSField(
            "applyUrl", aliases: ["companyApplyUrl"], .url, .required, to: "companyApplyUrl",
            example: #""https://jobs.acme.example/77""#, "Where candidates apply"),
        ATSField(
            "createdAt", aliases: ["listedAt", "postedAt"], .time, .required, to: "listedAt",
            example: #""2024-02-01T00:00:00Z""#, "When the job entered the ATS; not in the future"),
        ATSField(
            "visibility", aliases: ["availability"],
            .choice([
                ATSType.Choice("private", or: "PRIVATE_TO_ATS_INTEGRATION", means: "PRIVATE_TO_ATS_INTEGRATION"),
                ATSType.Choice("public", means: "PUBLIC"),
            ]), to: "availability", else: .availability, example: #""private""#,
            "public shows the job on LinkedIn's job board; the customer's setting when absent"),
        ATSField(
            "accessRestricted", .flag, to: "accessRestricted", example: "false",
            "Only recruiters with access to the job may see it"),
        ATSField(
            "jobCode", aliases: ["companyJobCode"], .shortText, to: "companyJobCode", example: #""ENG-2024-12""#,
            "The customer's own code, when it is not the id"),
        ATSField(
            "owner", .record(.owner), to: nil,
            example: #"{"firstName":"Grace","lastName":"Hopper","email":"grace@acme.example"}"#,
            "Who owns the requisition"),
    ]
}

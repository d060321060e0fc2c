// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    /// One element of `POST simpleJobPostings`: the recruiting integration's fields first, then those of job posting.
    ///
    /// Either `jobPostingOperationType` or `state` says what to do; both pages are official and contradict each other.
    package static let job = EntitySchema(
        "JobPosting",
        [
            Field(
                "integrationContext", rest: "company", .urn(["organization"]), .unless(otherCompany),
                .documented("required-fields")),
            // 75 on the versioned surface; see longestJobID.
            Field("externalJobPostingId", .string(min: 1, max: 200), .required, .documented("job-posting-api-schema")),
            Field("title", .string(min: 1, max: 200), .required, checked: .inTask, .documented("required-fields")),
            Field(
                "description", .string(min: 100, max: 25_000), .required, checked: .inTask,
                .documented("job-posting-api-schema")),
            Field(
                "location", .string(), .unless("countryCode and postalCode are given"), .documented("required-fields")),
            Field("countryCode", .string(), .unless("location is given"), .documented("required-fields")),
            Field("postalCode", .string(), .unless("location is given"), .documented("required-fields")),
            Field(
                "state", .enumeration(["LISTED", "CLOSED"]), .unless("jobPostingOperationType is given"),
                .documented("required-fields")),
            Field(
                "jobPostingOperationType", .enumeration(operations), .unless("state is given"),
                .documented("job-posting-api-schema")),
            Field("availability", .enumeration(availabilities), .documented("job-posting-api-schema")),
            Field("companyApplyUrl", .url, .required, .documented("required-fields")),
            Field("listedAt", .epochMillis, .required, .documented("required-fields")),  // not in the future
            Field("accessRestricted", .bool, on: .v2Only, .documented("job-posting-api-schema")),
            Field("companyJobCode", .string(min: 1), .documented("job-posting-api-schema")),
            Field("requisitionOwnerEmail", .string(), on: .v2Only, .documented("job-posting-api-schema")),
            Field("requisitionOwnerFirstName", .string(), on: .v2Only, .documented("job-posting-api-schema")),
            Field("requisitionOwnerLastName", .string(), on: .v2Only, .documented("job-posting-api-schema")),
        ] + jobPostingExtras)

    private static let otherCompany = "companyPageUrl or companyName is given"
    private static let operations = ["CREATE", "UPDATE", "RENEW", "CLOSE", "UPGRADE", "DOWNGRADE"]
    private static let availabilities = ["PUBLIC", "PRIVATE_TO_ATS_INTEGRATION", "INTERNAL"]

    private static let jobPostingExtras = [
        Field("companyPageUrl", .url, .documented("job-posting-api-schema")),
        Field("companyName", .string(), .documented("job-posting-api-schema")),
        // Not supported together with a recruiting integration (same page).
        Field("alternateLocations", .array(.string(), max: 7), .documented("job-posting-api-schema")),
        Field("categories", .array(.string(), max: 3), .documented("job-posting-api-schema")),
        Field("skillsDescription", .string(max: 4_000), checked: .inTask, .documented("job-posting-api-schema")),
        Field("workplaceTypes", .array(.string(), max: 1), .documented("job-posting-api-schema")),
        Field("industries", .array(.urn(["industry"])), .documented("job-posting-api-schema")),
        Field("employmentStatus", .enumeration(employment), .documented("job-posting-api-schema")),
        Field("experienceLevel", .enumeration(experience), .documented("job-posting-api-schema")),
        Field("trackingPixelUrl", .url, .documented("job-posting-api-schema")),
        Field("compensation", .record(compensation), .documented("job-posting-api-schema")),
        Field("expireAt", .epochMillis, .documented("job-posting-api-schema")),
        Field("listingType", .enumeration(["BASIC", "PREMIUM"]), .documented("job-posting-api-schema")),
        Field("posterEmail", .string(), .documented("job-posting release notes 2025-06")),
        Field("contract", .urn(["contract"]), .documented("job-posting-api-schema")),
        Field("showPosterInfo", .bool, .documented("job-posting-api-schema")),
        Field("partnerRequisitionId", .string(), on: .restOnly, .sdk("JobPosting model")),
    ]

    private static let employment = [
        "FULL_TIME", "PART_TIME", "CONTRACT", "INTERNSHIP", "TEMPORARY", "VOLUNTEER", "OTHER",
    ]
    private static let experience = [
        "ENTRY_LEVEL", "ASSOCIATE", "MID_SENIOR_LEVEL", "DIRECTOR", "EXECUTIVE", "INTERNSHIP", "NOT_APPLICABLE",
    ]

    private static let compensation = EntitySchema(
        "Compensation",
        [
            Field(
                "compensations", .array(.record(compensationItem), min: 1), .required,
                .documented("job-posting-api-schema"))
        ])

    private static let compensationItem = EntitySchema(
        "CompensationItem",
        [
            Field("type", .enumeration(payTypes), .documented("job-posting-api-schema")),
            Field("period", .enumeration(payPeriods), .documented("job-posting-api-schema")),
            Field("value", .union(payValues), .required, .documented("job-posting-api-schema")),
            Field("amount", .record(money), .documented("job-posting-api-schema")),
        ])

    private static let payTypes = [
        "BASE_SALARY", "TIPS", "COMMISSION", "PROFIT_SHARING", "STOCK_OPTIONS", "STOCK", "BONUS", "SIGN_ON_BONUS",
        "OVER_TIME",
        "OTHER",
    ]
    private static let payPeriods = ["YEARLY", "MONTHLY", "SEMIMONTHLY", "BIWEEKLY", "WEEKLY", "DAILY", "HOURLY"]
    private static let payValues = [
        Field("range", .record(payRange), .documented("job-posting-api-schema")),
        Field("exactAmount", .record(money), .documented("job-posting-api-schema")),
    ]

    private static let payRange = EntitySchema(
        "CompensationRange",
        [
            Field("start", .record(money), .documented("job-posting-api-schema")),
            Field("end", .record(money), .documented("job-posting-api-schema")),
        ])

    private static let money = EntitySchema(
        "Money",
        [
            Field("amount", .string(), .required, .documented("job-posting-api-schema")),  // a decimal in a string
            Field("currencyCode", .string(min: 3, max: 3), .required, .documented("job-posting-api-schema")),
        ])

    /// The longest job id: 200 on v2 (job-posting-api-schema, documented), 75 on the versioned surface (SDK).
    package static func longestJobID(on surface: Surface) -> Int { surface.isVersioned ? 75 : 200 }

    /// What `GET simpleJobPostingTasks` shows. Source: check-job-taskstatus (documented).
    package static let jobTask = EntitySchema(
        "JobPostingTask",
        [
            Field("id", .urn(["simpleJobPostingTask"]), .readOnly, .documented("check-job-taskstatus")),
            Field(
                "status", .enumeration(["IN_PROGRESS", "SUCCEEDED", "FAILED", "PROCESSED"]), .readOnly,
                .documented("check-job-taskstatus")),
            Field("externalJobPostingId", .string(), .readOnly, .documented("check-job-taskstatus")),
            Field("jobPosting", .urn(["jobPosting"]), .readOnly, .documented("check-job-taskstatus")),
            Field("errorMessage", .string(), .readOnly, .documented("check-job-taskstatus")),
            Field("location", .string(), .readOnly, .documented("check-job-taskstatus")),
        ])
}

// SPDX-License-Identifier: Apache-2.0

/// What `errorMessage` of a failed task says. Text is data: no client may switch on it.
/// Source: check-job-taskstatus, failure table (documented), misspellings included.
package enum JobTaskFailure {
    private static let clientSide =
        "Job processing failed due to a client-side error. Please check payload and integration setup. Error details: "

    /// CREATE of an id that exists.
    package static func duplicate(linkedInJob: Int64, externalID: String) -> String {
        clientSide
            + "Trying to create a job with same partnerIdentifier already exists. It is duplicate creation request for "
            + "a basic job or a non-draft premium job. Dropping the duplicate job posting creation request. "
            + "LinkedIn job id: \(linkedInJob), externalJobPostingId: \(externalID)"
    }

    package static let renewUnknown = clientSide + "Operation type RENEW is not allowed for a non-existing job"

    package static func updateUnknown(partner: JobPostingPartnerURN, externalID: String) -> String {
        clientSide + "Operation type UPDATE is not allowed for a non-existing job of partner urn \(partner), "
            + "partner job code (\(externalID))"
    }

    package static let descriptionTooShort =
        "Job {} was dropped: true Invalid Field: /description; Drop Message: "
        + "The description length should be at least 100 characters"
    package static let descriptionInvalid =
        "This job post has an invalid job description. Please ensure a job description is present and between "
        + "100 - 25,000 characters."
    package static let locationNotStandardizable =
        "We could not standardize your job's location. Please update the location in your ATS or careers site to post."
    package static let locationInvalid =
        "This job has an invalid location. Please update the location in your ATS or careers site to post."
    package static let locationMissing =
        "This job is missing location data. Click on Update location to select the job location, "
        + "or update the location on the ATS to post."
    package static let applyURLInvalid =
        "This job has an invalid Job URL. Please update the Job URL in your ATS or careers site to post."
    package static let noCompanyPage = "This job is missing a connection to a LinkedIn company page."
    package static let spam = "This job was determine to be spam."
    package static let takenDown = "This job was manually taken down."
    package static let unexpected =
        "This job was dropped because of an unexpected error that occurred during job ingestion. "
        + "This is meant to be a catch-all error."
    package static let validation = "This job was dropped due to validation error."

    /// - Parameter fields: JSON names, `city`, `postalCode`.
    package static func dropped(partner: JobPostingPartnerURN, externalID: String, invalid fields: [String]) -> String {
        "Job {partner=\(partner), partnerJobCode=\(externalID)} was dropped: true\n\n"
            + fields.map { "Invalid Field: /\($0); " }.joined(separator: "\n")
    }

    /// A field that LinkedIn's processors refuse.
    package static func blocked(_ field: BlockedField) -> String {
        "This job is blocked as its \(field.rawValue) is marked invalid. "
            + "Failure reason reference code: [JOB_FIELD_PROCESSOR_\(field.code)]."
    }

    package enum BlockedField: String, CaseIterable, Sendable {
        case company, companyApplyUrl, companyName, countryCode, description, experience, geoLocation, jobCategory
        case jobType, jobCode, sourceDomain, sourceJobCode, sourceUrl, standardizedLocation, title

        /// `COMPANY_APPLY_URL`; the job code alone has a name of its own.
        package var code: String {
            if self == .jobCode { return "ORIGINAL_JOB_CODE" }
            return rawValue.reduce(into: "") { text, letter in
                if letter.isUppercase { text.append("_") }
                text += letter.uppercased()
            }
        }
    }
}

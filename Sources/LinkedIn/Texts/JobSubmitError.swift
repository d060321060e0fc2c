// SPDX-License-Identifier: Apache-2.0

/// Why one element of `POST simpleJobPostings` is refused in the answer. Source: create-jobs error table (documented).
///
/// The table prints an HTTP status for some rows, the framework answers 200 with the status in the element; here it is
/// the element's.
package struct JobSubmitError: Error, Hashable, Sendable {
    package var status: Int
    package var message: String

    package init(_ status: Int, _ message: String) {
        self.status = status
        self.message = message
    }

    package static func tooManyWorkplaceTypes(_ values: [String]) -> Self {
        Self(
            400,
            "The workplaceTypes field cannot have more than one value provided. Provided values "
                + "[\(values.joined(separator: ", "))]")
    }

    package static func invalidApplyURL(job: String, task: TaskURN) -> Self {
        Self(400, "Invalid company apply url for job with externalPartnerId \(job), taskUrn \(task)")
    }

    package static let noCompany = Self(
        400, "Either context or company or companyPageUrl or companyName must be provided")
    package static let cannotClose = Self(409, "Cannot close job which is already closed or does not exist")
    package static let tooManyLocations = Self(
        422, "The job contains more than seven locations. Please ensure maximum seven locations per job")
    /// For example an `externalJobPostingId` that is a number.
    package static let internalError = Self(500, "Internal Server Error")

    /// `listedAt` in the future. Source: the SDK names the code below (sdk). UNVERIFIED: the words.
    package static let listedInFuture = Self(400, "listedAt must not be in the future")
    package static let listedInFutureCode = "ERROR_INVALID_LISTED_AT_FIELD"
}

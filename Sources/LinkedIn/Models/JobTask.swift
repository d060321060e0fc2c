// SPDX-License-Identifier: Apache-2.0

package import JSONBytes

/// What became of one submitted job. Source: check-job-taskstatus (documented).
package struct JobTask: Hashable, Sendable {
    /// LinkedIn's word; unknown ones are kept and count as unfinished.
    package struct Status: RawRepresentable, Hashable, Sendable {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let inProgress = Self(rawValue: "IN_PROGRESS")
        package static let succeeded = Self(rawValue: "SUCCEEDED")
        package static let failed = Self(rawValue: "FAILED")
        /// Success too, for jobs that LinkedIn does not publish itself; with an error message it is a failure.
        package static let processed = Self(rawValue: "PROCESSED")
    }

    package var id: String
    package var status: Status
    package var externalJobPostingId: String?
    /// `urn:li:jobPosting:…` after success.
    package var jobPosting: String?
    package var errorMessage: String?
    package var location: String?

    package var isFinished: Bool { [.succeeded, .failed, .processed].contains(status) }
    package var isSuccess: Bool { status == .succeeded || (status == .processed && errorMessage == nil) }

    /// - Parameter id: the entity's key, for answers without an `id`.
    /// - Returns: nil without a status.
    package init?(json: JSONValue, id: String) {
        guard let status = json["status"]?.string else { return nil }
        self.id = json["id"]?.string ?? id
        self.status = Status(rawValue: status)
        externalJobPostingId = json["externalJobPostingId"]?.string
        jobPosting = json["jobPosting"]?.string
        errorMessage = json["errorMessage"]?.string
        location = json["location"]?.string
    }
}

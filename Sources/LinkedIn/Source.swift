// SPDX-License-Identifier: Apache-2.0

/// Where a fact about LinkedIn's side was found and how far it can be trusted.
/// Every row of the tables in this module has one.
package struct Source: Hashable, Sendable, CustomStringConvertible {
    package enum Confidence: String, Sendable, CaseIterable {
        /// Stated on a page of learn.microsoft.com.
        case documented
        /// In LinkedIn's own Postman collection or sample applications: proves requests, not answers.
        case postman
        /// In LinkedIn's Java SDK for talent solutions, or its fixtures.
        case sdk
        /// Behaviour of the open-source Rest.li framework.
        case framework
        /// Seen only in somebody else's code, page or capture.
        case thirdParty
        /// Our own conclusion. Lines with this carry the word UNVERIFIED.
        case inferred
    }

    /// The page or file, as LinkedIn names it, for example `sync-candidates`.
    package var page: String
    package var confidence: Confidence

    package init(_ page: String, _ confidence: Confidence) {
        self.page = page
        self.confidence = confidence
    }

    package static func documented(_ page: String) -> Self { Self(page, .documented) }
    package static func postman(_ page: String) -> Self { Self(page, .postman) }
    package static func sdk(_ page: String) -> Self { Self(page, .sdk) }
    package static func framework(_ page: String) -> Self { Self(page, .framework) }
    package static func thirdParty(_ page: String) -> Self { Self(page, .thirdParty) }
    package static func inferred(_ page: String) -> Self { Self(page, .inferred) }

    package var description: String { "\(page) (\(confidence.rawValue))" }
}

// SPDX-License-Identifier: Apache-2.0

/// What an export says about a member, in our words. Contact data is normally absent: an export does not share it.
package struct ExportedProfile: Hashable, Sendable {
    package var firstName: String?
    package var lastName: String?
    package var headline: String?
    /// Present employers, the first one first.
    package var companies: [String]
    package var title: String?
    package var location: String?
    package var profileURL: String?
    package var emails: [String]
    package var phone: String?

    package init(
        firstName: String? = nil, lastName: String? = nil, headline: String? = nil, companies: [String] = [],
        title: String? = nil, location: String? = nil, profileURL: String? = nil, emails: [String] = [],
        phone: String? = nil
    ) {
        self.firstName = firstName
        self.lastName = lastName
        self.headline = headline
        self.companies = companies
        self.title = title
        self.location = location
        self.profileURL = profileURL
        self.emails = emails
        self.phone = phone
    }
}

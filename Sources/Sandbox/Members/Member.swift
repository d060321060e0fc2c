// SPDX-License-Identifier: Apache-2.0

import People

/// A member of LinkedIn.
package struct Member: Sendable, Hashable {
    /// From 1; the person at index n of the directory is member n + 1. Members added by hand begin at 1,000,000,001.
    package var number: Int64
    package var firstName: String
    package var lastName: String
    /// Lower case.
    package var email: String
    package var title: String
    package var company: String
    package var city: String
    package var state: String
    package var country: String
    package var phone: String
    /// `https://www.linkedin.com/in/{slug}`, lower case.
    package var profileURL: String
    /// True: added by hand, false: generated from the seed.
    package var isAdded: Bool
    /// When the member closed the account; nil while it is open.
    package var closed: Moment?
    /// What was said when the member was added by hand; nil: see `MemberTraits`.
    package var saidSkills: [String]?
    package var saidOpenToWork: Bool?

    package var name: String { closed == nil ? "\(firstName) \(lastName)" : Self.goneName }

    /// How pages call a member who left LinkedIn.
    static let goneName = "LinkedIn Member"

    package var skills: [String] { saidSkills ?? MemberTraits(number: number, title: title).skills }
    package var isOpenToWork: Bool { saidOpenToWork ?? MemberTraits.isOpenToWork(number: number) }

    /// The line under the name: title and employer, whichever there is.
    package var headline: String { [title, company].filter { !$0.isEmpty }.joined(separator: " at ") }
    /// `City, State, country`, without what is not known.
    package var place: String { [city, state, country.uppercased()].filter { !$0.isEmpty }.joined(separator: ", ") }

    init(_ person: Person) {
        number = Int64(person.index) + 1
        firstName = person.firstName
        lastName = person.lastName
        email = person.email.lowercased()
        title = person.title
        company = person.company
        city = person.city
        state = person.state
        country = person.country
        phone = person.phone
        profileURL = Self.profileURL(person.profileURL) ?? person.profileURL
        isAdded = false
        closed = nil
    }

    package init(
        number: Int64, firstName: String, lastName: String, email: String, title: String = "", company: String = "",
        city: String = "",
        state: String = "", country: String = "", phone: String = "", profileURL: String, isAdded: Bool,
        closed: Moment? = nil
    ) {
        self.number = number
        self.firstName = firstName
        self.lastName = lastName
        self.email = email
        self.title = title
        self.company = company
        self.city = city
        self.state = state
        self.country = country
        self.phone = phone
        self.profileURL = profileURL
        self.isAdded = isAdded
        self.closed = closed
    }

    /// The one spelling of a public profile's address: any scheme, country host, query and trailing slash are
    /// forgotten.
    ///
    /// - Returns: `https://www.linkedin.com/in/{slug}`, or nil when it is no profile address.
    package static func profileURL(_ text: String) -> String? {
        var rest = Substring(text.lowercased())
        for scheme in ["https://", "http://"] where rest.hasPrefix(scheme) { rest = rest.dropFirst(scheme.count) }
        let parts = rest.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
        guard parts.count >= 3, parts[0] == "linkedin.com" || parts[0].hasSuffix(".linkedin.com"), parts[1] == "in"
        else { return nil }
        return "https://www.linkedin.com/in/\(parts[2])"
    }
}

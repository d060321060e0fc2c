// SPDX-License-Identifier: Apache-2.0

/// One field of our own record language, as data: the reader is compiled from it, and the documentation, the OpenAPI
/// check, `source check` and the mapping validator list it.
package struct ATSField: Sendable {
    package enum Requirement: Hashable, Sendable {
        case required
        case optional
        /// Required unless something else is there; the text says what.
        case unless(String)
    }

    package var name: String
    /// Other names that are accepted, LinkedIn's own among them. Each of them, and `name`, may also be in snake_case.
    package var aliases: [String]
    package var type: ATSType
    package var requirement: Requirement
    /// One line for people.
    package var about: String
    /// A value as JSON.
    package var example: String
    /// The field of LinkedIn's entity that it fills; nil for parts of the key and for what is only ours.
    package var linkedIn: String?
    /// What LinkedIn's field gets when this one is absent.
    var fallback: Fallback
    /// Another field of LinkedIn's that follows from this one being there.
    var implied: Implied?

    enum Fallback: Hashable, Sendable {
        case nothing
        case symbol(String)
        case sameAs(String)
        /// The customer's profile URL template with the id in it.
        case profileURL
        /// The customer's choice of PUBLIC or PRIVATE.
        case availability
    }

    struct Implied: Hashable, Sendable {
        var linkedIn: String
        var symbol: String
    }

    init(
        _ name: String, aliases: [String] = [], _ type: ATSType, _ requirement: Requirement = .optional,
        to linkedIn: String?,
        else fallback: Fallback = .nothing, implies implied: Implied? = nil, example: String, _ about: String
    ) {
        self.name = name
        self.aliases = aliases
        self.type = type
        self.requirement = requirement
        self.about = about
        self.example = example
        self.linkedIn = linkedIn
        self.fallback = fallback
        self.implied = implied
    }

    package var isRequired: Bool { requirement == .required }

    /// Every spelling that is accepted, `name` first.
    package var spellings: [String] {
        var all: [String] = []
        for word in [name] + aliases {
            for spelling in [word, Self.snakeCase(word)] where !all.contains(spelling) { all.append(spelling) }
        }
        return all
    }

    /// `linkedInUrl` → `linked_in_url`.
    static func snakeCase(_ name: String) -> String {
        name.reduce(into: "") { text, letter in
            if letter.isUppercase, !text.isEmpty { text.append("_") }
            text += letter.lowercased()
        }
    }
}

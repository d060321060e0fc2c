// SPDX-License-Identifier: Apache-2.0

package import Domain

/// The sign-in service, and whom of its people Crosswalk lets in.
package struct OpenIDSettings: Sendable {
    /// As its discovery document says it, without a slash at the end that it has not.
    package var issuer: String
    package var clientID: String
    package var clientSecret: String
    package var rules: [Rule]
    /// A claim whose value is a role's word, or a list with such words; nil: only the rules count.
    package var roleClaim: String?

    /// Who gets which role.
    package struct Rule: Sendable, Hashable {
        package enum Who: Sendable, Hashable {
            /// Everybody with an e-mail address of this domain.
            case domain(String)
            case email(String)
            case subject(String)
        }
        package var who: Who
        package var role: Role
    }

    package init(issuer: String, clientID: String, clientSecret: String, rules: [Rule], roleClaim: String? = nil) {
        self.issuer = issuer
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.rules = rules
        self.roleClaim = roleClaim
    }

    /// Why the text of the rules is none; safe to show.
    package struct Malformed: Error, Hashable {
        package let message: String
    }

    /// `example.org=viewer, ada@example.org=admin, subject:248289761001=operator`
    package static func rules(_ text: String) throws(Malformed) -> [Rule] {
        var rules: [Rule] = []
        for part in text.split(separator: ",") {
            let pair = part.filter { !$0.isWhitespace }.split(separator: "=", omittingEmptySubsequences: false)
            guard let role = pair.last.flatMap({ Role(word: String($0)) }), pair.count >= 2 else {
                throw Malformed(
                    message: "'\(part)' is no domain, address or subject:… with =viewer, =operator or =admin")
            }
            let who = pair.dropLast().joined(separator: "=")
            guard !who.isEmpty, who != "subject:" else {
                throw Malformed(message: "'\(part)' does not say who gets the role")
            }
            if who.hasPrefix("subject:") {
                rules.append(Rule(who: .subject(String(who.dropFirst(8))), role: role))
            } else if who.contains("@") {
                rules.append(Rule(who: .email(who.lowercased()), role: role))
            } else {
                rules.append(Rule(who: .domain(who.lowercased()), role: role))
            }
        }
        return rules
    }

    /// The service's host: what the sign-in button calls it.
    var label: String {
        String(issuer.drop { $0 != "/" }.drop { $0 == "/" }.prefix { $0 != "/" && $0 != ":" })
    }
}

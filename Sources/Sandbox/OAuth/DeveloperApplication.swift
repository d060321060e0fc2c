// SPDX-License-Identifier: Apache-2.0

/// An application registered with LinkedIn: the partner's own (parent) or one customer's (child).
package struct DeveloperApplication: Sendable, Hashable {
    package var number: Int64
    package var clientID: String
    /// Nil for a partner's own application.
    package var parent: Int64?
    /// The ATS's identifier of the customer; unique among the children of a parent. Nil for a parent.
    package var uniqueForeignID: String?
    package var name: String
    package var description: String
    package var jsDomains: [String]
    package var callbackURLs: [String]
    /// Oldest first; one or two.
    package var secrets: [String]
    package var created: Moment

    package var isParent: Bool { parent == nil }

    /// `urn:li:developerApplication:{number}`: the `key` that provisioning returns.
    package var urn: String { "urn:li:developerApplication:\(number)" }

    /// The number in such a URN, or nil.
    package static func number(inURN text: String) -> Int64? {
        let prefix = "urn:li:developerApplication:"
        guard text.hasPrefix(prefix) else { return nil }
        return Int64(text.dropFirst(prefix.count))
    }

    /// At most this many secrets at a time [doc: application-secret-management].
    package static let mostSecrets = 2
}

// SPDX-License-Identifier: Apache-2.0

/// The generation of Rest.li's syntax. The header chooses it, not the base path (jobs-oauth-restli 2.1, confidence C).
package enum ProtocolVersion: String, Sendable, Hashable, CaseIterable {
    case v1 = "1.0.0"
    case v2 = "2.0.0"

    /// The request and response header that carries it.
    package static let header = "X-RestLi-Protocol-Version"

    /// - Parameter header: the header's value; nil, when it was not sent, means 1.0.0.
    /// - Returns: nil for a version that does not exist.
    package init?(header: String?) {
        guard let header else {
            self = .v1
            return
        }
        self.init(rawValue: header)
    }

    /// The header of a created entity's id.
    package var idHeader: String { self == .v1 ? "X-LinkedIn-Id" : "X-RestLi-Id" }

    /// The header, with the value `true`, that marks an error.
    package var errorHeader: String { self == .v1 ? "X-LinkedIn-Error-Response" : "X-RestLi-Error-Response" }
}

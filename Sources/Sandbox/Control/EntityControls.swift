// SPDX-License-Identifier: Apache-2.0

package import JSONBytes
package import LinkedIn

/// What the control API does with entities: the acts of a customer's admin and of a recruiter, and a look at what is
/// stored.
/// The resources implement it, because the tables are theirs.
package protocol EntityControls: Sendable {
    /// The customer's admin requests, enables or disables integrations, in the configuration plugin and in Recruiter.
    ///
    /// - Parameter organization: the customer; a contract among the integrations becomes one of its contracts unless it
    ///   is somebody's already.
    /// - Returns: every integration named, as it is now, and whether its status is another than before.
    /// - Throws: `GatewayError` 409 when the step is not allowed (for example a precondition of
    ///   `Switches.enableNeedsConfiguration`).
    func setStatus(
        _ status: IntegrationStatus, of integrations: [IntegrationID], organization: Int64, application: Int64,
        now: Moment
    ) async throws -> [IntegrationChange]

    /// Every integration of an application.
    func integrations(application: Int64) async throws -> [IntegrationChange]

    /// The `CALLBACK_URL` that events about this context go to; nil when the application has none.
    func callbackURL(application: Int64, context: String) async throws -> String?

    /// How many entities of each resource an organization has, over all applications.
    func counts(organization: Int64) async throws -> [(resource: Resource, count: Int)]

    /// Entities of one resource in a stable order.
    ///
    /// - Parameter after: the cursor of an earlier page; nil for the first.
    /// - Returns: at most `limit` entities, each an object that has the decoded key parts and the stored body; a
    ///   cursor when there are more.
    func page(
        of resource: Resource, organization: Int64, after: String?, limit: Int
    ) async throws -> (entities: [JSONValue], next: String?)

    /// A recruiter links a candidate to a member by hand, as the profile plugin's `onlink` does; nil unlinks.
    ///
    /// - Returns: whether there is such a candidate.
    func link(candidate: String, organization: Int64, application: Int64, member: Int64?, now: Moment) async throws
        -> Bool
}

package enum IntegrationStatus: String, Sendable, CaseIterable {
    /// Pre-authorised in the configuration plugin [3p, payload example].
    case requested = "REQUESTED"
    /// Switched on inside Recruiter [doc text, 3p name].
    case enabled = "ENABLED"
    /// Switched off there (inferred name).
    case disabled = "DISABLED"
}

/// An integration after a step of the customer's admin.
package struct IntegrationChange: Sendable, Hashable {
    package var id: IntegrationID
    package var name: String?
    package var status: IntegrationStatus
    package var changed: Bool

    package init(id: IntegrationID, name: String?, status: IntegrationStatus, changed: Bool) {
        self.id = id
        self.name = name
        self.status = status
        self.changed = changed
    }
}

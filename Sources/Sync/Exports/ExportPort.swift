// SPDX-License-Identifier: Apache-2.0

package import Domain

/// What push notifications announce, as the engine asks LinkedIn for it: every method is one call and throws `PortFailure`.
package protocol ExportPort: Sendable {
    /// What a recruiter exported; empty, or a failure `.notFound`, when LinkedIn does not know the request.
    func exports(request: String) async throws -> [PortExport]
    /// The integrations that a notification speaks of; empty, or `.notFound`, as above.
    func integrations(request: String) async throws -> [PortIntegration]
    /// Says which members candidates are (1…100); nil takes a choice back.
    ///
    /// - Returns: one answer per choice, in the order asked.
    func choose(_ choices: [(candidate: String, person: String?)]) async throws -> [PortAnswer]
}

/// One exported member.
package struct PortExport: Hashable, Sendable {
    /// The organization URN on whose behalf it was exported; nil when LinkedIn did not say.
    package var context: String?
    /// The ATS's job.
    package var job: String?
    /// The person URN.
    package var person: String
    package var profile: ExportedProfile

    package init(context: String?, job: String?, person: String, profile: ExportedProfile) {
        self.context = context
        self.job = job
        self.person = person
        self.profile = profile
    }
}

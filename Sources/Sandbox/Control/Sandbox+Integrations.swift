// SPDX-License-Identifier: Apache-2.0

extension Sandbox {
    /// What the customer's admin does in the configuration plugin (requested) and in Recruiter's ATS tab (enabled,
    /// disabled): every change of being on or off is announced to the ATS.
    ///
    /// - Returns: every integration named, as it is now.
    /// - Throws: see `EntityControls.setStatus`.
    func setIntegrations(
        _ status: IntegrationStatus, _ integrations: [IntegrationID], organization: Int64, application: Int64
    ) async throws -> [IntegrationChange] {
        let changes = try await controls.setStatus(
            status, of: integrations, organization: organization, application: application, now: clock.now())
        for change in changes where change.changed && status != .requested {
            let url = try await controls.callbackURL(application: application, context: change.id.context)
            try await core.pushes.integrationStatusChanged(change.id, application: application, url: url)
        }
        return changes
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Which integration of an application: the key parts of `atsIntegrations` without `dataProvider`.
package struct IntegrationID: Sendable, Hashable {
    /// `urn:li:organization:{n}`, or `urn:li:contract:{n}` for contract-level types.
    package var context: String
    /// `ONE_CLICK_EXPORT`, `CSA_API`, …
    package var type: String
    /// `RECRUITER` or `JOBS`.
    package var tenant: String

    package init(context: String, type: String, tenant: String) {
        self.context = context
        self.type = type
        self.tenant = tenant
    }

    /// One line; none of the parts holds a space.
    var line: String { "\(context) \(type) \(tenant)" }

    init?(line: String) {
        let parts = line.split(separator: " ").map(String.init)
        guard parts.count == 3 else { return nil }
        self.init(context: parts[0], type: parts[1], tenant: parts[2])
    }
}

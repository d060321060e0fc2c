// SPDX-License-Identifier: Apache-2.0

internal import LinkedIn

/// A customer as one child application sees it.
struct Tenant: Hashable, Sendable {
    var tenancy: Int64
    var application: Int64
    var organization: Int64

    var context: String { OrganizationURN(number: organization).description }

    /// The organization's integration of a type.
    func integration(_ type: IntegrationType) -> IntegrationID {
        IntegrationID(context: context, type: type.rawValue, tenant: type.tenantType)
    }
}

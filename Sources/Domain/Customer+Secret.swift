// SPDX-License-Identifier: Apache-2.0

extension Customer {
    /// What the client secret of a customer is sealed for, so that one moved to another row does not open.
    package static func secretPurpose(_ id: CustomerID) -> String { "customer/\(id)/clientSecret" }
}

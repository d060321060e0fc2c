// SPDX-License-Identifier: Apache-2.0

internal import SQLFile

/// Lets a request in to the records of the organizations that its keys name; asked inside the transaction that does
/// the work.
struct RecordGate {
    private let application: Int64
    private let isOpenToAll: Bool
    /// For the message: `PUT /atsCandidates`.
    private let access: String
    private var known: [Int64: Int64] = [:]

    /// - Parameter switches: `dataNeedsEnabledIntegration` off lets everybody in who was ever asked for.
    init(application: Int64, access: String, _ switches: Switches) {
        self.application = application
        self.access = access
        isOpenToAll = !switches.dataNeedsEnabledIntegration
    }

    /// The tenancy of this application and an organization.
    ///
    /// - Throws: `GatewayError` 403 for another customer's organization, and while no integration is enabled
    ///   (protocol reference 9, items 36
    ///   and 46: UNVERIFIED).
    mutating func tenancy(_ organization: Int64, _ tx: SQLTransaction) throws -> Int64 {
        if let number = known[organization] { return number }
        switch try tx.access(application: application, organization: organization) {
        case .open(let number):
            known[organization] = number
            return number
        case .notEnabled where isOpenToAll:
            guard let number = try tx.tenancy(application: application, organization: organization) else {
                throw GatewayError.accessDenied(access)
            }
            known[organization] = number
            return number
        case .notEnabled, .foreign: throw GatewayError.accessDenied(access)
        }
    }
}

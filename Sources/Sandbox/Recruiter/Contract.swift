// SPDX-License-Identifier: Apache-2.0

internal import LinkedIn

/// What a company bought of Recruiter, and what its seats belong to.
struct Contract: Sendable, Hashable {
    var number: Int64
    /// The customer it belongs to.
    var organization: Int64
    var name: String
    var created: Moment

    var urn: String { ContractURN(number: number).description }

    /// The name of a contract that came to be because somebody enabled an integration of it.
    static func standardName(_ number: Int64) -> String { "Contract \(number)" }
}

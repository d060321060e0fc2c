// SPDX-License-Identifier: Apache-2.0

package import Domain

/// What LinkedIn shows of one record when it is asked.
package enum ReadBack: Sendable {
    /// One JSON object.
    case held([UInt8], requestID: String?)
    case nothing(requestID: String?)
    /// It was not asked, or did not say; why, for people.
    case unknown(String)

    /// Asks LinkedIn for one record, within the customer's quotas.
    package typealias Reader = @Sendable (Customer, RecordKey) async throws -> ReadBack

    /// LinkedIn shows jobs by their tasks alone, and of permissions nothing but their keys.
    static func canShow(_ kind: RecordKind) -> Bool { kind != .job && !kind.isPermission }
}

// SPDX-License-Identifier: Apache-2.0

package import LinkedIn
package import RestLi

/// A request as a resource sees it: untunnelled, authenticated, within quota, routed.
package struct Call: Sendable {
    package var surface: Surface
    package var resource: Resource
    package var method: RestLi.Method
    /// The syntax the caller writes keys in, and wants them echoed in.
    package var version: ProtocolVersion
    /// Key of the parent in the path of a sub-resource (`/atsCandidates/{this}/notes`).
    package var parentKey: EntityKey?
    /// Key of the one entity in the path.
    package var entityKey: EntityKey?
    /// Keys of a batch, from `ids`, in the caller's order; empty for other methods.
    package var keys: [EntityKey]
    /// Every other query parameter, decoded.
    package var query: [String: Parameter]
    /// The query as it was written, for the links of a page.
    package var rawQuery: String
    /// Empty when there was none; `application/json` otherwise.
    package var body: [UInt8]
    /// Whose token it was.
    package var application: DeveloperApplication
    /// The member of a 3-legged token.
    package var member: Int64?
    package var now: Moment
    package var switches: Switches
    /// Which entities of a batch the fault plan makes fail.
    package var faults: PartialFaults
    /// Goes into `requestId` of error bodies; also the `x-li-uuid` header.
    package var requestID: String
}

/// Answers the calls of one or more resources.
package protocol ResourceHandler: Sendable {
    /// - Throws: `GatewayError` or `RestLiError` when the whole request fails; any other error becomes a 500 without
    ///   its text.
    func answer(_ call: Call) async throws -> Answer

    /// The world was replaced by another one (reset, restore): forget whatever was remembered of the old one.
    func worldChanged() async
}

extension ResourceHandler {
    package func worldChanged() async {}
}

// SPDX-License-Identifier: Apache-2.0

import JSONBytes
package import LinkedIn
package import RestLi

/// What push notifications announce, and the choice that answers an export.
extension LinkedInClient {
    /// Reads what a recruiter exported (finder `q=request`; modules-3-5 A.5, confidence D).
    ///
    /// - Parameter requestID: the id of the push notification.
    /// - Returns: mostly one; none when LinkedIn does not know the request (yet, or any more).
    /// - Throws: `LinkedInError`; `.notFound` says the same as an empty answer (J-16).
    package func exportedCandidates(requestID: String) async throws -> [ExportedCandidate] {
        let query = QueryCodec.encode([("q", .text("request")), ("requestId", .text(requestID))], version)
        let answer = try await call(
            ResourceCall(resource: .exportedCandidates, method: .finder, path: path(.exportedCandidates), query: query))
        guard let page = try? CollectionPage(answer.body) else { throw unreadable(answer) }
        let exports = page.elements.compactMap(ExportedCandidate.init(json:))
        // Elements of which none can be read are no empty answer: waiting does not help.
        if exports.isEmpty && !page.elements.isEmpty { throw unreadable(answer) }
        return exports
    }

    /// Says which member candidates are, or takes that back (batch_partial_update of `manualMatchedMember`; modules-3-5 A.4.4, confidence P).
    ///
    /// - Parameter choices: 1…100 with different keys; nil takes the choice back.
    /// - Returns: one result per choice, in the same order.
    /// - Throws: `LinkedInError` when the call as a whole failed.
    package func setManualMatches(_ choices: [(key: EntityKey, member: String?)]) async throws -> [ItemResult] {
        try await patch(
            .candidates,
            patches: choices.map { key, member in
                let set: JSONObject = member.map { ["manualMatchedMember": .string($0)] } ?? [:]
                return (key, PatchDocument(set: set, delete: member == nil ? ["manualMatchedMember"] : []))
            })
    }
}

// SPDX-License-Identifier: Apache-2.0

package import JSONBytes

/// Which members LinkedIn thinks a candidate is, and which one a person chose.
/// Source: sync-candidates, read with `fields=matchedMembers,manualMatchedMember` (documented).
/// UNVERIFIED: an array of URNs.
package struct CandidateMatch: Hashable, Sendable {
    /// LinkedIn's own matches, best first as far as known.
    package var matched: [PersonURN]
    /// Takes precedence for display (UNVERIFIED).
    package var manual: PersonURN?

    package init(matched: [PersonURN] = [], manual: PersonURN? = nil) {
        self.matched = matched
        self.manual = manual
    }

    /// Accepts one URN where an array is expected; what is no person URN is left out.
    package init(json: JSONValue) {
        let matched = json["matchedMembers"]
        let texts = matched?.array?.compactMap(\.string) ?? matched?.string.map { [$0] } ?? []
        self.init(
            matched: texts.compactMap { PersonURN($0) },
            manual: json["manualMatchedMember"]?.string.flatMap { PersonURN($0) })
    }

    package var best: PersonURN? { manual ?? matched.first }
    package var isEmpty: Bool { matched.isEmpty && manual == nil }
}

// SPDX-License-Identifier: Apache-2.0

package import JSONBytes

/// What a recruiter noted about a member. Source: prospect-notes (documented up to `lastModified`, cut).
package struct ProspectNote: Hashable, Sendable {
    package var id: String
    /// False: the recruiter deleted it, and so must we (documented).
    package var isActive: Bool
    /// Milliseconds since 1970.
    package var createdAt: Int64?
    package var lastModified: Int64
    package var owner: SeatURN?
    package var prospect: PersonURN?
    package var text: String?

    /// - Returns: nil without an id.
    package init?(json: JSONValue) {
        guard let id = json["id"]?.looseID else { return nil }
        self.id = id
        isActive = json["active"]?.bool ?? true
        createdAt = (json["created"]?["time"] ?? json["created"])?.looseNumber
        lastModified = (json["lastModified"]?["time"] ?? json["lastModified"])?.looseNumber ?? createdAt ?? 0
        // UNVERIFIED: the names of author, member and text are not on the visible part of the page (A.10).
        owner = (json["owner"] ?? json["author"])?.string.flatMap(SeatURN.init)
        prospect = (json["prospect"] ?? json["member"])?.string.flatMap(PersonURN.init)
        text = json["text"]?.looseText ?? json["text"]?["text"]?.looseText ?? json["body"]?.looseText
    }
}

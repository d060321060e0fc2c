// SPDX-License-Identifier: Apache-2.0

package import SQLFile

/// One record as the control API shows it.
package struct EntityListing: Sendable {
    package var application: Int64
    package var parent: String
    package var id: String
    package var body: [UInt8]
    package var manualMatchedMember: String?
    /// Jobs: whether LinkedIn shows it as open.
    package var isListed: Bool?
    /// False for an application whose candidate LinkedIn does not (or no longer) know: it is kept, and shown to nobody.
    package var isShown: Bool
    /// Pass to get what follows.
    package var cursor: EntityCursor
}

/// A place between two records of a listing. Its text survives a URL once percent-encoded.
package struct EntityCursor: Sendable, Hashable, CustomStringConvertible {
    var tenancy: Int64
    var parent: String
    var id: String

    init(tenancy: Int64, parent: String, id: String) {
        self.tenancy = tenancy
        self.parent = parent
        self.id = id
    }

    /// - Returns: nil for anything but the text of a cursor.
    package init?(_ text: String) {
        let parts = text.split(separator: Self.separator, omittingEmptySubsequences: false)
        guard parts.count == 3, let tenancy = Int64(parts[0]) else { return nil }
        self.init(tenancy: tenancy, parent: String(parts[1]), id: String(parts[2]))
    }

    package var description: String { "\(tenancy)\(Self.separator)\(parent)\(Self.separator)\(id)" }

    /// The unit separator of ASCII, which no id that went through a URL or a file of an ATS contains.
    private static let separator: Character = "\u{1F}"
}

extension SQLTransaction {
    func addToTally(tenancy: Int64, kind: EntityKind, _ difference: Int) throws {
        try run(
            """
            INSERT INTO entity_tally (tenancy, kind, stored) VALUES (?, ?, ?)
            ON CONFLICT (tenancy, kind) DO UPDATE SET stored = entity_tally.stored + ?
            """,
            .int(tenancy), .int(kind.rawValue), .int(max(0, difference)), .int(difference))
    }

    /// How many records of each kind are stored, over all applications of the organization; nil counts every
    /// organization.
    package func entityCounts(organization: Int64?) throws -> [EntityKind: Int64] {
        let counted = try rows(
            """
            SELECT kind, sum(stored) FROM entity_tally JOIN tenancy ON tenancy.number = entity_tally.tenancy
            WHERE (? IS NULL OR organization = ?) GROUP BY kind
            """,
            [.optional(organization), .optional(organization)]
        ) { ($0.int(0), $0.int(1)) }
        var counts = Dictionary(uniqueKeysWithValues: EntityKind.allCases.map { ($0, Int64(0)) })
        // The schema checks the number.
        for (number, count) in counted { counts[EntityKind(rawValue: number)!] = count }
        return counts
    }

    /// The same by counting rows: what the tallies must equal.
    func recountEntities(organization: Int64) throws -> [EntityKind: Int64] {
        let counted = try rows(
            """
            SELECT kind, count(*) FROM entity JOIN tenancy ON tenancy.number = entity.tenancy WHERE organization = ? GROUP BY kind
            """,
            [.int(organization)]
        ) { ($0.int(0), $0.int(1)) }
        // The schema checks the number.
        return Dictionary(uniqueKeysWithValues: counted.map { (EntityKind(rawValue: $0)!, $1) })
    }

    /// A page of stored records, by tenancy, parent and id.
    ///
    /// - Parameter cursor: of the last record of the page before; nil starts.
    package func entities(organization: Int64, kind: EntityKind, after cursor: EntityCursor?, limit: Int) throws
        -> [EntityListing]
    {
        var page: [EntityListing] = []
        for tenancy in try tenancies(organization: organization)
        where tenancy.number >= cursor?.tenancy ?? 0 && page.count < limit {
            let start = tenancy.number == cursor?.tenancy ? cursor : nil
            page += try rows(
                """
                SELECT parent, id, body, manual,
                       (SELECT listed FROM job_posting WHERE tenancy = entity.tenancy AND entity.kind = 1 AND id = entity.id),
                       reference IS NULL OR EXISTS (
                           SELECT 1 FROM entity AS candidate
                           WHERE candidate.tenancy = entity.tenancy AND candidate.kind = 2 AND candidate.parent = ''
                             AND candidate.id = entity.reference)
                FROM entity WHERE tenancy = ? AND kind = ? AND (parent, id) > (?, ?) ORDER BY parent, id LIMIT ?
                """,
                [
                    .int(tenancy.number), .int(kind.rawValue), .text(start?.parent ?? ""), .text(start?.id ?? ""),
                    .int(limit - page.count),
                ]
            ) {
                EntityListing(
                    application: tenancy.application, parent: $0.text(0), id: $0.text(1), body: $0.blob(2),
                    manualMatchedMember: $0.optionalText(3), isListed: $0.optionalInt(4).map { $0 != 0 },
                    isShown: $0.flag(5),
                    cursor: EntityCursor(tenancy: tenancy.number, parent: $0.text(0), id: $0.text(1)))
            }
        }
        return page
    }
}

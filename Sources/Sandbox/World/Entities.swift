// SPDX-License-Identifier: Apache-2.0

internal import SQLFile

/// Where a record is: unique in the world.
struct EntityPlace: Hashable, Sendable {
    var tenancy: Int64
    var kind: EntityKind
    /// The candidate's or application's id; empty for kinds without a parent.
    var parent = ""
    var id: String

    var values: [SQLValue] { [.int(tenancy), .int(kind.rawValue), .text(parent), .text(id)] }
}

/// What a write puts there.
struct EntityContent: Sendable {
    /// JSON in LinkedIn's v2 names.
    var body: [UInt8]
    /// Applications: the candidate's id.
    var reference: String?
    /// Candidates: what `manualMatchedMember` says.
    var manual: String?
    /// Candidates: see `MatchKeys`.
    var matchKeys: String?
}

/// What a read finds there.
struct StoredEntity: Sendable {
    var body: [UInt8]
    var manual: String?
    var matchKeys: String?
    /// Since when the match keys are what they are.
    var matchSince: Int64?
}

extension SQLTransaction {
    /// Writes a record, whether it was there or not. The caller keeps the tally.
    ///
    /// - Parameter keepsManual: whether a record without a manual match keeps the stored one (protocol reference 9,
    ///   item 24).
    /// - Returns: true when the record is new.
    func storeEntity(_ place: EntityPlace, _ content: EntityContent, keepsManual: Bool, at now: Int64) throws -> Bool {
        let revision = try first(
            """
            INSERT INTO entity (tenancy, kind, parent, id, stored_ms, body, reference, manual, match_keys, match_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (tenancy, kind, parent, id) DO UPDATE SET
                revision = entity.revision + 1, stored_ms = excluded.stored_ms, body = excluded.body, reference = excluded.reference,
                manual = CASE WHEN ? = 1 THEN coalesce(excluded.manual, entity.manual) ELSE excluded.manual END,
                match_ms = CASE WHEN entity.match_keys IS NOT DISTINCT FROM excluded.match_keys THEN entity.match_ms
                                ELSE excluded.match_ms END,
                match_keys = excluded.match_keys
            RETURNING revision
            """,
            place.values + [
                .int(now), .blob(content.body), .optional(content.reference), .optional(content.manual),
                .optional(content.matchKeys),
                content.matchKeys == nil ? .null : .int(now), .flag(keepsManual),
            ]
        ) { $0.int(0) }
        return revision == 1
    }

    func entity(_ place: EntityPlace) throws -> StoredEntity? {
        try first(
            "SELECT body, manual, match_keys, match_ms FROM entity WHERE tenancy = ? AND kind = ? AND parent = ? AND id = ?",
            place.values
        ) {
            StoredEntity(
                body: $0.blob(0), manual: $0.optionalText(1), matchKeys: $0.optionalText(2),
                matchSince: $0.optionalInt(3))
        }
    }

    func hasEntity(_ place: EntityPlace) throws -> Bool {
        try first("SELECT 1 FROM entity WHERE tenancy = ? AND kind = ? AND parent = ? AND id = ?", place.values) {
            $0.int(0)
        } != nil
    }

    /// - Returns: false when there is no such candidate.
    func setManualMatch(_ place: EntityPlace, _ member: String?, at now: Int64) throws -> Bool {
        try run(
            """
            UPDATE entity SET manual = ?, stored_ms = ?, revision = revision + 1
            WHERE tenancy = ? AND kind = ? AND parent = ? AND id = ?
            """,
            [.optional(member), .int(now)] + place.values) > 0
    }

    func manualMatch(_ place: EntityPlace) throws -> String? {
        try first("SELECT manual FROM entity WHERE tenancy = ? AND kind = ? AND parent = ? AND id = ?", place.values) {
            $0.optionalText(0)
        } ?? nil
    }

    /// Deletes a record and what hangs on it, and keeps the tallies.
    ///
    /// - Parameter strictly: whether a candidate takes its applications along (protocol reference modules 3-5, J-10).
    /// - Returns: false when there is no such record.
    func deleteEntity(_ place: EntityPlace, strictly: Bool) throws -> Bool {
        if place.kind == .candidate { try forgetCandidate(place) }
        let gone = try run("DELETE FROM entity WHERE tenancy = ? AND kind = ? AND parent = ? AND id = ?", place.values)
        guard gone > 0 else { return false }
        try addToTally(tenancy: place.tenancy, kind: place.kind, -1)
        for child in place.kind.children {
            let count = try run(
                "DELETE FROM entity WHERE tenancy = ? AND kind = ? AND parent = ?",
                .int(place.tenancy), .int(child.rawValue), .text(place.id))
            if count > 0 { try addToTally(tenancy: place.tenancy, kind: child, -count) }
        }
        if place.kind == .candidate && strictly {
            for application in try applications(tenancy: place.tenancy, candidate: place.id) {
                _ = try deleteEntity(
                    EntityPlace(tenancy: place.tenancy, kind: .application, id: application), strictly: true)
            }
        }
        return true
    }

    /// The ids of a candidate's applications.
    func applications(tenancy: Int64, candidate: String, after id: String = "", limit: Int = .max) throws -> [String] {
        try rows(
            "SELECT id FROM entity WHERE tenancy = ? AND reference = ? AND kind = 4 AND id > ? ORDER BY id LIMIT ?",
            [.int(tenancy), .text(candidate), .text(id), .int(limit)]
        ) { $0.text(0) }
    }

    /// The same, but those that the ATS changed last, the newest first.
    func newestApplications(tenancy: Int64, candidate: String, limit: Int) throws -> [String] {
        try rows(
            """
            SELECT id FROM entity WHERE tenancy = ? AND reference = ? AND kind = 4
            ORDER BY json_extract(CAST(body AS TEXT), '$.atsLastModifiedAt') DESC, id DESC LIMIT ?
            """,
            [.int(tenancy), .text(candidate), .int(limit)]
        ) { $0.text(0) }
    }

    /// A candidate's application to a job.
    func application(tenancy: Int64, candidate: String, job: String) throws -> String? {
        try first(
            """
            SELECT id FROM entity WHERE tenancy = ? AND reference = ? AND kind = 4
              AND json_extract(CAST(body AS TEXT), '$.atsJobPostingId') = ? ORDER BY id LIMIT 1
            """,
            [.int(tenancy), .text(candidate), .text(job)]
        ) { $0.text(0) }
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import SQLFile

/// A candidate whom no member matches.
struct LooseCandidate: Sendable {
    /// Of the row, which orders lists.
    var entity: Int64
    var tenancy: Int64
    var id: String
    var face: CandidateFace
}

extension SQLTransaction {
    /// Candidates of the ATS that the recruiter looks through whom no member matches, the newest first.
    ///
    /// - Parameters:
    ///   - query: its keyword, title and place; nobody when it asks for what only members have.
    ///   - before: the last entity of the page before.
    func candidates(_ query: MemberQuery, _ scope: SearchScope, before: Int64?, limit: Int) throws -> [LooseCandidate] {
        guard query.isInATS != false, !query.isOpenToWork, !scope.doors.isEmpty else { return [] }
        var parts: [String] = []
        for (text, columns) in [
            (query.keyword, "name title company place"), (query.title, "title"), (query.place, "place"),
        ] {
            guard let text else { continue }
            guard let part = SearchText.all(of: text, in: columns) else { return [] }
            parts.append(part)
        }
        let match = parts.isEmpty ? "1 = 1" : "candidate_text MATCH ?"
        let tenancies = scope.doors.map { SQLValue.int($0.tenant.tenancy) }
        return try rows(
            """
            SELECT e.number, e.tenancy, e.id, e.body
            FROM candidate_text CROSS JOIN entity AS e ON e.number = candidate_text.rowid
            WHERE \(match) AND candidate_text.rowid < ? AND e.kind = 2
              AND e.tenancy IN (\(Self.holes(tenancies.count)))
              AND NOT EXISTS (
                  SELECT 1 FROM candidate_key CROSS JOIN member ON member.number = candidate_key.member
                  WHERE candidate_key.entity = e.number AND since_ms <= ? AND closed_ms IS NULL)
            ORDER BY candidate_text.rowid DESC LIMIT ?
            """,
            (parts.isEmpty ? [] : [.text(parts.joined(separator: " AND "))]) + [.int(before ?? .max)] + tenancies
                + [.int(scope.matched.millis), .int(limit)]
        ) {
            LooseCandidate(entity: $0.int(0), tenancy: $0.int(1), id: $0.text(2), face: CandidateFace($0.blob(3)))
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import SQLFile

/// What a recruiter looks for among the members. Words are found in any order, whole, whatever their case and accents.
struct MemberQuery: Sendable, Hashable {
    /// In names, title, company, place and skills.
    var keyword: String?
    var firstName: String?
    var lastName: String?
    var title: String?
    var company: String?
    var place: String?
    /// Exactly these, as the facets offer them.
    var exactTitle: String?
    var exactCompany: String?
    var exactPlace: String?
    var isOpenToWork = false
    /// Whether one of the customer's candidates is the member; nil does not care.
    var isInATS: Bool?
    /// Only who applied before to a job that the recruiter may see: Rediscovered Candidates.
    var isPastApplicant = false

    /// For `member_text`. Nil: nothing is looked for by words.
    fileprivate var expression: String? {
        var parts: [String?] = []
        for (text, columns) in [
            (keyword, "first_name last_name title company place skills"), (firstName, "first_name"),
            (lastName, "last_name"), (title, "title"), (company, "company"), (place, "place"),
            (exactTitle, "title"), (exactCompany, "company"), (exactPlace, "place"),
        ] {
            if let text { parts.append(SearchText.all(of: text, in: columns)) }
        }
        if isOpenToWork { parts.append("traits : \(MemberQuery.openWord)") }
        let words = parts.compactMap { $0 }
        return words.isEmpty ? nil : words.joined(separator: " AND ")
    }

    /// Something was typed that has no word in it, which nobody has.
    fileprivate var isHopeless: Bool {
        [keyword, firstName, lastName, title, company, place].contains { text in
            text.map { SearchText.terms($0).isEmpty } ?? false
        }
    }

    /// What `traits` of a member who is open to work holds.
    static let openWord = "open"
}

/// What a search may know of the customer's ATS: those whose indicator is on, and what the recruiter sees in each.
struct SearchScope: Sendable {
    struct Door: Sendable {
        var tenant: Tenant
        var visibility: Visibility
    }

    var doors: [Door]
    /// Candidates whose keys are older than this are matched.
    var matched: Moment

    fileprivate var tenancies: [SQLValue] { doors.map { .int($0.tenant.tenancy) } }
}

/// How many members are found, and of which kinds. Nothing is counted beyond the first `cap`.
struct MemberFacets: Sendable {
    struct Value: Sendable, Hashable {
        var text: String
        var count: Int
    }

    /// Members looked at at the most: beyond, counting would take longer than anybody reads.
    static let cap = 10_000

    /// At most `cap`.
    var count = 0
    /// There are more than `cap`; every number is of the first `cap` then.
    var isCapped = false
    /// The most frequent first.
    var titles: [Value] = []
    var companies: [Value] = []
    var places: [Value] = []
    var openToWork = 0
    var inATS = 0
}

extension SQLTransaction {
    /// Numbers of the members that are found, the newest first.
    ///
    /// - Parameter before: the last number of the page before.
    func members(_ query: MemberQuery, _ scope: SearchScope, before: Int64?, limit: Int) throws -> [Int64] {
        guard let plan = MemberPlan(query, scope) else { return [] }
        return try rows(
            "SELECT m.number \(plan.from) WHERE \(plan.condition) AND \(plan.key) < ? \(plan.order) LIMIT ?",
            plan.values + [.int(before ?? .max), .int(limit)]
        ) { $0.int(0) }
    }

    func facets(_ query: MemberQuery, _ scope: SearchScope, values most: Int) throws -> MemberFacets {
        guard let plan = MemberPlan(query, scope) else { return MemberFacets() }
        let inATS = scope.doors.isEmpty ? "0" : MemberPlan.inATS(scope)
        var facets = MemberFacets()
        var (titles, companies, places): ([String: Int], [String: Int], [String: Int]) = ([:], [:], [:])
        try each(
            """
            SELECT m.title, m.company, \(MemberPlan.placeOf), m.open_to_work, m.number, \(inATS)
            \(plan.from) WHERE \(plan.condition) \(plan.order) LIMIT ?
            """,
            (scope.doors.isEmpty ? [] : MemberPlan.inATSValues(scope)) + plan.values + [.int(MemberFacets.cap + 1)]
        ) { row in
            guard facets.count < MemberFacets.cap else {
                facets.isCapped = true
                return false
            }
            facets.count += 1
            let title = row.text(0)
            titles[title, default: 0] += 1
            companies[row.text(1), default: 0] += 1
            places[row.text(2), default: 0] += 1
            let isOpen =
                row.optionalInt(3).map { $0 == 1 } ?? MemberTraits.isOpenToWork(number: row.int(4))
            if isOpen { facets.openToWork += 1 }
            if row.flag(5) { facets.inATS += 1 }
            return true
        }
        func top(_ counts: [String: Int]) -> [MemberFacets.Value] {
            let sorted = counts.filter { !$0.key.isEmpty }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            return sorted.prefix(most).map { MemberFacets.Value(text: $0.key, count: $0.value) }
        }
        (facets.titles, facets.companies, facets.places) = (top(titles), top(companies), top(places))
        return facets
    }
}

/// How a query is run: what drives it, and what every member found has to be.
private struct MemberPlan {
    var from: String
    var condition: String
    var values: [SQLValue]
    /// The column by which members come in order.
    var key: String
    /// Somebody may be found several times, by several keys.
    var isGrouped = false

    /// Straight off an index, so that a page costs what it shows.
    var order: String { (isGrouped ? "GROUP BY \(key) " : "") + "ORDER BY \(key) DESC" }

    /// The text of `Member.place`.
    static let placeOf = """
        substr(CASE m.city WHEN '' THEN '' ELSE ', ' || m.city END || CASE m.state WHEN '' THEN '' ELSE ', ' || m.state END
            || CASE m.country WHEN '' THEN '' ELSE ', ' || upper(m.country) END, 3)
        """

    static func inATS(_ scope: SearchScope) -> String {
        """
        EXISTS (SELECT 1 FROM candidate_key
            WHERE candidate_key.member = m.number AND tenancy IN (\(SQLTransaction.holes(scope.doors.count))) AND since_ms <= ?)
        """
    }

    static func inATSValues(_ scope: SearchScope) -> [SQLValue] {
        scope.tenancies + [.int(scope.matched.millis)]
    }

    /// - Returns: nil when nobody can be found.
    init?(_ query: MemberQuery, _ scope: SearchScope) {
        guard !query.isHopeless else { return nil }
        let wantsATS = query.isInATS == true || query.isPastApplicant
        guard !wantsATS || !scope.doors.isEmpty else { return nil }
        var conditions = ["m.closed_ms IS NULL"]
        // The order of the joins is ours: what finds the fewest comes first.
        if let expression = query.expression {
            from = "FROM member_text CROSS JOIN member AS m ON m.number = member_text.rowid"
            key = "member_text.rowid"
            conditions.append("member_text MATCH ?")
            values = [.text(expression)]
            if wantsATS {
                conditions.append(Self.inATS(scope))
                values += Self.inATSValues(scope)
            }
        } else if wantsATS {
            from = "FROM candidate_key AS known CROSS JOIN member AS m ON m.number = known.member"
            key = "known.member"
            isGrouped = true
            conditions.append(
                """
                known.tenancy IN (\(SQLTransaction.holes(scope.doors.count))) AND known.member IS NOT NULL
                    AND known.since_ms <= ?
                """)
            values = Self.inATSValues(scope)
        } else {
            from = "FROM member AS m"
            key = "m.number"
            values = []
        }
        for (text, column) in [
            (query.exactTitle, "m.title"), (query.exactCompany, "m.company"), (query.exactPlace, Self.placeOf),
        ] {
            guard let text else { continue }
            conditions.append("\(column) = ?")
            values.append(.text(text))
        }
        if query.isInATS == false, !scope.doors.isEmpty {
            conditions.append("NOT " + Self.inATS(scope))
            values += Self.inATSValues(scope)
        }
        if query.isPastApplicant {
            let applied = scope.doors.map { Self.applied($0, scope.matched) }
            conditions.append("(" + applied.map(\.0).joined(separator: " OR ") + ")")
            values += applied.flatMap(\.1)
        }
        condition = conditions.joined(separator: " AND ")
    }

    /// Whether the member applied through one ATS to a job that the recruiter may see.
    private static func applied(_ door: SearchScope.Door, _ matched: Moment) -> (String, [SQLValue]) {
        let groups = door.visibility.groups.union([door.visibility.everyone]).map { SQLValue.text($0.text) }
        let job = "json_extract(CAST(application.body AS TEXT), '$.atsJobPostingId')"
        return (
            """
            EXISTS (SELECT 1 FROM candidate_key
                CROSS JOIN entity AS candidate ON candidate.number = candidate_key.entity
                CROSS JOIN entity AS application ON application.tenancy = candidate.tenancy
                    AND application.reference = candidate.id AND application.kind = 4
                WHERE candidate_key.member = m.number AND candidate_key.tenancy = ? AND candidate_key.since_ms <= ?
                  AND (? = 1 AND NOT EXISTS (SELECT 1 FROM acl WHERE acl.tenancy = candidate.tenancy AND acl.job = \(job))
                    OR EXISTS (SELECT 1 FROM acl WHERE acl.tenancy = candidate.tenancy AND acl.job = \(job)
                        AND acl.security_group IN (\(SQLTransaction.holes(groups.count))))))
            """,
            [.int(door.tenant.tenancy), .int(matched.millis), .flag(door.visibility.showsUnsecured)] + groups
        )
    }
}

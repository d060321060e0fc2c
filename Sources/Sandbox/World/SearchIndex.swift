// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import SQLFile

/// Statements on `member_text`, `candidate_text` and `candidate_key`: what Recruiter searches by.
extension SQLTransaction {
    // Members

    /// Makes a new member findable.
    func addText(of member: Member) throws {
        try run(
            """
            INSERT INTO member_text (rowid, first_name, last_name, title, company, place, skills, traits)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .int(member.number), .text(member.firstName), .text(member.lastName), .text(member.title),
            .text(member.company),
            .text(SearchText.place(city: member.city, state: member.state, country: member.country)),
            .text(member.skills.joined(separator: " ")), .text(member.isOpenToWork ? MemberQuery.openWord : ""))
    }

    /// Candidates that waited for somebody with these keys know the member from now on.
    func giveKeys(to member: Member) throws {
        try run(
            "UPDATE candidate_key SET member = ? WHERE key IN (?, ?)", .int(member.number), .text(member.email),
            .text(member.profileURL))
    }

    /// Takes in members of a world that is older than the search.
    ///
    /// - Returns: how many numbers are left.
    func takeInMembers(limit: Int) throws -> Int64 {
        for name in ["member", "added member"] {
            guard let (done, upto) = try backlog(name), done < upto else { continue }
            let members = try members(after: done, limit: limit).filter { $0.number <= upto }
            for member in members {
                try addText(of: member)
                try giveKeys(to: member)
            }
            try setBacklog(name, done: members.count < limit ? upto : members.last?.number ?? upto)
            break
        }
        return try backlogLeft("member") + backlogLeft("added member")
    }

    // Candidates

    /// How many candidates changed, or may have, since their keys were derived.
    func candidatesLeft() throws -> Int64 {
        // Numbers of the log are given out in order and taken away from its start.
        let changes =
            try first("SELECT coalesce(max(number) - min(number) + 1, 0) FROM candidate_change") { $0.int(0) } ?? 0
        return try changes + backlogLeft("candidate")
    }

    /// Derives keys and words of the candidates that changed longest ago.
    ///
    /// - Parameter persons: person ids as the application of a tenancy sees them, by application.
    func takeInCandidates(limit: Int, persons: (Int64) -> PersonIDs) throws {
        var applications: [Int64: Int64] = [:]
        let changes = try rows(
            "SELECT number, entity FROM candidate_change ORDER BY number LIMIT ?", [.int(limit)]
        ) { ($0.int(0), $0.int(1)) }
        var entities = Set(changes.map(\.1))
        if let last = changes.last { try run("DELETE FROM candidate_change WHERE number <= ?", .int(last.0)) }
        if entities.count < limit, let (done, upto) = try backlog("candidate"), done < upto {
            let old = try rows(
                "SELECT number FROM entity WHERE number > ? AND number <= ? AND kind = 2 ORDER BY number LIMIT ?",
                [.int(done), .int(upto), .int(limit)]
            ) { $0.int(0) }
            entities.formUnion(old)
            try setBacklog("candidate", done: old.count < limit ? upto : old.last ?? upto)
        }
        for entity in entities.sorted() {
            try forgetCandidate(entity: entity)
            guard let found = try candidateSource(entity) else { continue }
            if applications[found.tenancy] == nil {
                applications[found.tenancy] = try first(
                    "SELECT application FROM tenancy WHERE number = ?", [.int(found.tenancy)]
                ) { $0.int(0) }
            }
            try addText(ofCandidate: entity, found.body)
            if let person = found.manual {
                let member = applications[found.tenancy].flatMap { persons($0).member(ofURN: person) }
                try addKey(person, entity, found.tenancy, since: 0, member: member)
            } else {
                for key in found.keys.split(separator: "\n").map(String.init) {
                    let column: StaticString = key.hasPrefix("https://") ? "profile_url" : "email"
                    let member = try first("SELECT number FROM member WHERE \(column) = ?", [.text(key)]) { $0.int(0) }
                    try addKey(key, entity, found.tenancy, since: found.since, member: member)
                }
            }
        }
    }

    /// Nothing of a candidate who is deleted stays searchable, whether somebody searches or not.
    func forgetCandidate(_ place: EntityPlace) throws {
        let number = try first(
            "SELECT number FROM entity WHERE tenancy = ? AND kind = 2 AND parent = '' AND id = ?",
            [.int(place.tenancy), .text(place.id)]
        ) { $0.int(0) }
        guard let number else { return }
        try forgetCandidate(entity: number)
    }

    private func forgetCandidate(entity: Int64) throws {
        try run("DELETE FROM candidate_key WHERE entity = ?", .int(entity))
        try run("DELETE FROM candidate_text WHERE rowid = ?", .int(entity))
    }

    private func candidateSource(_ entity: Int64) throws -> CandidateSource? {
        try first(
            "SELECT tenancy, body, manual, match_keys, match_ms FROM entity WHERE number = ? AND kind = 2",
            [.int(entity)]
        ) {
            CandidateSource(
                tenancy: $0.int(0), body: $0.blob(1), manual: $0.optionalText(2), keys: $0.text(3), since: $0.int(4))
        }
    }

    private func addKey(_ key: String, _ entity: Int64, _ tenancy: Int64, since: Int64, member: Int64?) throws {
        try run(
            "INSERT INTO candidate_key (key, tenancy, entity, since_ms, member) VALUES (?, ?, ?, ?, ?)",
            .text(key), .int(tenancy), .int(entity), .int(since), .optional(member))
    }

    private func addText(ofCandidate entity: Int64, _ body: [UInt8]) throws {
        let candidate = CandidateFace(body)
        try run(
            "INSERT INTO candidate_text (rowid, name, title, company, place) VALUES (?, ?, ?, ?, ?)",
            .int(entity), .text(candidate.name), .text(candidate.title), .text(candidate.company),
            .text(candidate.searchedPlace))
    }

    // Worlds that are older than the search

    private func backlog(_ name: String) throws -> (done: Int64, upto: Int64)? {
        try first("SELECT done, upto FROM search_backlog WHERE name = ?", [.text(name)]) { ($0.int(0), $0.int(1)) }
    }

    private func setBacklog(_ name: String, done: Int64) throws {
        try run("UPDATE search_backlog SET done = ? WHERE name = ?", .int(done), .text(name))
    }

    private func backlogLeft(_ name: String) throws -> Int64 {
        try backlog(name).map { max(0, $0.upto - $0.done) } ?? 0
    }

    func membersLeft() throws -> Int64 { try backlogLeft("member") + backlogLeft("added member") }
}

private struct CandidateSource {
    var tenancy: Int64
    var body: [UInt8]
    var manual: String?
    var keys: String
    var since: Int64
}

/// What a candidate looks like beside members: read out of what the ATS sent.
struct CandidateFace: Sendable, Hashable {
    var name: String
    var title: String
    var company: String
    /// `City, State, COUNTRY` of the first address.
    var place: String
    /// Where the ATS shows the candidate.
    var link: String?
    fileprivate var searchedPlace: String

    init(_ body: [UInt8]) {
        let record = (try? JSONValue(parsing: body)) ?? .null
        func text(_ name: String) -> String { record[name]?.string ?? "" }
        let address = record["addresses"]?.array?.first
        let (city, state, country) = (
            address?["city"]?.string ?? "", address?["geographicArea"]?.string ?? "",
            address?["country"]?.string ?? ""
        )
        name = [text("firstName"), text("lastName")].filter { !$0.isEmpty }.joined(separator: " ")
        title = text("currentJobTitle")
        company = text("currentCompanyName")
        place = [city, state, country.uppercased()].filter { !$0.isEmpty }.joined(separator: ", ")
        link = record["externalProfileUrl"]?.string
        searchedPlace = SearchText.place(city: city, state: state, country: country)
    }

    var headline: String { [title, company].filter { !$0.isEmpty }.joined(separator: " at ") }
}

// SPDX-License-Identifier: Apache-2.0

package import SQLFile

/// Statements on `member`.
extension SQLTransaction {
    package func member(number: Int64) throws -> Member? {
        try first(Self.selectMember + "WHERE number = ?", [.int(number)], Self.member)
    }

    /// - Parameter email: any case.
    package func member(email: String) throws -> Member? {
        try first(Self.selectMember + "WHERE email = ?", [.text(email.lowercased())], Self.member)
    }

    /// - Parameter profileURL: any spelling `Member.profileURL` understands.
    package func member(profileURL: String) throws -> Member? {
        guard let folded = Member.profileURL(profileURL) else { return nil }
        return try first(Self.selectMember + "WHERE profile_url = ?", [.text(folded)], Self.member)
    }

    /// Open accounts by what somebody typed: an e-mail address, a profile's address, or words of the name, the title, the company.
    func members(like text: String, at now: Moment, limit: Int) throws -> [Member] {
        let exact = text.contains("@") ? try member(email: text) : try member(profileURL: text)
        let numbers =
            try exact.map { [$0.number] }
            ?? members(MemberQuery(keyword: text), SearchScope(doors: [], matched: now), before: nil, limit: limit)
        return try numbers.compactMap { try member(number: $0) }.filter { $0.closed == nil }
    }

    func members(after number: Int64, limit: Int) throws -> [Member] {
        try rows(
            Self.selectMember + "WHERE number > ? ORDER BY number LIMIT ?", [.int(number), .int(limit)], Self.member)
    }

    /// Members with a number over `number` whom a text means: a number, an e-mail, a profile address, or part of a name. Looking for a
    /// name reads members one by one.
    func members(matching text: String?, after number: Int64, limit: Int) throws -> [Member] {
        guard let text else { return try members(after: number, limit: limit) }
        let exact = text.contains("@") ? try member(email: text) : try member(profileURL: text)
        let one = try exact ?? Int64(text).flatMap { try member(number: $0) }
        if let one { return one.number > number ? [one] : [] }
        let pattern = text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
        return try rows(
            Self.selectMember
                + "WHERE number > ? AND first_name || ' ' || last_name LIKE ? ESCAPE '\\' ORDER BY number LIMIT ?",
            [.int(number), .text("%\(pattern)%"), .int(limit)], Self.member)
    }

    /// The next member from this number on whose account is open.
    func openMember(from number: Int64) throws -> Member? {
        try first(
            Self.selectMember + "WHERE number >= ? AND closed_ms IS NULL ORDER BY number LIMIT 1", [.int(number)],
            Self.member)
    }

    /// The highest number of the seed's members; 0 when there is none.
    func lastGeneratedMember() throws -> Int64 {
        try first("SELECT coalesce(max(number), 0) FROM member WHERE number <= 1000000000") { $0.int(0) } ?? 0
    }

    func memberCount() throws -> Int {
        Int(try first("SELECT count(*) FROM member") { $0.int(0) } ?? 0)
    }

    /// The number for the next member added by hand: far above those of the seed, so that the two never meet.
    func nextAddedMember() throws -> Int64 {
        try first("SELECT coalesce(max(number), 1000000000) + 1 FROM member WHERE added = 1") { $0.int(0) }
            ?? 1_000_000_001
    }

    /// Adds one of the seed's members unless its number, e-mail or address is taken by a member added by hand.
    func addGeneratedMember(_ member: Member) throws {
        try insert(member, orElse: "OR IGNORE")
    }

    /// - Throws: `SQLError` with `.constraint` when the e-mail or the profile URL belongs to another member.
    func addMember(_ member: Member) throws {
        try insert(member, orElse: "")
    }

    private func insert(_ member: Member, orElse: StaticString) throws {
        let added = try run(
            """
            INSERT \(orElse) INTO member
                (number, first_name, last_name, email, title, company, city, state, country, phone, profile_url, added,
                 skills, open_to_work)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .int(member.number), .text(member.firstName), .text(member.lastName), .text(member.email),
            .text(member.title),
            .text(member.company), .text(member.city), .text(member.state), .text(member.country), .text(member.phone),
            .text(member.profileURL), .flag(member.isAdded), .optional(member.saidSkills?.joined(separator: "\n")),
            member.saidOpenToWork.map { .flag($0) } ?? .null)
        guard added > 0 else { return }
        try addText(of: member)
        try giveKeys(to: member)
    }

    private static let selectMember = """
        SELECT number, first_name, last_name, email, title, company, city, state, country, phone, profile_url, added, closed_ms,
            skills, open_to_work
        FROM member

        """

    private static func member(_ row: borrowing SQLRow) -> Member {
        var member = Member(
            number: row.int(0), firstName: row.text(1), lastName: row.text(2), email: row.text(3), title: row.text(4),
            company: row.text(5), city: row.text(6), state: row.text(7), country: row.text(8), phone: row.text(9),
            profileURL: row.text(10), isAdded: row.flag(11), closed: row.optionalInt(12).map(Moment.init))
        member.saidSkills = row.optionalText(13)?.split(separator: "\n").map(String.init)
        member.saidOpenToWork = row.optionalInt(14).map { $0 == 1 }
        return member
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import SQLFile

/// Statements on `project` and `project_member`.
extension SQLTransaction {
    // Projects

    /// A contract's projects, the newest first.
    ///
    /// - Parameter before: the last number of the page before.
    func projects(contract: Int64, isArchived: Bool, before: Int64?, limit: Int) throws -> [Project] {
        try rows(
            Self.selectProject + "WHERE contract = ? AND archived = ? AND number < ? ORDER BY number DESC LIMIT ?",
            [.int(contract), .flag(isArchived), .int(before ?? .max), .int(limit)], Self.project)
    }

    /// - Returns: nil for an unknown one, and for one of another contract.
    func project(number: Int64, contract: Int64) throws -> Project? {
        try first(
            Self.selectProject + "WHERE number = ? AND contract = ?", [.int(number), .int(contract)], Self.project)
    }

    func addProject(contract: Int64, seat: Int64, name: String, at now: Moment) throws -> Int64 {
        try first(
            "INSERT INTO project (contract, seat, name, archived, created_ms) VALUES (?, ?, ?, 0, ?) RETURNING number",
            [.int(contract), .int(seat), .text(name), .int(now.millis)]
        ) { $0.int(0) }!  // an INSERT … RETURNING that does not throw has a row
    }

    /// - Parameter was: the name that the person saw who gives a new one.
    /// - Returns: false when it has another name by now.
    func renameProject(number: Int64, _ name: String, was: String) throws -> Bool {
        try run("UPDATE project SET name = ? WHERE number = ? AND name = ?", .text(name), .int(number), .text(was)) > 0
    }

    func archiveProject(number: Int64, _ isArchived: Bool) throws {
        try run("UPDATE project SET archived = ? WHERE number = ?", .flag(isArchived), .int(number))
    }

    private static let selectProject = "SELECT number, contract, seat, name, archived, created_ms FROM project "

    private static func project(_ row: borrowing SQLRow) -> Project {
        Project(
            number: row.int(0), contract: row.int(1), seat: row.int(2), name: row.text(3), isArchived: row.flag(4),
            created: Moment(row.int(5)))
    }

    // Their members

    /// Saves members that exist; who is in the project stays in the stage they are in.
    ///
    /// - Returns: how many are new in it.
    @discardableResult
    func save(
        members: [Int64], project: Int64, seat: Int64, stage: Project.Stage = .uncontacted, at now: Moment
    ) throws -> Int {
        try members.reduce(0) { count, member in
            try count
                + run(
                    """
                    INSERT INTO project_member (project, member, stage, seat, saved_ms)
                    SELECT ?, number, ?, ?, ? FROM member WHERE number = ? ON CONFLICT DO NOTHING
                    """,
                    .int(project), .text(stage.rawValue), .int(seat), .int(now.millis), .int(member))
        }
    }

    /// - Returns: false when the member is not in it.
    func move(member: Int64, project: Int64, to stage: Project.Stage) throws -> Bool {
        try run(
            "UPDATE project_member SET stage = ? WHERE project = ? AND member = ?",
            .text(stage.rawValue), .int(project), .int(member)) > 0
    }

    func remove(member: Int64, project: Int64) throws {
        try run("DELETE FROM project_member WHERE project = ? AND member = ?", .int(project), .int(member))
    }

    func entry(member: Int64, project: Int64) throws -> ProjectEntry? {
        try first(
            Self.selectEntry + "WHERE project = ? AND member = ?", [.int(project), .int(member)], Self.entry)
    }

    /// By member number.
    ///
    /// - Parameter stage: nil means all.
    func entries(project: Int64, stage: Project.Stage?, after: Int64, limit: Int) throws -> [ProjectEntry] {
        guard let stage else {
            return try rows(
                Self.selectEntry + "WHERE project = ? AND member > ? ORDER BY member LIMIT ?",
                [.int(project), .int(after), .int(limit)], Self.entry)
        }
        return try rows(
            Self.selectEntry + "WHERE project = ? AND stage = ? AND member > ? ORDER BY member LIMIT ?",
            [.int(project), .text(stage.rawValue), .int(after), .int(limit)], Self.entry)
    }

    /// How many members are in each stage.
    func stages(project: Int64) throws -> [Project.Stage: Int] {
        let counts = try rows(
            "SELECT stage, count(*) FROM project_member WHERE project = ? GROUP BY stage", [.int(project)]
        ) { (Project.Stage(rawValue: $0.text(0)), Int($0.int(1))) }
        // The schema checks the word.
        return Dictionary(uniqueKeysWithValues: counts.map { ($0.0!, $0.1) })
    }

    /// The active projects of a contract that a member is in, the newest first.
    func projects(ofMember member: Int64, contract: Int64, limit: Int) throws -> [(
        project: Project, stage: Project.Stage
    )] {
        try rows(
            """
            SELECT number, contract, project.seat, name, archived, created_ms, stage
            FROM project_member CROSS JOIN project ON project.number = project_member.project
            WHERE member = ? AND contract = ? AND archived = 0 ORDER BY number DESC LIMIT ?
            """,
            [.int(member), .int(contract), .int(limit)]
        ) { (Self.project($0), Project.Stage(rawValue: $0.text(6))!) }  // the schema checks the word
    }

    /// How many notes about a member a seat can read.
    func noteCount(member: Int64, contract: Int64, seat: Int64) throws -> Int {
        Int(
            try first(
                """
                SELECT count(*) FROM recruiter_note
                WHERE contract = ? AND member = ? AND active = 1 AND (visibility = 'ORGANIZATION' OR seat = ?)
                """,
                [.int(contract), .int(member), .int(seat)]
            ) { $0.int(0) } ?? 0)
    }

    private static let selectEntry = "SELECT member, stage, seat, saved_ms FROM project_member "

    private static func entry(_ row: borrowing SQLRow) -> ProjectEntry {
        ProjectEntry(
            member: row.int(0), stage: Project.Stage(rawValue: row.text(1))!,  // the schema checks the word
            seat: row.int(2), saved: Moment(row.int(3)))
    }
}

// SPDX-License-Identifier: Apache-2.0

package import Domain
package import People
import SQLFile

/// The ATS of an invented company: a SQLite database with a schema of its own, as an integration finds it in the wild.
///
/// The same options always write the same rows. About 70 % of its candidates are members of the sandbox's directory,
/// by e-mail or by
/// profile URL. Some rows are wrong on purpose: unusable e-mails, no e-mail at all, job texts that are too short.
/// `mappings/sample.yaml` reads it.
package struct SampleATS: Sendable {
    /// What to invent.
    package struct Options: Sendable {
        package var candidates = 2000
        /// 120 for 2,000 candidates, and in proportion.
        package var jobs: Int { max(4, candidates * 120 / 2000) }
        /// 3,500 for 2,000 candidates, and in proportion.
        package var applications: Int { candidates * 3500 / 2000 }
        /// The sandbox's directory.
        package var people: People
        /// How many of the directory, from index 0, are members.
        package var members: Int
        /// The end of the three years that the data covers.
        package var now: Millis

        package init(candidates: Int = 2000, people: People, members: Int, now: Millis) {
            self.candidates = candidates
            self.people = people
            self.members = members
            self.now = now
        }
    }

    let database: SQLDatabase
    let options: Options

    /// Writes a new database.
    ///
    /// - Parameter path: of a file that does not exist yet.
    /// - Parameter progress: called with rows written and rows in all, about every 2,000 rows.
    /// - Throws: `SQLError`.
    package static func create(
        path: String, options: Options, progress: @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) async throws -> SampleATS {
        let ats = try open(path: path, options: options)
        let all = options.jobs + options.candidates + options.applications
        try await ats.writeRequisitions()
        try await ats.inSteps(of: options.candidates) {
            try ats.writePerson($0, $1)
        } progress: {
            progress(options.jobs + $0, all)
        }
        try await ats.inSteps(of: options.applications) {
            try ats.writeSubmission($0, $1)
        } progress: {
            progress(options.jobs + options.candidates + $0, all)
        }
        return ats
    }

    /// Opens a database that `create` wrote.
    package static func open(path: String, options: Options) throws -> SampleATS {
        SampleATS(
            database: try SQLDatabase(path: path, migrations: [Migration(name: "sample", sql: Schema.sql)]),
            options: options)
    }

    /// How many records of each type the ATS holds now.
    package func counts() async throws -> [RecordKind: Int] {
        try await database.read { tx in
            var counts: [RecordKind: Int] = [:]
            for (kind, rows) in Self.tables {
                counts[kind] = Int(try tx.first("SELECT count(*) FROM \(rows)") { $0.int(0) } ?? 0)
            }
            return counts
        }
    }

    package func close() async throws { try await database.close() }

    private static let tables: [RecordKind: String] = [
        .job: "requisitions", .candidate: "people", .application: "submissions", .stage: "submission_events",
        .feedback: "scorecards",
        .candidateNote: "comments WHERE subject = 'person'", .applicationNote: "comments WHERE subject = 'submission'",
    ]

    /// Runs `write` for 0..<count in transactions of 2,000.
    private func inSteps(
        of count: Int, _ write: @escaping @Sendable (SQLTransaction, Int) throws -> Void, progress: (Int) -> Void
    ) async throws {
        var start = 0
        while start < count {
            let range = start..<min(start + 2000, count)
            try await database.write { tx in for index in range { try write(tx, index) } }
            start = range.upperBound
            progress(start)
        }
    }
}

extension SampleATS {
    /// The mapping file that reads it; it wants the database's path as `SAMPLE_ATS`.
    package static var mapping: String { String(decoding: PackageResources.sample_yaml, as: UTF8.self) }
}

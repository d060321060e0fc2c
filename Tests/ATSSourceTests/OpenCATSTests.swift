// SPDX-License-Identifier: Apache-2.0

import ATSSource
import DatabaseFixtures
import Domain
import Foundation
import JSONBytes
import Testing

/// The sample database that OpenCATS ships, in a real MariaDB, read by the mapping we ship.
@Suite(
    .enabled(
        if: MariaDBServer.isInstalled && SharedData.openCATS != nil, "needs mariadb-server and ../shared/data/opencats")
)
struct OpenCATSTests {
    private func mapping() throws -> (Mapping, MariaDBServer, database: String) {
        let server = try MariaDBServer.shared.get()
        let database = "cats" + UUID().uuidString.prefix(8).lowercased()
        try server.load(try #require(SharedData.openCATS), into: database)
        let path = SharedData.repositoryFile("mappings/opencats.yaml")
        // The fixture is reached by a socket and without a password, so its connection takes the place of the one in the file.
        let yaml = try String(contentsOfFile: path, encoding: .utf8)
            .replacing(/connection: .*/, with: "connection: '\(server.connectionString(database))'", maxReplacements: 1)
        let environment = ["OPENCATS_URL": "https://cats.example.com", "OPENCATS_TIME_ZONE": "America/Chicago"]
        return (try Mapping.parse(yaml, file: path, known: .ofIntake, environment: environment), server, database)
    }

    @Test func `everything arrives, with sentinels gone and statuses by name`() async throws {
        let all = try await Everything.read(try mapping().0)
        #expect(all.problems.isEmpty)
        let counts = RecordKind.allCases.map { all.byID($0).count }
        // job, candidate, candidateNote, application, applicationNote, stage, feedback, acl, assignee
        #expect(counts == [3, 71, 0, 8, 8, 8, 0, 0, 0])
        #expect(
            all.byID(.candidate)["34"].map(JSONValue.object)
                == .json(
                    """
                    {"id":"34","firstName":"Alex","lastName":"Gilliam","emails":["Alex.S.Gilliam@spambob.com"],"phones":["619-313-3532"],
                     "addresses":[{"line1":"4648 Ashcraft Court","city":"San Diego","state":"CA","postalCode":"92121"}],"currentCompany":"Wal-Mart",
                     "profileUrl":"https://cats.example.com/index.php?m=candidates&a=show&candidateID=34",
                     "createdAt":"2007-01-17T19:57:00Z","updatedAt":"2007-01-17T20:06:56Z"}
                    """))
        // Two of the three job texts are shorter than LinkedIn takes: refused by the intake, not made longer by us.
        #expect(all.refusals() == ["job 2": ["/description"], "job 3": ["/description"]])
        let jobs = all.byID(.job)
        #expect(jobs["2"]?["description"] == .string("We need an experienced Human Resources manager."))
        #expect(jobs["1"]?["status"] == .string("open"))
        #expect(jobs["1"]?["location"] == .string("San Diego, CA"))
        #expect(
            jobs["1"]?["owner"] == .json(#"{"firstName":"John","lastName":"Anderson","email":"john@customsearch.com"}"#)
        )
        #expect(
            all.byID(.stage)["5"].map(JSONValue.object)
                == .json(#"{"id":"5","applicationId":"5","stage":"Interviewing","createdAt":"2007-01-17T20:32:45Z"}"#))
        let note = all.byID(.applicationNote)["7"]
        #expect(note?["text"] == .string("Status change: Submitted. She's awesome! Submitting at 65.00/hr."))
        #expect(note?["author"] == .json(#"{"firstName":"John","lastName":"Anderson"}"#))
        #expect(note?["applicationId"] == .string("7"))
    }

    @Test func `a second run reads what changed, and a deleted candidate is missing from the keys`() async throws {
        let (mapping, server, database) = try mapping()
        let first = try await Everything.read(mapping)
        #expect(first.ends["candidate"]?.watermark == "2007-01-17 15:16:05")
        try server.run(
            "UPDATE candidate SET current_employer = 'New', date_modified = '2007-02-01 00:00:00' WHERE candidate_id = 9; DELETE FROM candidate WHERE candidate_id = 10",
            database: database)
        let next = try await Everything.read(
            mapping, ReadingOptions(watermarks: first.ends.compactMapValues(\.watermark), kinds: [.candidate]))
        #expect(next.byID(.candidate)["9"]?["currentCompany"] == .string("New"))
        #expect(next.records.count < 10)
        let keys = try await Everything.read(mapping, ReadingOptions(purpose: .keys(name: "candidate")))
        #expect(keys.records.count == 70)
        #expect(!keys.records.contains(.json(#"{"id":"10"}"#)))
    }
}

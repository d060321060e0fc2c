// SPDX-License-Identifier: Apache-2.0

import ATSSource
import DatabaseFixtures
import Domain
import Foundation
import JSONBytes
import Synchronization
import Testing

@testable import crosswalk

/// The database that OpenCATS ships, in a real MariaDB, all the way into LinkedIn's side.
@Suite(
    .enabled(
        if: MariaDBServer.isInstalled && SharedData.openCATS != nil, "needs mariadb-server and ../shared/data/opencats")
)
struct OpenCATSTests {
    @Test
    func `every candidate, pipeline, status and activity arrives; jobs with too short a text are refused by name`()
        async throws
    {
        let server = try MariaDBServer.shared.get()
        let database = "cats" + UUID().uuidString.prefix(8).lowercased()
        try server.load(try #require(SharedData.openCATS), into: database)
        try await Stage.run { stage in
            let complaints = Mutex<[String]>([])
            let run = SourceRun(
                mapping: try mapping(server, database), name: "opencats", sink: stage.upload,
                complain: { one in complaints.withLock { $0.append(one.description) } })
            let result = try await run.run()
            try await stage.settled()

            let counts = try await stage.counts()
            #expect(counts[.job] == 1)
            #expect(counts[.candidate] == 71)
            #expect(counts[.application] == 8)
            #expect(counts[.stage] == 8)
            #expect(counts[.applicationNote] == 8)
            #expect(result.rejected == 2)
            let refused = complaints.withLock { $0 }
            #expect(refused.count { $0.contains("/description") && $0.contains("at least 100") } == 2)
            #expect(
                try await stage.tallies().values.allSatisfy {
                    $0.waiting == 0 && $0.rejected == 0 && $0.desired == $0.observed
                })

            let candidates = try await stage.entities("candidates")
            let alex = try #require(
                candidates.first { "\($0)".contains("Gilliam") && "\($0)".contains("candidateID=34") })
            #expect("\(alex)".contains("Alex.S.Gilliam@spambob.com"))

            // The ATS goes on: one change and one deletion arrive with the next run, and nothing else is sent.
            try server.run(
                "UPDATE candidate SET current_employer = 'New', date_modified = '2026-02-01 00:00:00' WHERE candidate_id = 9; DELETE FROM candidate WHERE candidate_id = 10",
                database: database)
            _ = try await run.run()
            try await stage.settled()
            #expect(try await stage.counts()[.candidate] == 70)
            #expect(
                try await stage.entities("candidates").contains {
                    "\($0)".contains("New") && "\($0)".contains("candidateID=9")
                })
        }
    }

    private func mapping(_ server: MariaDBServer, _ database: String) throws -> Mapping {
        let path = SharedData.repositoryFile("mappings/opencats.yaml")
        // The fixture is reached by a socket and without a password, so its connection takes the place of the one in the file.
        let yaml = try String(contentsOfFile: path, encoding: .utf8)
            .replacing(/connection: .*/, with: "connection: '\(server.connectionString(database))'", maxReplacements: 1)
        return try Mapping.parse(
            yaml, file: path, known: .all,
            environment: ["OPENCATS_URL": "https://cats.example.com", "OPENCATS_TIME_ZONE": "America/Chicago"])
    }
}

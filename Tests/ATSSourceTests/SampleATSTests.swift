// SPDX-License-Identifier: Apache-2.0

import ATSSource
import DatabaseFixtures
import Domain
import JSONBytes
import People
import SampleATS
import TestSupport
import Testing

@Suite struct SampleATSTests {
    let folder = try! TemporaryFolder()
    static let people = People(seed: 7)
    static let options = SampleATS.Options(
        candidates: 400, people: people, members: 1000, now: Millis(1_780_000_000_000))

    private func mapping(_ path: String) throws -> Mapping {
        try Mapping.read(
            path: SharedData.repositoryFile("mappings/sample.yaml"), known: .ofIntake, environment: ["SAMPLE_ATS": path]
        )
    }

    @Test func `every record of the sample arrives through ODBC, and seven in ten candidates are members`() async throws
    {
        let path = folder.path("ats.sqlite")
        let ats = try await SampleATS.create(path: path, options: Self.options)
        let all = try await Everything.read(mapping(path))
        #expect(all.problems.isEmpty)
        let counts = try await ats.counts()
        for kind in RecordKind.allCases { #expect(all.byID(kind).count == counts[kind] ?? 0, "\(kind)") }
        #expect(counts[.job] == 24 && counts[.candidate] == 400 && counts[.application] == 700)
        #expect(counts[.feedback]! > 100 && counts[.candidateNote]! > 60)

        // Only what is wrong on purpose is refused.
        let refusals = all.refusals()
        #expect(refusals.keys.filter { $0.hasPrefix("job ") }.count == 1)
        #expect(
            refusals.values.allSatisfy {
                $0 == ["/description"] || $0 == ["/emails"] || $0 == ["/email"] || $0 == ["/emails/0"]
            }, "\(refusals)")
        #expect((4...8).contains(refusals.count))

        let members = (0..<1000).map { Self.people.person($0) }
        let (emails, urls) = (Set(members.map(\.email)), Set(members.map(\.profileURL)))
        let known = all.byID(.candidate).values.filter { candidate in
            let own = (candidate["emails"]?.array ?? []).compactMap(\.string)
            return own.contains(where: emails.contains) || candidate["linkedInUrl"]?.string.map(urls.contains) ?? false
        }
        #expect((250...310).contains(known.count))
        #expect(
            Set(all.byID(.stage).values.compactMap { $0["stage"]?.string }) == [
                "Applied", "Phone screen", "Interview", "Offer", "Hired", "Rejected",
            ])
        try await ats.close()
    }

    @Test func `the same options write the same rows`() async throws {
        let first = try await SampleATS.create(path: folder.path("a.sqlite"), options: Self.options)
        let second = try await SampleATS.create(path: folder.path("b.sqlite"), options: Self.options)
        let (a, b) = try await (
            Everything.read(mapping(folder.path("a.sqlite"))), Everything.read(mapping(folder.path("b.sqlite")))
        )
        #expect(a.records == b.records)
        try await first.close()
        try await second.close()
    }

    @Test func `edits and deletions are what the next run reads`() async throws {
        let path = folder.path("ats.sqlite")
        let ats = try await SampleATS.create(path: path, options: Self.options)
        let first = try await Everything.read(mapping(path))
        let edited = try await ats.edit(20, at: Self.options.now)
        let deleted = try await ats.delete(candidates: 5, at: Self.options.now)
        let next = try await Everything.read(
            mapping(path), ReadingOptions(watermarks: first.ends.compactMapValues(\.watermark)))
        #expect(next.problems.isEmpty)
        let gone = next.records.filter { $0["deleted"] == .bool(true) }
        #expect(gone.count == deleted.deleted.values.reduce(0, +))
        #expect(deleted.deleted[.candidate] == 5 && deleted.deleted[.application]! > 0)
        let changed = next.byID(.candidate).values.filter { $0["currentTitle"]?.string?.hasPrefix("Senior ") ?? false }
        #expect(changed.count >= 20)
        #expect(edited.edited[.candidate] == 20 && edited.edited[.application] == 10 && edited.added[.stage] == 10)
        try await ats.close()
    }
}

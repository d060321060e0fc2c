// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import LinkedIn
import Sandbox
import Store
import Sync
import Testing

/// LinkedIn's certification of one-click export (modules-3-5, E.2), against the sandbox.
@Suite struct ExportTests {
    @Test func `RSC-301, old case 6: a new candidate appears once, for the right job, with LinkedIn as its source`()
        async throws
    {
        let recruiting = try await ExportWorld()
        let export = try await recruiting.exported(to: "J2")
        #expect(export.state == .open)
        #expect(export.job == "J2")
        #expect(export.person == recruiting.person)
        let event = try #require(try await recruiting.events(.exportReceived).first)
        #expect(event["export"]?.string == export.request)
        #expect(event["jobId"] == "J2")
        #expect(event["candidateId"] == .null)
        #expect(event["source"] == "LinkedIn")
        #expect(event["answer"]?.string == "/api/v1/exports/\(export.request)")
        #expect(try await recruiting.push(export.request)?.state == .done)

        // The ATS makes its records and answers; LinkedIn shows the exact match.
        try await recruiting.answer(export.request, candidate: "C-1", application: "A-1")
        try await recruiting.world.accept([
            Proper.candidate("C-1", "Ada"), Proper.application("A-1", job: "J2", candidate: "C-1"),
        ])
        try await recruiting.world.settle(recruiting.engine)
        #expect(try await recruiting.chosen("C-1") == recruiting.person)
        #expect(try await recruiting.stored(export.request)?.candidate == "C-1")
        #expect(try await recruiting.stored(export.request)?.application == "A-1")
        let sandbox = try await ExportWorld.get(recruiting.world, "exports/\(export.request)")
        #expect(sandbox["candidate"] == "C-1", "\(sandbox)")
        #expect(sandbox["application"] == "A-1")
    }

    @Test func `RSC-302: which fields an export fills, and that contact data is not among them`() async throws {
        let recruiting = try await ExportWorld()
        try await recruiting.exported(to: "J1")
        let profile = try #require(try await recruiting.events(.exportReceived).first?["profile"]?.object)
        #expect(
            Set(profile.keys) == ["firstName", "lastName", "headline", "currentCompany", "location", "profileUrl"])
        #expect(profile["firstName"] == "Ada")
        #expect(profile["currentCompany"] == "Northwind")
        #expect(profile["profileUrl"]?.string == ExportWorld.profile)
        // The same fields are what the REST answer and the store hold.
        let stored = try await recruiting.store.read { [recruiting] in
            try $0.exports(customer: recruiting.customer, limit: 10)
        }
        #expect(try stored.first?.profile.map { try JSONValue(parsing: $0) } == .object(profile))
    }

    @Test func `RSC-303, old case 7: exported again to another job, the member is the same candidate`() async throws {
        let recruiting = try await ExportWorld()
        let first = try await recruiting.exported(to: "J1")
        try await recruiting.answer(first.request, candidate: "C-1", application: "A-1")
        try await recruiting.world.accept([
            Proper.candidate("C-1", "Ada"), Proper.application("A-1", job: "J1", candidate: "C-1"),
        ])
        try await recruiting.world.settle(recruiting.engine)
        // The ATS edits the candidate: the choice survives the PUT.
        try await recruiting.world.accept([Proper.candidate("C-1", "Augusta")])
        try await recruiting.world.settle(recruiting.engine)
        #expect(try await recruiting.chosen("C-1") == recruiting.person)

        let second = try await recruiting.exported(to: "J3")
        #expect(second.candidate == "C-1")
        #expect(second.tiedBy == .ats)
        #expect(second.application == nil, "the ATS makes the application, nobody else")
        let events = try await recruiting.events(.exportReceived)
        #expect(events.map { $0["candidateId"] ?? .null } == [.null, "C-1"])
        try await recruiting.world.accept([Proper.application("A-3", job: "J3", candidate: "C-1")])
        try await recruiting.world.settle(recruiting.engine)
        #expect(try await recruiting.world.tallies()[.candidate]?.observed == 1)
        #expect(try await recruiting.world.tallies()[.application]?.observed == 2)
        // A third export to a job with an application says so.
        #expect(try await recruiting.exported(to: "J1").application == "A-1")
    }

    @Test(arguments: [true, false])
    func `RSC-304, old case 8: a profile that somebody picked stays, whether or not LinkedIn keeps it at a PUT`(
        keeps: Bool
    )
        async throws
    {
        let recruiting = try await ExportWorld { $0.switches.putKeepsManualMatch = keeps }
        try await recruiting.world.accept([Proper.candidate("C-9", "Invented")])
        try await recruiting.world.settle(recruiting.engine)
        let (customer, person, now) = (recruiting.customer, recruiting.person, recruiting.world.time.now())
        _ = try await recruiting.store.write {
            try $0.tie(person: person, to: "C-9", how: .ats, customer: customer, at: now)
        }
        try await recruiting.world.settle(recruiting.engine)
        #expect(try await recruiting.chosen("C-9") == person)
        try await recruiting.world.accept([Proper.candidate("C-9", "Changed")])
        try await recruiting.world.settle(recruiting.engine)
        #expect(try await recruiting.chosen("C-9") == person)
        #expect(try await recruiting.exported(to: "J1").candidate == "C-9")
        // Undone in the ATS, it is gone at LinkedIn, too.
        let later = recruiting.world.time.now()
        #expect(
            try await recruiting.store.write {
                try $0.untie(person: person, from: "C-9", customer: customer, at: later)
            })
        try await recruiting.world.settle(recruiting.engine)
        #expect(try await recruiting.chosen("C-9") == nil)
    }

    @Test func `LinkedIn's own match finds the candidate, and the export makes it a choice`() async throws {
        let recruiting = try await ExportWorld { $0.switches.matchSeconds = 0 }
        try await recruiting.world.accept([
            Proper.candidate("C-5", "Ada", "Okafor", #""emailAddresses":["ada@post.example"]"#)
        ])
        try await recruiting.world.settle(recruiting.engine)
        recruiting.world.time.advance(by: .seconds(5))
        try await recruiting.world.settle(recruiting.engine)
        #expect(try await recruiting.tie()?.source == .match)
        let export = try await recruiting.exported(to: "J1")
        #expect(export.candidate == "C-5")
        #expect(export.tiedBy == .match)
        #expect(try await recruiting.chosen("C-5") == recruiting.person)
    }

    @Test func `the profile's address finds the candidate, however it is written`() async throws {
        let recruiting = try await ExportWorld { $0.switches.matchSeconds = 100_000 }
        try await recruiting.world.accept([
            Proper.candidate(
                "C-6", "A.", "O.",
                #""emailAddresses":["other@x.example"],"linkedInProfileUrl":"http://de.linkedin.com/in/Ada-Okafor-Sim/?trk=1""#
            )
        ])
        let export = try await recruiting.exported(to: "J1")
        #expect(export.candidate == "C-6")
        #expect(export.tiedBy == .profileURL)
    }

    @Test func `name and company only make a suggestion, which the ATS accepts`() async throws {
        let recruiting = try await ExportWorld { $0.switches.matchSeconds = 100_000 }
        try await recruiting.world.accept([
            Proper.candidate(
                "C-7", "ADA", "Okafor", #""emailAddresses":["x@x.example"],"currentCompanyName":"Northwind""#),
            Proper.candidate(
                "C-8", "Ada", "Okafor", #""emailAddresses":["y@x.example"],"currentCompanyName":"Southwind""#),
        ])
        let export = try await recruiting.exported(to: "J1")
        #expect(export.state == .open)
        #expect(try await recruiting.events(.exportReceived).first?["suggestions"] == ["C-7"])
        let suggestion = try #require(try await recruiting.events(.personTied).first)
        #expect(suggestion["suggestion"] == true)
        #expect(suggestion["candidateId"] == "C-7")
        let (customer, person, now) = (recruiting.customer, recruiting.person, recruiting.world.time.now())
        _ = try await recruiting.store.write {
            try $0.tie(person: person, to: "C-7", how: .ats, customer: customer, at: now)
        }
        try await recruiting.world.settle(recruiting.engine)
        #expect(try await recruiting.stored(export.request)?.candidate == "C-7")
        #expect(try await recruiting.chosen("C-7") == person)
    }

    @Test func `a candidate that changed after the first export is found by what it is now`() async throws {
        let recruiting = try await ExportWorld { $0.switches.matchSeconds = 100_000 }
        let url = #""emailAddresses":["a@x.example"],"linkedInProfileUrl":"\#(ExportWorld.profile)""#
        try await recruiting.world.accept([Proper.candidate("C-1", "A", "B", #""emailAddresses":["a@x.example"]"#)])
        let first = try await recruiting.exported(to: "J1")
        #expect(first.state == .open)
        try await recruiting.world.accept([Proper.candidate("C-1", "A", "B", url)])
        let second = try await recruiting.exported(to: "J2")
        #expect(second.candidate == "C-1")
        #expect(
            try await recruiting.stored(first.request)?.candidate == "C-1", "the later tie answers the earlier export")
    }
}

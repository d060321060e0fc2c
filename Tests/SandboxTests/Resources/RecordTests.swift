// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import RestLi
import Testing

@testable import Sandbox

/// What the check-list of the protocol reference (modules-1-2, section 10) and part D of modules-3-5 say about records.
@Suite struct RecordTests {
    private let batch = [("x-restli-method", "batch_update")]
    private let syntax = Syntax(version: .v1)

    private func put(_ side: FarSide, _ id: String, _ body: JSONValue = Sample.candidate) async throws -> FarSide.Reply
    {
        let key = Keys.candidate(id)
        return try await side.send(
            "PUT", "/v2/atsCandidates?\(syntax.ids([key]))", ["entities": .object([syntax.body(key): body])],
            headers: batch)
    }

    private func get(_ side: FarSide, _ id: String) async throws -> JSONValue? {
        let key = Keys.candidate(id)
        return try await side.send("GET", "/v2/atsCandidates?\(syntax.ids([key]))").json["results"]?[syntax.answer(key)]
    }

    /// A candidate with a note; an application of it with a note, a stage and feedback.
    private func fill(_ side: FarSide) async throws {
        _ = try await put(side, "C-1")
        let candidate = "/v2/atsCandidates/\(syntax.path(Keys.candidate("C-1")))"
        let application = "/v2/atsApplications/\(syntax.path(Keys.application("A-1")))"
        for (path, body) in [
            (application, Sample.application), ("\(candidate)/notes/N-1", Sample.note),
            ("\(application)/notes/N-1", Sample.note),
            ("\(application)/stages/S-1", Sample.stage), ("\(application)/interviewFeedback/F-1", Sample.feedback),
        ] {
            #expect(try await side.send("PUT", path, body).status == 204, "\(path)")
        }
    }

    private func counts(_ side: FarSide) async throws -> [EntityKind: Int64] {
        let counts = try await side.sandbox.core.world.read { tx in try tx.entityCounts(organization: 5001) }
        let counted = try await side.sandbox.core.world.read { tx in try tx.recountEntities(organization: 5001) }
        #expect(counts.filter { $0.value > 0 } == counted, "the tally is what counting gives")
        return counts
    }

    @Test func `a bad record never fails its neighbours, and stands under errors alone`() async throws {
        let side = try await FarSide()
        let keys = ["C-1", "C-2", "C-3"].map(Keys.candidate)
        let answer = try await side.send(
            "PUT", "/v2/atsCandidates?\(syntax.ids(keys))",
            [
                "entities": [
                    syntax.body(keys[0]): Sample.candidate, syntax.body(keys[1]): ["firstName": "Ann"],
                    syntax.body(keys[2]): Sample.candidate,
                ]
            ], headers: batch)
        #expect(answer.status == 200)
        #expect(answer.json["results"]?.object?.count == 2)
        #expect(answer.json["errors"]?.object?.keys == [syntax.answer(keys[1])])
        #expect(answer.status(of: syntax.answer(keys[1])) == 422)
        #expect(try await counts(side)[.candidate] == 2)
    }

    @Test func `two spellings of one key are one record`() async throws {
        let side = try await FarSide()
        _ = try await put(side, "REQ%2012%2FA%26B")
        let v2 = Syntax(version: .v2)
        let target =
            "/v2/atsCandidates?ids=List((integrationContext:urn%3ali%3aorganization%3a5001,dataProvider:ATS,atsCandidateId:REQ%2012/A%26B))"
        let read = try await side.send("GET", target, headers: v2.headers)
        #expect(read.json["results"]?[v2.answer(Keys.candidate("REQ 12/A&B"))] == Sample.candidate)
        #expect(
            read.json["results"]?.object?.keys == [
                "(atsCandidateId:REQ 12/A&B,dataProvider:ATS,integrationContext:urn%3Ali%3Aorganization%3A5001)"
            ])
        #expect(try await counts(side)[.candidate] == 1)
    }

    @Test func `PUT replaces: what is left out is gone, only the manual match stays`() async throws {
        let side = try await FarSide()
        _ = try await put(
            side, "C-1", Sample.candidate.with(["prefix": "Ms", "manualMatchedMember": "urn:li:person:Ab3dEf"]))
        _ = try await put(side, "C-1")
        #expect(try await get(side, "C-1") == Sample.candidate.with(["manualMatchedMember": "urn:li:person:Ab3dEf"]))
        let forgetful = try await FarSide { $0.putKeepsManualMatch = false }
        _ = try await put(forgetful, "C-1", Sample.candidate.with(["manualMatchedMember": "urn:li:person:Ab3dEf"]))
        _ = try await put(forgetful, "C-1")
        #expect(try await get(forgetful, "C-1") == Sample.candidate)
    }

    @Test func `the manual match is set and taken away by a partial update`() async throws {
        let side = try await FarSide()
        _ = try await put(side, "C-1")
        let path = "/v2/atsCandidates/\(syntax.path(Keys.candidate("C-1")))"
        #expect(
            try await side.send("POST", path, ["patch": ["$set": ["manualMatchedMember": "urn:li:person:Ab3dEf"]]])
                .status == 204)
        #expect(try await get(side, "C-1")?["manualMatchedMember"] == "urn:li:person:Ab3dEf")
        #expect(
            try await side.send("POST", path, ["patch": ["$set": ["manualMatchedMember": "somebody"]]]).status == 422)
        #expect(
            try await side.send(
                "POST", path, ["patch": ["$set": ["firstName": "Anna"], "$delete": ["manualMatchedMember"]]]
            ).status == 204)
        #expect(try await get(side, "C-1") == Sample.candidate.with(["firstName": "Anna"]))
        #expect(try await side.send("POST", path, ["patch": ["$delete": ["firstName"]]]).status == 422)
        let unknown = "/v2/atsCandidates/\(syntax.path(Keys.candidate("C-9")))"
        #expect(try await side.send("POST", unknown, ["patch": ["$delete": ["manualMatchedMember"]]]).status == 404)
    }

    @Test func `a candidate without e-mail needs a member, now or stored before`() async throws {
        let side = try await FarSide()
        let bare = Sample.candidate.with(["emailAddresses": []])
        let key = syntax.answer(Keys.candidate("C-1"))
        let refused = try await put(side, "C-1", bare)
        #expect(
            refused.json["errors"]?[key]?["message"]
                == "ERROR :: /emailAddresses :: field is required but not found and has no default value\n")
        #expect(
            try await put(side, "C-1", bare.with(["manualMatchedMember": "urn:li:person:Ab3dEf"])).status(of: key)
                == 204)
        #expect(try await put(side, "C-1", bare).status(of: key) == 204)
    }

    @Test func `the whole request is refused`() async throws {
        let side = try await FarSide()
        let one = Keys.candidate("C-1")
        let foreign = [
            ("atsCandidateId", "C-1"), ("dataProvider", "ATS"), ("integrationContext", "urn:li:organization:6002"),
        ]
        let partner = [("atsCandidateId", "C-1"), ("dataProvider", "PARTNER"), Keys.context]
        let contract = [
            ("atsCandidateId", "C-1"), ("dataProvider", "ATS"), ("integrationContext", "urn:li:contract:7001"),
        ]
        func status(_ ids: [[(String, String)]], _ keys: [String]) async throws -> Int {
            let entities = keys.map { "\"\($0)\":{}" }.joined(separator: ",")
            return try await side.send(
                "PUT", "/v2/atsCandidates?\(syntax.ids(ids))", bytes: Array("{\"entities\":{\(entities)}}".utf8),
                headers: batch
            ).status
        }
        #expect(try await status([foreign], [syntax.body(foreign)]) == 403, "another customer's organization")
        #expect(try await status([partner], [syntax.body(partner)]) == 400, "dataProvider other than ATS")
        #expect(try await status([contract], [syntax.body(contract)]) == 400, "a contract as context")
        #expect(try await status([one], [syntax.body(Keys.candidate("C-2"))]) == 400, "ids and body differ")
        #expect(try await status([one], []) == 400, "a key without a body")
        #expect(
            try await status([one], [syntax.body(one), syntax.body(one.reversed())]) == 400,
            "one key twice, spelled in two orders")
        let many = (0...100).map { Keys.candidate("C-\($0)") }
        let tooMany = try await side.send(
            "PUT", "/v2/atsCandidates?\(Syntax(version: .v1).ids(many).prefix(3000))",
            bytes: Array("{\"entities\":{".utf8), headers: batch)
        #expect(tooMany.status == 400, "bad JSON and a cut query")
        let notes = (0...100).map { "\($0)" }
        let note = try await side.send(
            "DELETE", "/v2/atsCandidates/\(syntax.path(one))/notes?\(syntax.ids(notes))")
        #expect(note.status == 400, "more than 100 keys")
        #expect(
            try await side.send("PUT", "/v2/atsCandidates/\(syntax.path(one))", bytes: Array("{\"a\"".utf8)).status
                == 400, "bad JSON")
        #expect(try await side.send("POST", "/v2/atsCandidates", ["firstName": "Ann"]).status == 400, "no create")
    }

    @Test func `nothing is written or read before the customer enabled the integration, nor after switching it off`()
        async throws
    {
        let side = try await FarSide(isEnabled: false)
        #expect(try await put(side, "C-1").status == 403)
        try await side.set(.requested)
        #expect(try await put(side, "C-1").status == 403)
        try await side.set(.enabled)
        #expect(try await put(side, "C-1").status == 200)
        try await side.set(.disabled)
        #expect(try await put(side, "C-2").status == 403)
        #expect(try await get(side, "C-1") == nil)
        try await side.set(.enabled)
        #expect(try await get(side, "C-1") == Sample.candidate)
    }

    @Test
    func `notes, stages and feedback of an unknown parent are refused one by one, unless the switch accepts them`()
        async throws
    {
        let path = "/v2/atsApplications/\(syntax.path(Keys.application("A-9")))/stages?ids=S-1"
        let strict = try await FarSide()
        let refused = try await strict.send("PUT", path, ["entities": ["S-1": Sample.stage]], headers: batch)
        #expect(refused.status == 200)
        #expect(refused.json["errors"]?["S-1"]?["status"] == 404)
        let lenient = try await FarSide { $0.parentMustExist = false }
        #expect(
            try await lenient.send("PUT", path, ["entities": ["S-1": Sample.stage]], headers: batch).status(of: "S-1")
                == 204)
    }

    @Test func `deleting an application takes its notes, stages and feedback along`() async throws {
        let side = try await FarSide()
        try await fill(side)
        let target = "/v2/atsApplications?\(syntax.ids([Keys.application("A-1"), Keys.application("A-2")]))"
        let answer = try await side.send("DELETE", target)
        #expect(answer.status(of: syntax.answer(Keys.application("A-1"))) == 204)
        #expect(answer.json["errors"]?[syntax.answer(Keys.application("A-2"))]?["status"] == 404)
        #expect(try await counts(side).filter { $0.value > 0 } == [.candidate: 1, .candidateNote: 1])
    }

    @Test func `deleting a candidate takes its notes along and hides its applications`() async throws {
        let side = try await FarSide()
        try await fill(side)
        let target = "/v2/atsCandidates?\(syntax.ids([Keys.candidate("C-1")]))"
        #expect(try await side.send("DELETE", target).status(of: syntax.answer(Keys.candidate("C-1"))) == 204)
        #expect(
            try await counts(side).filter { $0.value > 0 } == [
                .application: 1, .applicationNote: 1, .stage: 1, .feedback: 1,
            ])
        let page = try await side.sandbox.controls.page(of: .applications, organization: 5001, after: nil, limit: 10)
        #expect(page.entities.first?["shown"] == false)
        #expect(
            try await side.send("DELETE", target).status(of: syntax.answer(Keys.candidate("C-1"))) == 404,
            "deleting twice")
    }

    @Test func `with the strict cascade a candidate's applications go too`() async throws {
        let side = try await FarSide { $0.cascadeToApplications = true }
        try await fill(side)
        _ = try await side.send("DELETE", "/v2/atsCandidates?\(syntax.ids([Keys.candidate("C-1")]))")
        #expect(try await counts(side).allSatisfy { $0.value == 0 })
    }

    @Test func `the versioned surface shows the same records under its own names`() async throws {
        let side = try await FarSide()
        let headers = [("LinkedIn-Version", "202603"), ("X-RestLi-Protocol-Version", "2.0.0")]
        let key = [("externalCandidateId", "C-1"), Keys.context]
        let v2 = Syntax(version: .v2)
        let body = Sample.candidate.with([
            "atsCreatedAt": nil, "atsLastModifiedAt": nil, "externalCreatedAt": 1_767_225_600_000,
            "externalLastModifiedAt": 1_767_225_600_000,
        ])
        let answer = try await side.send(
            "PUT", "/rest/candidates?\(v2.ids([key]))", ["entities": .object([v2.body(key): body])], headers: headers)
        #expect(answer.status(of: v2.answer(key)) == 204)
        #expect(try await get(side, "C-1") == Sample.candidate)
        let read = try await side.send("GET", "/rest/candidates?\(v2.ids([key]))", headers: headers)
        #expect(read.json["results"]?[v2.answer(key)] == body)

        let noteKey = [("externalCandidateId", "C-1"), ("externalNoteId", "N-1"), Keys.context]
        let note = try await side.send(
            "PUT", "/rest/candidateNotes?\(v2.ids([noteKey]))",
            ["entities": .object([v2.body(noteKey): ["note": "Hi", "externalCreatedAt": 1_767_225_600_000]])],
            headers: headers)
        #expect(note.status(of: v2.answer(noteKey)) == 204)
        let v1 = try await side.send("GET", "/v2/atsCandidates/\(syntax.path(Keys.candidate("C-1")))/notes/N-1")
        #expect(v1.json == ["note": "Hi", "atsCreatedAt": 1_767_225_600_000])

        let mixed = [("externalCandidateId", "C-1"), ("dataProvider", "ATS"), Keys.context]
        #expect(try await side.send("GET", "/rest/candidates?\(v2.ids([mixed]))", headers: headers).status == 400)
        let patch: JSONValue = ["entities": .object([v2.body(key): ["patch": ["$delete": ["manualMatchedMember"]]]])]
        #expect(try await side.send("POST", "/rest/candidates?\(v2.ids([key]))", patch, headers: headers).status == 400)
    }
}

// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import Sandbox
import Testing

/// The control API's part in what recruiters and members do.
@Suite struct RecruiterControlTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var method = "POST"
        var path: String
        var json: JSONValue?
        var status = 400
        var field: String
    }

    static let mistakes: [Mistake] = [
        Mistake(testDescription: "no contract number", path: "contracts", field: "contract"),
        Mistake(testDescription: "nobody to seat", path: "seats", field: "email"),
        Mistake(
            testDescription: "a person without a name", path: "seats", json: ["email": "x@example.com"],
            field: "first_name"),
        Mistake(
            testDescription: "an unknown contract", path: "seats", json: ["contract": 1, "email": "x@example.com"],
            status: 404, field: "contract"),
        Mistake(
            testDescription: "an unknown state", path: "seats", json: ["email": "x@example.com", "state": "GONE"],
            field: "state"),
        Mistake(
            testDescription: "roles that are no words", path: "seats",
            json: ["email": "x@example.com", "roles": ["A B"]], field: "roles"),
        Mistake(testDescription: "an unknown seat", path: "seats/1", json: [:], status: 404, field: "seat"),
        Mistake(
            testDescription: "an InMail to nobody", path: "inmails", json: ["subject": "x", "text": "x"],
            field: "member"),
        Mistake(
            testDescription: "an InMail to a stranger", path: "inmails",
            json: ["member": "no@post.example", "subject": "x", "text": "x"], status: 404, field: "member"),
        Mistake(
            testDescription: "an InMail without a subject", path: "inmails",
            json: ["member": "ada@post.example", "text": "x"], field: "subject"),
        Mistake(
            testDescription: "an InMail from an unknown seat", path: "inmails",
            json: ["seat": 1, "member": "ada@post.example", "subject": "x", "text": "x"], status: 404, field: "seat"),
        Mistake(
            testDescription: "an answer to nothing", path: "inmails/reply",
            json: ["thread": "urn:li:messagingThread:1", "text": "x"], status: 404, field: "thread"),
        Mistake(
            testDescription: "an answer without a word", path: "inmails/reply",
            json: ["thread": "urn:li:messagingThread:7000"], field: "text"),
        Mistake(
            testDescription: "a note for an unknown eye", path: "notes",
            json: ["member": "ada@post.example", "text": "x", "visibility": "WORLD"], field: "visibility"),
        Mistake(testDescription: "an unknown note", path: "notes/1", json: ["text": "x"], status: 404, field: "note"),
        Mistake(
            testDescription: "a deletion of nothing", method: "DELETE", path: "notes/x", status: 404, field: "note"),
        Mistake(
            testDescription: "a stranger who leaves", path: "members/close", json: ["member": 5], status: 404,
            field: "member"),
        Mistake(
            testDescription: "a member as nobody sees it", method: "GET", path: "members/1000000001?application=x",
            status: 404, field: "application"),
    ]

    @Test(arguments: mistakes) func `the error names the field and the remedy:`(_ mistake: Mistake) async throws {
        let stage = try await RecruiterStage()
        let response = try await stage.world.send(mistake.method, "/_sandbox/" + mistake.path, json: mistake.json)
        #expect(response.status == mistake.status, "\(response.text)")
        #expect(try response.json["field"]?.string == mistake.field)
        #expect(try response.json["remedy"]?.string?.isEmpty == false)
    }

    @Test func `with several seats or contracts one must be named`() async throws {
        let stage = try await RecruiterStage()
        let inMail: JSONValue = ["member": .int(stage.ada), "subject": "x", "text": "x"]
        try await stage.world.control("POST", "inmails", inMail)
        _ = try await stage.seat("Paul")
        let seat = try await stage.world.send("POST", "/_sandbox/inmails", json: inMail)
        #expect(seat.status == 400)
        #expect(try seat.json["field"] == "seat")
        try await stage.world.control("POST", "contracts", ["contract": 5001, "organization": 1000])
        let contract = try await stage.world.send("POST", "/_sandbox/seats", json: ["email": "ada@post.example"])
        #expect(contract.status == 400)
        #expect(try contract.json["remedy"] == "use one of: 5000, 5001")
    }

    @Test func `a recruiter without an active seat writes nothing`() async throws {
        let stage = try await RecruiterStage()
        try await stage.world.control("POST", "seats/\(stage.rita)", ["state": "PARKED"])
        for (path, json) in [
            ("inmails", ["member": .int(stage.ada), "subject": "x", "text": "x"]),
            ("notes", ["member": .int(stage.ada), "text": "x"]),
        ] as [(String, JSONValue)] {
            let response = try await stage.world.send("POST", "/_sandbox/" + path, json: json)
            #expect(response.status == 409)
            #expect(try response.json["field"] == "seat")
        }
    }

    @Test func `who left is matched, written to and shared no more; what was said stays`() async throws {
        let stage = try await RecruiterStage { $0.switches.matchSeconds = 0 }
        try await stage.reply(try await stage.write(), ["share_contact": true])
        try await stage.note("Strong on storage")
        let acme = stage.acme
        _ = try await stage.world.send(
            "PUT", acme.candidate("ADA"), token: acme.token, json: acme.candidates(["ADA"]))
        func matched() async throws -> Int {
            try await stage.get(acme.candidate("ADA"))["results"]?.object?.first { _ in true }?.1["matchedMembers"]?
                .array?.count ?? 0
        }
        let token = try await stage.world.control("POST", "members/token", ["member": .int(stage.ada)])
        func me() async throws -> Int {
            try await stage.world.send("GET", "/v2/me", token: token["access_token"]?.string).status
        }
        #expect(try await matched() == 1)
        #expect(try await me() == 200)
        let closed = try await stage.world.control("POST", "members/close", ["member": "ada@post.example"])
        #expect(closed["changed"] == true && closed["closed"]?.int == TestSandbox.noon.millis)
        try await stage.pass(60)
        let again = try await stage.world.control("POST", "members/close", ["member": .int(stage.ada)])
        #expect(again["changed"] == false && again["closed"]?.int == TestSandbox.noon.millis)
        #expect(try await matched() == 0)
        #expect(try await me() == 401)
        let contract = "contract=\(RecruiterStage.contract)"
        #expect(try await stage.elements("/v2/mailStubs?q=contract&\(contract)").isEmpty)
        #expect(try await stage.elements("/v2/prospectNotes?q=criteria&\(contract)").count == 1)
        #expect(
            try await stage.elements("/v2/conversationEvents?q=criteria&viewer=\(stage.ritaURN)").count == 2)
        for path in ["inmails", "notes", "seats", "inmails/reply"] {
            let bodies: [String: JSONValue] = [
                "inmails": ["member": .int(stage.ada), "subject": "x", "text": "x"],
                "notes": ["member": .int(stage.ada), "text": "x"], "seats": ["member": .int(stage.ada)],
                "inmails/reply": ["thread": 7000, "text": "x"],
            ]
            #expect(try await stage.world.send("POST", "/_sandbox/" + path, json: bodies[path]).status == 409)
        }
    }

    @Test func `all of it survives a restart`() async throws {
        let stage = try await RecruiterStage()
        try await stage.reply(try await stage.write(), ["share_contact": true])
        try await stage.note("Strong on storage")
        let targets = RecruiterAccessTests.finders
        var before: [JSONValue] = []
        for target in targets { before.append(try await stage.get(target)) }
        let again = try await stage.world.restarted()
        for (target, answer) in zip(targets, before) {
            #expect(try await again.send("GET", target, token: stage.acme.token).json == answer)
        }
        // Counters as well: four calls of the one group and one of both.
        #expect(again.quotas.usage.first { $0.group == .recruiter }?.requests == 10)
        #expect(again.quotas.usage.first { $0.group == .inMail }?.requests == 2)
        try await again.close()
    }

    @Test func `a restored snapshot forgets what was said since, and numbers go on from there`() async throws {
        let stage = try await RecruiterStage()
        try await stage.write()
        try await stage.world.control("POST", "snapshot", ["name": "before"])
        try await stage.write()
        try await stage.note("Strong on storage")
        try await stage.world.control("POST", "restore", ["name": "before"])
        #expect(
            try await stage.ids("/v2/conversationEvents?q=criteria&viewer=\(stage.ritaURN)") == ["S7000_1000"])
        #expect(try await stage.write() == "urn:li:messagingThread:7001")
        try await stage.world.control("POST", "reset")
        #expect(try await stage.world.control("GET", "seats")["seats"] == [])
    }

    @Test func `the lists show everything, private and deleted too`() async throws {
        let stage = try await RecruiterStage()
        let thread = try await stage.write()
        try await stage.reply(thread, ["decline": true])
        let note = try await stage.note("For me", isPrivate: true)
        try await stage.world.control("DELETE", "notes/\(note)")
        let notes = try await stage.world.control("GET", "notes?contract=5000")["notes"]
        #expect(notes?[0]?["visibility"] == "PRIVATE" && notes?[0]?["active"] == false)
        let threads = try await stage.world.control("GET", "inmails?seat=\(stage.rita)")["threads"]
        #expect(threads?[0]?["answer"] == "DECLINED")
        #expect(threads?[0]?["messages"]?.array?.map { $0["from"] } == ["recruiter", "member"])
        #expect(try await stage.world.control("GET", "seats?organization=2000")["seats"] == [])
    }
}

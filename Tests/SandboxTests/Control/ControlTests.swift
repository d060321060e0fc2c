// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import Sandbox
import Testing

@Suite struct ControlTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var method = "POST"
        var path: String
        var json: JSONValue?
        var status: Int64 = 400
        var field: String?
    }

    static let mistakes: [Mistake] = [
        Mistake(testDescription: "an unknown route", path: "unicorns", status: 404, field: "unicorns"),
        Mistake(testDescription: "the wrong method", method: "GET", path: "reset", status: 405, field: "reset"),
        Mistake(testDescription: "no time", path: "clock", field: "advance_seconds"),
        Mistake(
            testDescription: "time backwards", path: "clock", json: ["advance_seconds": -1], field: "advance_seconds"),
        Mistake(testDescription: "a misspelt member", path: "clock", json: ["seconds": 1], field: "seconds"),
        Mistake(testDescription: "an array for an object", path: "clock", json: [1]),
        Mistake(
            testDescription: "an unknown fault", path: "faults", json: ["rules": [["fault": "418"]]],
            field: "rules[0].fault"),
        Mistake(
            testDescription: "an unknown group", path: "faults", json: ["rules": [["fault": "500", "group": "x"]]],
            field: "group"),
        Mistake(
            testDescription: "a probability over one", path: "faults",
            json: ["rules": [["fault": "500", "probability": 2]]],
            field: "rules[0].probability"),
        Mistake(testDescription: "no group", path: "quotas", json: ["requests_per_day": 1], field: "group"),
        Mistake(testDescription: "an unknown switch", path: "config", json: ["strict": true], field: "strict"),
        Mistake(
            testDescription: "a switch of another type", path: "config", json: ["auto_enable": 1], field: "auto_enable"),
        Mistake(
            testDescription: "a word a switch does not know", path: "config", json: ["callback_validation": "x"],
            field: "callback_validation"),
        Mistake(
            testDescription: "a snapshot outside the folder", path: "snapshot", json: ["name": "../x"], field: "name"),
        Mistake(
            testDescription: "a snapshot that is not there", path: "restore", json: ["name": "x"], status: 404,
            field: "name"),
        Mistake(
            testDescription: "no customer yet", path: "integrations/enable", json: ["organization": 1],
            field: "unique_foreign_id"),
        Mistake(
            testDescription: "a customer nobody provisioned", path: "integrations/enable",
            json: ["organization": 1, "unique_foreign_id": "x"], status: 404, field: "unique_foreign_id"),
        Mistake(testDescription: "a state of nobody", method: "GET", path: "state", field: "organization"),
        Mistake(
            testDescription: "a state of an unknown resource", method: "GET", path: "state?organization=1&resource=x",
            field: "resource"),
        Mistake(
            testDescription: "a member without an address", path: "members", json: ["email": "a@b.example"],
            field: "profile_url"),
        Mistake(
            testDescription: "a member that is not there", method: "GET", path: "members/7", status: 404, field: "7"),
    ]

    @Test(arguments: mistakes) func `the error names the field and the remedy:`(_ mistake: Mistake) async throws {
        let world = try await TestSandbox()
        let response = try await world.send(mistake.method, "/_sandbox/" + mistake.path, json: mistake.json)
        #expect(response.status == Int(mistake.status))
        #expect(try response.json["status"]?.int == mistake.status)
        #expect(try response.json["field"]?.string == mistake.field)
        #expect(try response.json["remedy"]?.string?.isEmpty == false)
    }

    @Test func `every switch has a name, keeps its value through a restart, and is listed`() async throws {
        let world = try await TestSandbox()
        let switches = Mirror(reflecting: Switches()).children.count
        #expect(try await world.control("GET", "config").object?.count == switches)
        let changed = try await world.control(
            "POST", "config",
            ["auto_enable": true, "task_seconds": 9, "callback_validation": "enforce", "wrong_secret_error": "x"])
        #expect(changed["task_seconds"]?.int == 9)
        let again = try await world.restarted()
        #expect(again.core.settings.switches.autoEnable)
        #expect(again.core.settings.switches.callbackValidation == .enforce)
        #expect(again.core.settings.switches.wrongSecretError == "x")
    }

    @Test func `a restart keeps tokens, credentials, records, counters and the clock`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        _ = try await world.send("PUT", acme.candidate("C-1"), token: acme.token, json: acme.candidates(["C-1"]))
        try await world.control("POST", "clock", ["advance_seconds": 60])
        let again = try await world.restarted()
        #expect(again.clock.now() == TestSandbox.noon + .seconds(60))
        #expect(try await again.send("GET", acme.candidate("C-1"), token: acme.token).status == 200)
        let usage = again.quotas.usage.first { $0.group == .candidates }
        #expect(usage?.requests == 2 && usage?.records == 1)
    }

    @Test func `reset forgets customers and keeps the partner`() async throws {
        let world = try await TestSandbox { $0.members = 600 }
        let acme = try await world.customer()
        try await world.sandbox.generateMembers()
        let partner = try await world.control("GET", "partner")
        try await world.control("POST", "reset")
        #expect(try await world.control("GET", "partner") == partner)
        #expect(try await world.send("GET", acme.candidate("C-1"), token: acme.token).status == 401)
        #expect(try await world.control("GET", "health")["members"]?.int == 0)
        try await world.sandbox.generateMembers()
        #expect(try await world.control("GET", "health")["members"]?.int == 600)
        // The same customer can come again.
        _ = try await world.customer()
    }

    @Test func `a restored snapshot is the world of then`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        _ = try await world.send("PUT", acme.candidate("C-1"), token: acme.token, json: acme.candidates(["C-1"]))
        try await world.control("POST", "snapshot", ["name": "before"])
        _ = try await world.send("PUT", acme.candidate("C-2"), token: acme.token, json: acme.candidates(["C-2"]))
        try await world.control("POST", "clock", ["advance_seconds": 3600])
        #expect(try await world.control("GET", "snapshots")["snapshots"]?.array == ["before"])
        try await world.control("POST", "restore", ["name": "before"])
        #expect(world.sandbox.clock.now() == TestSandbox.noon)
        #expect(try await world.control("GET", "state?organization=1000")["counts"]?["candidates"]?.int == 1)
        #expect(try await world.send("GET", acme.candidate("C-1"), token: acme.token).status == 200)
    }

    @Test func `requests that come while the world is swapped wait, and none fails inside`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        try await world.control("POST", "snapshot", ["name": "now"])
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<60 {
                group.addTask {
                    if number.isMultiple(of: 20) {
                        return try await world.send("POST", "/_sandbox/restore", json: ["name": "now"]).status
                    }
                    let id = "C-\(number)"
                    return try await world.send(
                        "PUT", acme.candidate(id), token: acme.token, json: acme.candidates([id])
                    ).status
                }
            }
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(statuses == [200])
    }

    @Test func `a state pages through every entity once`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        let ids = (0..<25).map { "C-\($0)" }
        _ = try await world.send("PUT", acme.batch(ids), token: acme.token, json: acme.candidates(ids))
        var cursor = ""
        var seen = 0
        repeat {
            let page = try await world.control("GET", "state?organization=1000&resource=candidates&limit=10\(cursor)")
            seen += page["entities"]?.array?.count ?? 0
            cursor = page["next"]?.string.map { "&after=" + $0 } ?? ""
        } while !cursor.isEmpty
        #expect(seen == 25)
    }

    @Test func `a member added by hand is found by e-mail, and has another person id in every application`()
        async throws
    {
        let world = try await TestSandbox { $0.members = 2 }
        try await world.sandbox.generateMembers()
        _ = try await world.customer("acme")
        _ = try await world.customer("globex", organization: 2000)
        let made = try await world.control(
            "POST", "members",
            [
                "first_name": "Ada", "last_name": "Byron", "email": "Ada@Post.Example",
                "profile_url": "http://uk.linkedin.com/in/Ada/",
            ])
        let number = try #require(made["number"]?.int)
        let found = try await world.control("GET", "members?email=ADA@post.example")
        #expect(found["members"]?.array?.count == 1)
        let persons = try #require(try await world.control("GET", "members/\(number)")["persons"]?.object)
        #expect(Set(persons.map { $0.1 }).count == 3)
        let twice = try await world.send(
            "POST", "/_sandbox/members",
            json: [
                "first_name": "A", "last_name": "B", "email": "ada@post.example",
                "profile_url": "https://www.linkedin.com/in/ada2",
            ])
        #expect(twice.status == 409)
    }

    @Test func `the journal shows requests and never a token or a secret`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        _ = try await world.send("PUT", acme.candidate("C-1"), token: acme.token, json: acme.candidates(["C-1"]))
        let response = try await world.send("GET", "/_sandbox/journal?limit=1000")
        #expect(!response.text.contains(acme.token) && !response.text.contains(acme.secret))
        let entries = try #require(try response.json["entries"]?.array)
        let last = try #require(entries.last)
        #expect(
            last["method"]?.string == "PUT" && last["status"]?.int == 200 && last["resource"]?.string == "atsCandidates"
        )
        #expect(last["application"]?.string == acme.clientID)
        #expect(last["request_body"]?.string?.contains("Okafor") == true)
        #expect(entries.compactMap { $0["number"]?.int } == Array(1...Int64(entries.count)))
        let next = try #require(try response.json["next"]?.int)
        #expect(try await world.control("GET", "journal?after=\(next)")["entries"]?.array?.isEmpty == true)
    }

    @Test func `the journal is bounded by count and by bytes`() {
        let byCount = Journal(capacity: 3)
        let byBytes = Journal(capacity: 100, byteLimit: 3000)
        for index in 0..<10 {
            let request = SandboxRequest("GET", "/v2/x?n=\(index)&" + String(repeating: "a", count: 1000))
            let entry = JournalEntry(request, time: TestSandbox.noon, requestID: "r")
            byCount.append(entry)
            byBytes.append(entry)
        }
        #expect(byCount.entries(after: 0, limit: 100).map(\.number) == [8, 9, 10])
        #expect(byBytes.entries(after: 0, limit: 100).map(\.number) == [9, 10])
        #expect(byCount.entries(after: 9, limit: 100).map(\.number) == [10])
    }
}

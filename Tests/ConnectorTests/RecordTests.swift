// SPDX-License-Identifier: Apache-2.0

import Domain
import HTTPTypes
import JSONBytes
import Testing

@Suite struct RecordTests {
    let connector: TestConnector
    let key: String

    init() async throws {
        connector = try TestConnector()
        key = try await connector.addCustomer()
    }

    @Test func `a new record is 201, the same again 200 unchanged, another 200 changed, and the engine is woken`()
        async throws
    {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let first = try await ats.put("/api/v1/candidates/4711", Sample.candidate)
            #expect(first.status == 201)
            #expect(first.json["outcome"] == "added")
            #expect(first.json["state"] == "due")
            #expect(first.json["id"] == "4711")
            let again = try await ats.put("/api/v1/candidates/4711", Sample.candidate)
            #expect(again.status == 200)
            #expect(again.json["outcome"] == "unchanged")
            let changed = try await ats.put("/api/v1/candidates/4711", Sample.candidate.replacing("Ada", with: "Eve"))
            #expect(changed.status == 200)
            #expect(changed.json["outcome"] == "changed")
        }
        #expect(connector.woken.records == 3)
    }

    @Test func `a GET says where the record stands, why, and what LinkedIn will receive`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            _ = try await ats.put("/api/v1/candidates/4711", Sample.candidate)
            let record = try await ats.get("/api/v1/candidates/4711")
            #expect(record.status == 200)
            #expect(record.json["state"] == "due")
            #expect(record.json["because"] == "it is new and was not sent yet")
            #expect(record.json["desired"]?["firstName"] == "Ada")
            #expect(record.json["desired"]?["emailAddresses"] == ["ada@example.com"])
            #expect(record.json["hash"]?.string?.count == 32)
            #expect(record.json["linkedIn"]?["holds"] == "nothing")
            #expect(record.json["linkedIn"]?["matches"] == [])
            #expect(record.json["changedAt"] == "2026-03-01T09:00:00.000Z")
            let unknown = try await ats.get("/api/v1/candidates/0")
            #expect(unknown.status == 404)
            #expect(unknown.problem == "no-such-record")
        }
    }

    @Test func `a DELETE is idempotent`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            #expect(try await ats.delete("/api/v1/candidates/4711").status == 204)
            _ = try await ats.put("/api/v1/candidates/4711", Sample.candidate)
            // LinkedIn never held it, so it is gone at once; a record that LinkedIn holds is answered 202.
            #expect([202, 204].contains(try await ats.delete("/api/v1/candidates/4711").status))
            #expect([202, 204].contains(try await ats.delete("/api/v1/candidates/4711").status))
        }
    }

    @Test(arguments: [
        "a&b=c,(d)'e", "a/b/c", "100%", "a+b", "two words", "🎈\u{200D}👩", "żółć", "?#[]@!$;:", ".", "..",
        String(repeating: "é", count: 500),
    ])
    func `any id survives the path`(id: String) async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let path = "/api/v1/candidates/\(Self.encode(id))"
            #expect(try await ats.put(path, Sample.candidate).status == 201)
            let record = try await ats.get(path)
            #expect(record.json["id"] == .string(id))
            let note = try await ats.put("\(path)/notes/\(Self.encode(id))", Sample.note)
            #expect(note.status == 201)
            #expect(note.json["candidateId"] == .string(id))
        }
    }

    @Test func `an unknown parent is accepted, and the reason names it`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            #expect(try await ats.put("/api/v1/candidates/9/notes/1", Sample.note).status == 201)
            #expect(try await ats.put("/api/v1/applications/88", Sample.application).status == 201)
            #expect(try await ats.get("/api/v1/applications/88").json["desired"]?.object != nil)
        }
    }

    @Test func `malformed JSON is 400 with the byte, and changes nothing`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let answer = try await ats.put("/api/v1/candidates/1", #"{"firstName":"Ada","lastName" "Example"}"#)
            #expect(answer.status == 400)
            #expect(answer.problem == "malformed-json")
            #expect(answer.json["detail"]?.string?.contains("byte 30") == true)
            #expect(answer.headers[.contentType] == "application/problem+json")
            #expect(try await ats.get("/api/v1/candidates/1").status == 404)
        }
    }

    @Test(arguments: [
        (#"{"firstName":7,"lastName":"E","createdAt":"2026-02-03"}"#, "/firstName"),
        (
            #"{"firstName":"A","lastName":"E","email":"no address","profileUrl":"https://a.example/1","createdAt":"2026-02-03"}"#,
            "/email"
        ),
        (
            #"{"firstName":"A","lastName":"E","email":"a@b.cd","profileUrl":"https://a.example/1","createdAt":"yesterday"}"#,
            "/createdAt"
        ),
        (
            #"{"firstName":"A","email":"a@b.cd","profileUrl":"https://a.example/1","createdAt":"2026-02-03"}"#,
            "/lastName"
        ),
    ])
    func `wrong data is 422 and names the field`(body: String, pointer: String) async throws {
        try await connector.run { test async throws in
            let answer = try await Client(test, key: key).put("/api/v1/candidates/1", body)
            #expect(answer.status == 422)
            #expect(answer.problem == "invalid-record")
            #expect(answer.pointers.contains { $0.hasPrefix(pointer) }, "\(answer.text)")
            #expect(
                !answer.text.contains("no address") && !answer.text.contains("yesterday"),
                "the value itself is not shown")
        }
    }

    @Test func `an unknown field is a warning that names the nearest known one`() async throws {
        try await connector.run { test async throws in
            let body = Sample.candidate.replacing(#""createdAt""#, with: #""frstName":"x","createdAt""#)
            let answer = try await Client(test, key: key).put("/api/v1/candidates/1", body)
            #expect(answer.status == 201)
            let warning = answer.json["warnings"]?[0]
            #expect(warning?["pointer"] == "/frstName")
            #expect(warning?["message"]?.string?.contains("firstName") == true)
        }
    }

    @Test func `an over-long value is 422 and an over-long id too`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let job = #"""
                {"title":"x","description":"\#(String(repeating: "d", count: 25_001))","applyUrl":"https://a.example/j","createdAt":"2026-02-03"}
                """#
            let answer = try await ats.put("/api/v1/jobs/1", job)
            #expect(answer.status == 422)
            #expect(answer.pointers.contains("/description"))
            #expect(
                try await ats.put("/api/v1/candidates/\(String(repeating: "i", count: 501))", Sample.candidate).status
                    == 422)
        }
    }

    /// Everything but the unreserved characters, so that nothing depends on what a client leaves alone.
    static func encode(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                byte < 0x80 && (Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber)
            return isPlain
                ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}

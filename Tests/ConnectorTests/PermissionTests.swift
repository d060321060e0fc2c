// SPDX-License-Identifier: Apache-2.0

import Domain
import HTTPTypes
import JSONBytes
import Store
import TestSupport
import Testing

/// Users, groups and members as an ATS says them, and what is kept for LinkedIn.
@Suite struct PermissionTests {
    let connector: TestConnector
    let key: String

    init() async throws {
        connector = try TestConnector()
        key = try await connector.addCustomer()
    }

    private func run(_ body: @escaping @Sendable (Client) async throws -> Void) async throws {
        try await connector.run { test in try await body(Client(test, key: key)) }
    }

    private static func user(_ ats: Client, _ id: String, person: String? = nil) async throws -> Answer {
        let tie = person.map { #","person":"urn:li:person:\#($0)""# } ?? ""
        return try await ats.put("/api/v1/users/\(id)", #"{"email":"\#(id)@example.com","name":"N"\#(tie)}"#)
    }

    /// What LinkedIn is to hold: `group person`.
    private func assignees() async throws -> Set<String> {
        let customer = try #require(try await connector.store.read { try $0.customer(id: CustomerID("acme")!) })
        return try await connector.store.read { tx in
            var found: Set<String> = []
            for group in 1...12 {
                for person in ["p", "q"] {
                    let key = RecordKey(.assignee, parent: "g\(group)", id: "urn:li:person:\(person)")
                    guard let status = try tx.explain(customer: customer.number, key: key), !status.isDeletion else {
                        continue
                    }
                    found.insert("g\(group) \(person)")
                }
            }
            return found
        }
    }

    @Test func `a membership waits until its user is known and has signed in, and says so`() async throws {
        try await run { ats async throws in
            let first = try await ats.send(.put, "/api/v1/acls/g1/members/u", nil)
            #expect(first.status == 201)
            #expect(first.json["state"] == "waiting" && first.json["waitsFor"]?["type"] == "user")
            #expect(try await Self.user(ats, "u").status == 201)
            let second = try await ats.get("/api/v1/acls/g1/members/u")
            #expect(second.json["waitsFor"]?["type"] == "signIn" && second.json["person"] == .null)
            #expect(second.json["because"]?.string?.contains("has not signed in") == true)
            #expect(try await ats.get("/api/v1/users?unbound=true").json["items"]?.array?.count == 1)
            #expect(try await assignees() == [])

            #expect(try await Self.user(ats, "u", person: "p").json["boundBy"] == "ats")
            let third = try await ats.put("/api/v1/acls/g1/members/u", "{}")
            #expect(third.status == 200 && third.json["outcome"] == "unchanged" && third.json["state"] == "due")
            #expect(try await assignees() == ["g1 p"])
            #expect(try await ats.get("/api/v1/users?unbound=true").json["items"]?.array?.count == 0)
        }
    }

    @Test func `binding, binding anew, unbinding and deleting carry LinkedIn's side along`() async throws {
        try await run { ats async throws in
            for group in ["g1", "g2"] { _ = try await ats.put("/api/v1/acls/\(group)/members/u", "{}") }
            _ = try await Self.user(ats, "u", person: "p")
            #expect(try await assignees() == ["g1 p", "g2 p"])
            _ = try await Self.user(ats, "u", person: "q")
            #expect(try await assignees() == ["g1 q", "g2 q"])
            _ = try await Self.user(ats, "u")
            #expect(try await assignees() == ["g1 q", "g2 q"], "left out, the tie stays")
            #expect(try await ats.delete("/api/v1/acls/g1/members/u").status == 204)
            #expect(try await assignees() == ["g2 q"])
            let unbound = try await ats.put("/api/v1/users/u", #"{"email":"u@example.com","name":"N","person":null}"#)
            #expect(unbound.json["person"] == .null)
            #expect(try await assignees() == [])
            _ = try await Self.user(ats, "u", person: "p")
            #expect(try await assignees() == ["g2 p"])
            #expect(try await ats.delete("/api/v1/users/u").status == 204)
            #expect(try await assignees() == [])
            #expect(try await ats.get("/api/v1/acls/g2/members/u").status == 404)
            #expect(try await ats.delete("/api/v1/users/u").status == 204)
        }
    }

    @Test func `of two users who are one person, one is enough`() async throws {
        try await run { ats async throws in
            for user in ["u", "v"] {
                _ = try await Self.user(ats, user, person: "p")
                _ = try await ats.put("/api/v1/acls/g1/members/\(user)", "{}")
            }
            #expect(try await ats.delete("/api/v1/acls/g1/members/u").status == 204)
            #expect(try await assignees() == ["g1 p"])
            _ = try await Self.user(ats, "v", person: "q")
            #expect(try await assignees() == ["g1 q"])
        }
    }

    @Test func `the eleventh group is refused before LinkedIn refuses it`() async throws {
        try await run { ats async throws in
            for user in ["u", "v"] { _ = try await Self.user(ats, user, person: "p") }
            for number in 1...10 {
                let user = number.isMultiple(of: 2) ? "u" : "v"
                #expect(try await ats.put("/api/v1/acls/g\(number)/members/\(user)", "{}").status == 201)
            }
            let refused = try await ats.put("/api/v1/acls/g11/members/u", "{}")
            #expect(refused.status == 422 && refused.problem == "too-many-groups")
            #expect(refused.json["detail"]?.string?.contains("11") == true)
            #expect(try await ats.get("/api/v1/acls/g11/members/u").status == 404)
            #expect(try await ats.put("/api/v1/acls/g1/members/u", "{}").status == 201, "the person is in it already")
            #expect(try await assignees().count == 10)

            _ = try await Self.user(ats, "w")
            #expect(try await ats.put("/api/v1/acls/g12/members/w", "{}").status == 201)
            let bound = try await Self.user(ats, "w", person: "p")
            #expect(bound.status == 422 && bound.problem == "too-many-groups")
            #expect(try await ats.get("/api/v1/users/w").json["person"] == .null)
            #expect(try await Self.user(ats, "x", person: "p").status == 201, "who is in no group adds none")
        }
    }

    @Test func `a job's group waits for its job, and goes with it`() async throws {
        try await run { ats async throws in
            let acl = try await ats.send(.put, "/api/v1/jobs/REQ-1/acls/g1", nil)
            #expect(acl.status == 201 && acl.json["jobId"] == "REQ-1" && acl.json["type"] == "acl")
            #expect(try await ats.put("/api/v1/jobs/REQ-1/acls/g1", "{}").json["outcome"] == "unchanged")
            #expect(try await ats.put("/api/v1/jobs/REQ-1/acls/g1", "[]").status == 422)
            #expect(try await ats.put("/api/v1/jobs/REQ-1", Self.job).status == 201)
            #expect(try await ats.delete("/api/v1/jobs/REQ-1").status == 202)
            #expect(try await ats.get("/api/v1/jobs/REQ-1/acls/g1").json["deleted"] == true)
        }
    }

    private static let job = #"""
        {"title":"Crane operator","description":"\#(String(repeating: "You operate cranes. ", count: 8))","location":"Hamburg, Germany","applyUrl":"https://ats.example.com/j","createdAt":"2026-02-03"}
        """#

    @Test func `bulk lines say groups and members, and a list of members removes the others`() async throws {
        try await run { ats async throws in
            _ = try await Self.user(ats, "u", person: "p")
            let report = try await ats.bulk(
                """
                {"type":"acl","jobId":"REQ-1","id":"g1"}
                {"type":"member","aclId":"g1","userId":"u"}
                {"type":"assignee","aclId":"g2","id":"u"}
                {"type":"member","aclId":"g3","id":"stranger"}
                {"type":"member","aclId":"g3"}

                """)
            #expect(report.lines.last?["added"] == 4)
            #expect(report.lines.last?["rejected"] == 1)
            #expect(try await assignees() == ["g1 p", "g2 p"])
            connector.time.advance(by: .seconds(1))
            let list = #"{"id":"u","aclId":"g2"}"# + "\n{\"end\":1}\n"
            #expect(try await ats.present("type=assignee", list).problem == "too-many-deletions")
            #expect(try await ats.present("type=assignee&force=true", list).json["deleted"] == 2)
            #expect(try await assignees() == ["g2 p"])
            _ = try await ats.bulk(#"{"type":"member","aclId":"g2","userId":"u","deleted":true}"# + "\n")
            #expect(try await assignees() == [])
        }
    }

    @Test func `more than ten groups by bulk: the eleventh waits instead of being refused by LinkedIn`() async throws {
        try await run { ats async throws in
            _ = try await Self.user(ats, "u", person: "p")
            let lines = (1...11).map { #"{"type":"member","aclId":"g\#($0)","userId":"u"}"# + "\n" }.joined()
            #expect(try await ats.bulk(lines).lines.last?["added"] == 11)
            let customer = try #require(try await connector.store.read { try $0.customer(id: CustomerID("acme")!) })
            let claimed = try await connector.store.write { [now = connector.time.now()] in
                try $0.claimDue(customer: customer.number, kind: .assignee, deletions: false, limit: 100, at: now)
            }
            #expect(claimed.count == 10)
            let last = try await ats.get("/api/v1/acls/g11/members/u").json
            #expect(last["state"] == "waiting" && last["because"]?.string?.contains("10 groups") == true)
        }
    }

    @Test func `lists come in pages`() async throws {
        try await run { ats async throws in
            for number in 1...5 {
                _ = try await Self.user(ats, "u\(number)")
                _ = try await ats.put("/api/v1/acls/g1/members/u\(number)", "{}")
            }
            for path in ["/api/v1/users?", "/api/v1/acls/g1/members?"] {
                let first = try await ats.get("\(path)limit=3").json
                #expect(first["items"]?.array?.count == 3 && first["next"] == "u3")
                let rest = try await ats.get("\(path)limit=3&after=u3").json
                #expect(rest["items"]?.array?.count == 2 && rest["next"] == .null)
            }
        }
    }

    @Test(arguments: [
        ("{}", ["/email", "/name"]), (#"{"email":"x","name":"N"}"#, ["/email"]),
        (#"{"email":"x@y.z","name":" "}"#, ["/name"]),
        (#"{"email":"x@y.z","name":"N","person":"urn:li:member:1"}"#, ["/person"]),
        (#"{"email":"x@y.z","name":"N","person":7}"#, ["/person"]), ("[]", [""]),
    ])
    func `a user with faults is refused with all of them`(body: String, pointers: [String]) async throws {
        try await run { ats async throws in
            let answer = try await ats.put("/api/v1/users/u", body)
            #expect(answer.status == 422)
            #expect(answer.pointers == pointers)
        }
    }

    @Test func `visibility is a setting`() async throws {
        try await run { ats async throws in
            #expect(try await ats.get("/api/v1/settings").json["visibility"] == "everybody")
            #expect(try await ats.put("/api/v1/settings", #"{"visibility":"acl"}"#).status == 200)
            #expect(try await ats.get("/api/v1/settings").json["visibility"] == "acl")
            #expect(try await ats.put("/api/v1/settings", #"{"visibility":"some"}"#).pointers == ["/visibility"])
        }
    }
}

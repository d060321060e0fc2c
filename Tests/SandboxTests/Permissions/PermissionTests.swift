// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Testing

@testable import Sandbox

/// `atsEntityAcls` and `atsEntityAclAssignees`: modules 3–5, C.3 and C.4.
@Suite struct PermissionTests {
    private let acl =
        "dataProvider=ATS&integrationContext=urn:li:organization:1000&atsEntityType=JOB_POSTING&atsEntityId=REQ-77&atsEntityAclId=eng"
    private let assignee =
        "dataProvider=ATS&integrationContext=urn:li:organization:1000&atsEntityType=JOB_POSTING&atsEntityAclId=eng&assignee=urn:li:person:abc"

    /// The protocol reference's requests as they stand.
    @Test func `the published requests write, find and delete an ACL and an assignee`() async throws {
        // The sample's person is nobody's.
        let desk = try await Recruiting { $0.switches.assigneesMustExist = false }
        let put = [("x-restli-method", "batch_update")]

        let acls =
            "/v2/atsEntityAcls?ids[0].atsEntityAclId=eng&ids[0].dataProvider=ATS&ids[0].integrationContext=urn:li:organization:1000&ids[0].atsEntityType=JOB_POSTING&ids[0].atsEntityId=REQ-77"
        for status in [201, 204] as [Int64] {
            let answer = try await desk.send(
                "PUT", acls, Permissions.body(acl), headers: put)
            #expect(try answer.json["results"]?.object?.map { $0.1["status"]?.int } == [status], "\(answer.text)")
        }
        let found = try await desk.send(
            "GET",
            "/v2/atsEntityAcls?q=criteria&integrationContext=urn:li:organization:1000&dataProvider=ATS&atsEntityType=JOB_POSTING&atsEntityId=REQ-77&start=0&count=100"
        )
        let element: JSONValue = [
            "atsEntityAclId": "eng", "dataProvider": "ATS", "integrationContext": "urn:li:organization:1000",
            "atsEntityType": "JOB_POSTING", "atsEntityId": "REQ-77",
        ]
        #expect(try found.json["elements"]?.array == [element], "\(found.text)")
        let fields = try await desk.send(
            "GET",
            "/v2/atsEntityAcls?q=criteria&integrationContext=urn:li:organization:1000&dataProvider=ATS&atsEntityType=JOB_POSTING&atsEntityId=REQ-77&start=0&count=100&fields=atsEntityId,atsEntityAclId"
        )
        #expect(try fields.json["elements"]?.array == [["atsEntityId": "REQ-77", "atsEntityAclId": "eng"]])
        let gone = try await desk.send(
            "DELETE",
            "/v2/atsEntityAcls?ids[0].atsEntityAclId=eng&ids[0].dataProvider=ATS&ids[0].integrationContext=urn:li:organization:1000&ids[0].atsEntityId=REQ-77&ids[0].atsEntityType=JOB_POSTING"
        )
        #expect(gone.status == 200)
        #expect(try gone.json["results"]?.object?.map { $0.1["status"]?.int } == [204], "\(gone.text)")

        let people =
            "/v2/atsEntityAclAssignees?ids[0].atsEntityAclId=eng&ids[0].integrationContext=urn:li:organization:1000&ids[0].dataProvider=ATS&ids[0].assignee=urn:li:person:abc&ids[0].atsEntityType=JOB_POSTING"
        let added = try await desk.send(
            "PUT", people, Permissions.body(assignee), headers: put)
        #expect(try added.json["results"]?.object?.map { $0.1["status"]?.int } == [201], "\(added.text)")
        let list = try await desk.send(
            "GET",
            "/v2/atsEntityAclAssignees?q=criteria&assignee=urn:li:person:abc&dataProvider=ATS&integrationContext=urn:li:organization:1000"
        )
        #expect(try list.json["elements"]?[0]?["atsEntityAclId"] == "eng", "\(list.text)")
        #expect(try list.json["elements"]?[0]?["atsEntityType"] == "JOB_POSTING")
        let removed = try await desk.send(
            "DELETE",
            "/v2/atsEntityAclAssignees?ids[0].atsEntityAclId=eng&ids[0].dataProvider=ATS&ids[0].integrationContext=urn:li:organization:1000&ids[0].assignee=urn:li:person:abc&ids[0].atsEntityType=JOB_POSTING"
        )
        #expect(try removed.json["results"]?.object?.map { $0.1["status"]?.int } == [204], "\(removed.text)")
    }

    @Test func `sync-acls shows the call through the tunnel, in two parts`() async throws {
        let desk = try await Recruiting()
        let query =
            "ids[0].atsEntityAclId=eng&ids[0].dataProvider=ATS&ids[0].integrationContext=urn:li:organization:1000&ids[0].atsEntityType=JOB_POSTING&ids[0].atsEntityId=REQ-77"
        let body =
            "--xyz\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n\(query)\r\n--xyz\r\nContent-Type: application/json\r\n\r\n{\"entities\":{\"\(acl)\":{}}}\r\n--xyz--\r\n"
        let answer = try await desk.world.sandbox.respond(
            to: SandboxRequest(
                "POST", "/v2/atsEntityAcls",
                headers: [
                    ("Authorization", "Bearer \(desk.customer.token)"), ("X-HTTP-Method-Override", "PUT"),
                    ("x-restli-method", "batch_update"), ("Content-Type", "multipart/mixed; boundary=xyz"),
                ], body: Array(body.utf8)))
        #expect(try answer.json["results"]?.object?.map { $0.1["status"]?.int } == [201], "\(answer.text)")
    }

    @Test func `the versioned names mean the same records, with or without dataProvider, in both syntaxes`()
        async throws
    {
        let desk = try await Recruiting()
        let person = try await desk.person(desk.member)
        let escaped = person.replacing(":", with: "%3A")
        let version = [("LinkedIn-Version", "202603")]
        let two = version + [("X-RestLi-Protocol-Version", "2.0.0")]
        let context = "integrationContext:urn%3Ali%3Aorganization%3A1000"
        for (resource, key) in [
            ("entityAcls", "(entityAclId:eng,\(context),entityType:JOB_REQUISITION,entityId:REQ-1)"),
            ("entityAcls", "(entityAclId:ops,dataProvider:ATS,\(context),entityType:JOB_POSTING,entityId:REQ-1)"),
            ("entityAclAssignees", "(entityAclId:eng,\(context),entityType:JOB_POSTING,assignee:\(escaped))"),
        ] {
            let answer = try await desk.send(
                "PUT", "/rest/\(resource)?ids=List(\(key))",
                Permissions.body("($params:()," + key.dropFirst()),
                headers: two + [("x-restli-method", "batch_update")])
            #expect(try answer.json["results"]?.object?.map { $0.1["status"]?.int } == [201], "\(answer.text)")
        }
        let rest = try await desk.send(
            "GET",
            "/rest/entityAcls?q=criteria&integrationContext=urn:li:organization:1000&entityType=JOB_REQUISITION&entityId=REQ-1",
            headers: version)
        #expect(
            try rest.json["elements"]?[0] == [
                "entityAclId": "eng", "integrationContext": "urn:li:organization:1000",
                "entityType": "JOB_REQUISITION", "entityId": "REQ-1",
            ], "\(rest.text)")
        #expect(try rest.json["elements"]?.array?.count == 2)
        let v2 = try await desk.send(
            "GET", "/v2/atsEntityAcls?q=criteria&integrationContext=urn:li:organization:1000&dataProvider=ATS&count=1")
        #expect(try v2.json["elements"]?[0]?["atsEntityType"] == "JOB_POSTING")
        #expect(try v2.json["paging"]?["total"]?.int == 2)
        #expect(try v2.json["paging"]?["links"]?[0]?["rel"] == "next")
        try await desk.sync(jobs: ["REQ-1"])
        #expect(try await desk.jobs() == [])
        try await Permissions(desk).assign(try await desk.personOfSeat(desk.seat), "ops")
        #expect(try await desk.jobs() == ["REQ-1"])
    }

    @Test func `a user is in ten ACLs at most; writing one of them again is no eleventh`() async throws {
        let desk = try await Recruiting()
        let person = try await desk.person(desk.member)
        let permissions = Permissions(desk)
        for group in 0..<10 { #expect(try await permissions.assign(person, "G\(group)") == 201) }
        #expect(try await permissions.assign(person, "G10") == 422)
        #expect(try await permissions.assign(person, "G3") == 204)
        #expect(try await permissions.unassign(person, "G3") == 204)
        #expect(try await permissions.assign(person, "G10") == 201)
        // Another customer's ACLs count for themselves.
        #expect(try await permissions.secure("REQ-1", "G10") == 201)
    }

    @Test func `an unknown key is a 404 of its own when it is deleted, and its neighbours are done`() async throws {
        let desk = try await Recruiting()
        let permissions = Permissions(desk)
        #expect(try await permissions.unsecure("REQ-1", "eng") == 404)
        #expect(try await permissions.unassign("urn:li:person:nobody", "eng") == 404)
        try await permissions.secure("REQ-1", "eng")
        let keys = ["eng", "ops"].enumerated().map { index, group in
            "ids[\(index)].atsEntityAclId=\(group)&ids[\(index)].dataProvider=ATS&ids[\(index)].integrationContext=\(desk.context)&ids[\(index)].atsEntityType=JOB_POSTING&ids[\(index)].atsEntityId=REQ-1"
        }
        let answer = try await desk.send("DELETE", "/v2/atsEntityAcls?" + keys.joined(separator: "&"))
        #expect(try answer.json["results"]?.object?.count == 1 && answer.json["errors"]?.object?.count == 1)
    }

    @Test func `what no member is cannot be assigned; whole requests fail for a wrong key or customer`() async throws {
        let desk = try await Recruiting()
        let permissions = Permissions(desk)
        #expect(try await permissions.assign("urn:li:person:abc", "eng") == 422)
        #expect(try await permissions.assign("urn:li:organization:1000", "eng") == 422)
        let body: JSONValue = Permissions.body(acl)
        func status(_ query: String) async throws -> Int {
            try await desk.send("PUT", "/v2/atsEntityAcls?" + query, body).status
        }
        let good =
            "ids[0].atsEntityAclId=eng&ids[0].dataProvider=ATS&ids[0].integrationContext=urn:li:organization:1000&ids[0].atsEntityType=JOB_POSTING&ids[0].atsEntityId=REQ-77"
        #expect(try await status(good) == 200)
        #expect(try await status(good.replacing("ATS&", with: "CRM&")) == 400)
        let foreign = good.replacing("1000", with: "2000")
        let answer = try await desk.send(
            "PUT", "/v2/atsEntityAcls?" + foreign,
            Permissions.body(acl.replacing("1000", with: "2000")))
        #expect(answer.status == 403)
        #expect(try await desk.send("GET", "/v2/atsEntityAcls?q=criteria&dataProvider=ATS").status == 400)
        #expect(try await desk.send("GET", "/v2/atsEntityAcls").status >= 400)
    }

    @Test func `a hundred and one keys are too many`() async throws {
        let desk = try await Recruiting()
        let keys = (0...100).map {
            "ids[\($0)].atsEntityAclId=g\($0)&ids[\($0)].dataProvider=ATS&ids[\($0)].integrationContext=\(desk.context)&ids[\($0)].atsEntityType=JOB_POSTING&ids[\($0)].atsEntityId=R"
        }
        let form = keys.joined(separator: "&")
        let answer = try await desk.world.sandbox.respond(
            to: SandboxRequest(
                "POST", "/v2/atsEntityAcls",
                headers: [
                    ("Authorization", "Bearer \(desk.customer.token)"), ("X-HTTP-Method-Override", "DELETE"),
                    ("Content-Type", "application/x-www-form-urlencoded"),
                ], body: Array(form.utf8)))
        #expect(answer.status == 400 && answer.text.contains("100"), "\(answer.text)")
    }

    @Test func `the state counts and pages through ACLs and assignees`() async throws {
        let desk = try await Recruiting()
        let permissions = Permissions(desk)
        for index in 0..<7 { try await permissions.secure("REQ-\(index)", "eng") }
        try await permissions.assign(try await desk.person(desk.member), "eng")
        let counts = try await desk.world.control("GET", "state?organization=1000")["counts"]
        #expect(counts?["entityACLs"] == 7 && counts?["aclAssignees"] == 1)
        var seen: [String] = []
        var cursor = ""
        repeat {
            let page = try await desk.world.control(
                "GET", "state?organization=1000&resource=entityACLs&limit=3\(cursor)")
            seen += page["entities"]?.array?.compactMap { $0["job"]?.string } ?? []
            cursor = page["next"]?.string.map { "&after=" + $0 } ?? ""
        } while !cursor.isEmpty
        #expect(seen == (0..<7).map { "REQ-\($0)" })
        let people = try await desk.world.control("GET", "state?organization=1000&resource=aclAssignees")
        #expect(people["entities"]?[0]?["id"] == "eng")
    }
}

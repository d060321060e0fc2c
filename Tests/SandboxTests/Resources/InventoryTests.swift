// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import RestLi
import Testing

@testable import Sandbox

/// Every request of LinkedIn's own collection for Modules 1 and 2 (protocol reference modules-1-2, section 8), in
/// both key syntaxes. Numbers 1 and 30 are the two tokens that every test here has got; 31 needs a member's token.
@Suite struct InventoryTests {
    @Test(arguments: Syntax.both) func `2 to 5: provisioning`(syntax: Syntax) async throws {
        let side = try await FarSide()
        let made = try await side.send(
            "POST", "/v2/provisionedApplications",
            [
                "uniqueForeignId": "acme", "name": "ATS - Acme", "description": "Acme",
                "validJsSdkDomains": ["https://ats.example.com"],
            ],
            headers: syntax.headers, asParent: true)
        #expect(made.status == 201)
        let urn = try #require(made.json["key"]?.string)
        #expect(urn.hasPrefix("urn:li:developerApplication:"))
        let clientID = try #require(made.json["credentials"]?["client_id"]?.string)
        #expect(made.json["credentials"]?["client_secret"]?.string?.isEmpty == false)

        let segment = KeyCodec.encode(.simple(urn), in: .path, syntax.version)
        for patch: JSONValue in [
            ["validJsSdkDomains": ["https://other.example.com", "http://localhost:5000"]],
            ["oauth2AuthorizedCallbackUrls": ["https://ats.example.com/callback"]], ["name": "ATS - Acme Inc."],
        ] {
            let answer = try await side.send(
                "POST", "/v2/provisionedApplications/\(segment)", ["patch": ["$set": patch]], headers: syntax.headers,
                asParent: true)
            #expect(answer.status == 204)
            #expect(answer.json == .null)
        }
        let found = try await side.send(
            "GET", "/v2/provisionedApplications?q=credentialsByUniqueForeignId&uniqueForeignId=acme",
            headers: syntax.headers, asParent: true)
        let element = try #require(found.json["elements"]?[0])
        #expect(element["key"]?.string == urn)
        #expect(element["credentials"] == ["client_id": .string(clientID)])
        #expect(element["validJsSdkDomains"] == ["https://other.example.com", "http://localhost:5000"])
        #expect(element["oauth2AuthorizedCallbackUrls"] == ["https://ats.example.com/callback"])
        #expect(element["uniqueForeignId"] == "acme")
        #expect(element["name"] == "ATS - Acme Inc.")
    }

    @Test(arguments: Syntax.both) func `6 to 10: integrations are named and read, four in one batch`(syntax: Syntax)
        async throws
    {
        let side = try await FarSide(isEnabled: false)
        try await side.set(.requested)
        let keys = FarSide.integrations().map { Keys.integration($0.type, context: $0.context) }
        for key in keys {
            let answer = try await side.send(
                "POST", "/v2/atsIntegrations?\(syntax.ids([key]))",
                ["entities": .object([syntax.body(key): ["patch": ["$set": ["integrationName": "Globex ATS"]]]])],
                headers: syntax.headers + [("x-restli-method", "batch_partial_update")])
            #expect(answer.status == 200)
            #expect(answer.json == ["results": .object([syntax.answer(key): ["status": 204]]), "errors": [:]])
        }
        let read = try await side.send("GET", "/v2/atsIntegrations?\(syntax.ids(keys))", headers: syntax.headers)
        #expect(read.json["statuses"] == [:])
        #expect(read.json["errors"] == [:])
        for key in keys {
            let entity = read.json["results"]?[syntax.answer(key)]
            #expect(entity?["integrationName"] == "Globex ATS")
            #expect(entity?["onboardingStatus"] == "REQUESTED")
            #expect(entity?["dataProvider"] == "ATS")
        }
    }

    @Test(arguments: Syntax.both) func `11 to 16: configurations are set, deleted and read`(syntax: Syntax) async throws
    {
        let side = try await FarSide()
        let export = "/v2/atsIntegrations/\(syntax.path(Keys.integration("ONE_CLICK_EXPORT")))/configurations"
        let indicator = "/v2/atsIntegrations/\(syntax.path(Keys.integration("IN_ATS_INDICATOR")))/configurations"
        let put = syntax.headers + [("x-restli-method", "batch_update")]
        for (path, key, value) in [
            (export, "CALLBACK_URL", "https://ats.example.com/li/globex"),
            (export, "JOB_POSTING_VIEWERS", "ALL_PRODUCT_USERS"),
            (indicator, "APPLICATION_VIEWERS", "ALL_PRODUCT_USERS"),
        ] {
            let answer = try await side.send(
                "PUT", "\(path)?\(syntax.ids([key]))",
                ["entities": .object([key: ["configurationValue": ["string": .string(value)]]])], headers: put)
            #expect(answer.json == ["results": .object([key: ["status": 204]]), "errors": [:]])
        }
        for (path, key) in [(export, "JOB_POSTING_VIEWERS"), (indicator, "APPLICATION_VIEWERS")] {
            let answer = try await side.send("DELETE", "\(path)?\(syntax.ids([key]))", headers: syntax.headers)
            #expect(answer.status(of: key) == 204)
        }
        let read = try await side.send("GET", "\(export)?\(syntax.ids(["CALLBACK_URL"]))", headers: syntax.headers)
        #expect(
            read.json == [
                "results": ["CALLBACK_URL": ["configurationValue": ["string": "https://ats.example.com/li/globex"]]],
                "statuses": [:],
                "errors": [:],
            ])
    }

    @Test func `17: the request behind a status change`() async throws {
        let side = try await FarSide()
        let id = try #require(FarSide.integrations().first)
        let request = try await side.sandbox.core.pushes.integrationStatusChanged(
            id, application: side.application.number, url: nil)
        let found = try await side.send("GET", "/v2/atsIntegrations?q=request&requestId=\(request)")
        #expect(found.status == 200)
        #expect(found.json["elements"]?[0]?["integrationType"]?.string == id.type)
        #expect(found.json["elements"]?[0]?["onboardingStatus"] == "ENABLED")
        #expect(try await side.send("GET", "/v2/atsIntegrations?q=request&requestId=1").status == 404)
    }

    @Test(arguments: Syntax.both, [("PUBLIC", "SUCCEEDED"), ("PRIVATE_TO_ATS_INTEGRATION", "PROCESSED")])
    func `18 to 21: jobs and their tasks`(syntax: Syntax, ends: (availability: String, status: String)) async throws {
        let side = try await FarSide()
        let posted = try await side.send(
            "POST", "/v2/simpleJobPostings",
            ["elements": [Sample.job.with(["availability": .string(ends.availability)])]],
            headers: syntax.headers + [("x-restli-method", "batch_create")])
        #expect(posted.status == 200)
        let element = try #require(posted.json["elements"]?[0])
        let urn = try #require(element["id"]?.string)
        #expect(element["status"] == 202)
        #expect(element["location"]?.string == "/simpleJobPostings/" + urn.replacing(":", with: "%3A"))

        let path = "/v2/simpleJobPostingTasks?\(syntax.ids([urn]))"
        let early = try await side.send("GET", path, headers: syntax.headers)
        #expect(
            early.json["results"]?[urn] == [
                "id": .string(urn), "status": "IN_PROGRESS", "externalJobPostingId": "REQ-1",
            ])
        try await side.sandbox.advance(by: .seconds(6))
        let late = try await side.send("GET", path, headers: syntax.headers)
        #expect(late.json["results"]?[urn]?["status"]?.string == ends.status)
        #expect(late.json["results"]?[urn]?["jobPosting"]?.string?.hasPrefix("urn:li:jobPosting:") == true)
        #expect(late.json["statuses"] == [:])
    }

    @Test(arguments: Syntax.both) func `22 to 25: candidates, their match, and their notes`(syntax: Syntax) async throws
    {
        let side = try await FarSide()
        let key = Keys.candidate("C-1")
        let put = syntax.headers + [("x-restli-method", "batch_update")]
        let written = try await side.send(
            "PUT", "/v2/atsCandidates?\(syntax.ids([key]))",
            ["entities": .object([syntax.body(key): Sample.candidate])], headers: put)
        #expect(written.json == ["results": .object([syntax.answer(key): ["status": 204]]), "errors": [:]])
        let read = try await side.send("GET", "/v2/atsCandidates?\(syntax.ids([key]))", headers: syntax.headers)
        #expect(read.json["results"]?[syntax.answer(key)] == Sample.candidate)

        let linked = try await side.send(
            "POST", "/v2/atsCandidates?\(syntax.ids([key]))",
            [
                "entities": .object([
                    syntax.body(key): ["patch": ["$set": ["manualMatchedMember": "urn:li:person:Ab3dEf"]]]
                ])
            ],
            headers: syntax.headers + [("x-restli-method", "batch_partial_update")])
        #expect(linked.status(of: syntax.answer(key)) == 204)
        let match = try await side.send(
            "GET", "/v2/atsCandidates?\(syntax.ids([key]))&fields=matchedMembers,manualMatchedMember",
            headers: syntax.headers)
        #expect(match.json["results"]?[syntax.answer(key)] == ["manualMatchedMember": "urn:li:person:Ab3dEf"])

        let notes = try await side.send(
            "PUT", "/v2/atsCandidates/\(syntax.path(key))/notes?\(syntax.ids(["N-1", "N-2"]))",
            ["entities": ["N-1": Sample.note, "N-2": [:]]], headers: put)
        #expect(notes.json == ["results": ["N-1": ["status": 204], "N-2": ["status": 204]], "errors": [:]])
    }

    @Test(arguments: Syntax.both) func `26 to 29: applications, notes, feedback and stages`(syntax: Syntax) async throws
    {
        let side = try await FarSide()
        let key = Keys.application("A-1")
        let put = syntax.headers + [("x-restli-method", "batch_update")]
        let written = try await side.send(
            "PUT", "/v2/atsApplications?\(syntax.ids([key]))",
            ["entities": .object([syntax.body(key): Sample.application])], headers: put)
        #expect(written.json == ["results": .object([syntax.answer(key): ["status": 204]]), "errors": [:]])
        let path = "/v2/atsApplications/\(syntax.path(key))"
        for (resource, ids, body, headers) in [
            ("notes", ["N-1"], Sample.note, put),
            // The collection leaves the header out here.
            ("interviewFeedback", ["F-1"], Sample.feedback, syntax.headers),
            ("stages", ["S-1", "S-2", "S-3"], Sample.stage, put),
        ] {
            let entities = JSONObject(ids.map { ($0, body) })
            let answer = try await side.send(
                "PUT", "\(path)/\(resource)?\(syntax.ids(ids))", ["entities": .object(entities)], headers: headers)
            #expect(answer.json == ["results": .object(JSONObject(ids.map { ($0, ["status": 204]) })), "errors": [:]])
            let read = try await side.send("GET", "\(path)/\(resource)?\(syntax.ids(ids))", headers: syntax.headers)
            #expect(read.json["results"] == .object(entities))
        }
    }
}

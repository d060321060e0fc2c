// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import LinkedInClient
import RestLi
import Testing

/// Jobs, integrations and provisioning.
@Suite struct ResourceTests {
    static let names = BatchTests.names

    @Test func `jobs come back as tasks or refusals, in order`() async throws {
        let body =
            #"{"elements":[{"id":"urn:li:simpleJobPostingTask:1","status":202,"location":"/x"},{"status":422,"error":{"status":422,"message":"bad\n"}}]}"#
        let far = ScriptedTransport([ScriptedTransport.json(200, body)])
        let answers = try await far.client().createJobs([#"{"a":1}"#, "{}", "{}"].map { Array($0.utf8) })
        #expect(answers.map(\.task) == ["urn:li:simpleJobPostingTask:1", nil, nil])
        #expect(answers.map(\.result.code) == [.accepted, .rejected, .missing] && answers[1].result.message == "bad\n")
        let call = far.calls[0]
        #expect(call.method == "POST" && call.url == "https://far.example/v2/simpleJobPostings")
        #expect(
            call.header("X-RestLi-Method") == "batch_create"
                && call.body == Array(#"{"elements":[{"a":1},{},{}]}"#.utf8))
    }

    @Test func `tasks are read whatever became of them`() async throws {
        let body = """
            {"results":{"urn:li:simpleJobPostingTask:1":{"id":"x","status":"SUCCEEDED","jobPosting":"urn:li:jobPosting:9"},
             "urn%3Ali%3AsimpleJobPostingTask%3A2":{"status":"NEW_WORD"},"urn:li:simpleJobPostingTask:sibling":{"status":"FAILED"}},
             "errors":{"urn:li:simpleJobPostingTask:3":{"status":404},"urn:li:simpleJobPostingTask:4":{"status":500}}}
            """
        let far = ScriptedTransport([ScriptedTransport.json(200, body)])
        let ids = (1...5).map { "urn:li:simpleJobPostingTask:\($0)" }
        let readings = try await far.client().jobTasks(ids)
        guard case .task(let first)? = readings[ids[0]], case .task(let second)? = readings[ids[1]] else {
            Issue.record("tasks not read")
            return
        }
        #expect(first.isSuccess && second.status.rawValue == "NEW_WORD" && !second.isFinished)
        #expect(
            readings[ids[2]] == .unknown && readings[ids[3]] == .failed(ErrorBody(status: 500))
                && readings[ids[4]] == nil)
        #expect(readings["urn:li:simpleJobPostingTask:sibling"] != nil)
    }

    @Test func `an integration is read, named and configured as documented`() async throws {
        let key = Self.names.integration("ONE_CLICK_EXPORT")
        let spelled =
            "integrationContext=urn:li:organization:1000&integrationType=ONE_CLICK_EXPORT&tenantType=RECRUITER&dataProvider=ATS"
        let far = ScriptedTransport([
            ScriptedTransport.json(
                200,
                #"{"results":{"\#(spelled)":{"onboardingStatus":"REQUESTED","integrationName":"N"}},"statuses":{},"errors":{}}"#
            ),
            ScriptedTransport.acceptAll, ScriptedTransport.acceptAll,
            ScriptedTransport.json(
                200,
                #"{"results":{"CALLBACK_URL":{"configurationValue":{"string":"https://a.example"}}},"errors":{"X":{"status":404}}}"#
            ),
            ScriptedTransport.json(
                200,
                #"{"elements":[{"integrationContext":"urn:li:organization:1000","integrationType":"X","status":"ENABLED"}]}"#
            ),
        ])
        let client = far.client()
        let integrations = try await client.integrations([key, Self.names.integration("PROFILE_PLUGIN")])
        #expect(integrations.map(\.type) == ["ONE_CLICK_EXPORT"] && integrations[0].status?.rawValue == "REQUESTED")
        #expect(try await client.setIntegrationName(key, "Acme").code == .accepted)
        #expect(
            String(decoding: far.calls[1].body, as: UTF8.self).hasSuffix(
                #":{"patch":{"$set":{"integrationName":"Acme"}}}}}"#))
        #expect(far.calls[1].method == "POST" && far.calls[1].header("X-RestLi-Method") == "batch_partial_update")
        let set = try await client.setConfigurations(key, [("CALLBACK_URL", "https://a.example")])
        #expect(set.map(\.code) == [.accepted])
        #expect(
            far.calls[2].url
                == "https://far.example/v2/atsIntegrations/dataProvider=ATS&integrationContext=urn%3Ali%3Aorganization%3A1000"
                + "&integrationType=ONE_CLICK_EXPORT&tenantType=RECRUITER/configurations?ids=CALLBACK_URL")
        #expect(
            far.calls[2].body
                == Array(#"{"entities":{"CALLBACK_URL":{"configurationValue":{"string":"https://a.example"}}}}"#.utf8))
        #expect(try await client.configurations(key, ["CALLBACK_URL", "X"]) == ["CALLBACK_URL": "https://a.example"])
        #expect(try await client.integrations(requestID: "r 1").map(\.isEnabled) == [true])
        #expect(far.calls[4].url == "https://far.example/v2/atsIntegrations?q=request&requestId=r%201")
    }

    @Test func `a child application is made, found, changed and given a second secret`() async throws {
        let created = #"{"key":"urn:li:developerApplication:7","credentials":{"client_id":"c","client_secret":"s"}}"#
        let far = ScriptedTransport([
            ScriptedTransport.json(201, created), ScriptedTransport.json(200, #"{"elements":[\#(created)]}"#),
            ScriptedTransport.json(204, ""),
            ScriptedTransport.json(200, #"{"value":{"client_secret":"new"}}"#),
            ScriptedTransport.json(409, #"{"status":409}"#),
            ScriptedTransport.json(200, "{}"),
        ])
        let client = far.client()
        let draft = LinkedInClient.ApplicationDraft(
            uniqueForeignID: "acme & co", name: "ATS - Acme", description: "d", scriptDomains: ["https://a.example"])
        let application = try await client.provision(draft)
        #expect(application.clientID == "c" && application.clientSecret == "s")
        #expect(
            try JSONValue(parsing: far.calls[0].body) == [
                "uniqueForeignId": "acme & co", "name": "ATS - Acme", "description": "d",
                "validJsSdkDomains": ["https://a.example"],
            ])
        #expect(try await client.applications(uniqueForeignID: "acme & co").map(\.key) == [application.key])
        #expect(
            far.calls[1].url.hasSuffix(
                "/v2/provisionedApplications?q=credentialsByUniqueForeignId&uniqueForeignId=acme%20%26%20co"))
        try await client.updateApplication(application.key, callbackURLs: ["https://a.example/cb"])
        #expect(far.calls[2].url.hasSuffix("/v2/provisionedApplications/urn%3Ali%3AdeveloperApplication%3A7"))
        #expect(
            far.calls[2].body
                == Array(#"{"patch":{"$set":{"oauth2AuthorizedCallbackUrls":["https://a.example/cb"]}}}"#.utf8))
        #expect(try await client.rollSecret(child: application.key) == "new")
        #expect(far.calls[3].url.hasSuffix("/v2/developerApplicationsSecurity?action=rollDeveloperApplicationSecret"))
        #expect(
            far.calls[3].header("X-RestLi-Method") == "action"
                && far.calls[3].header("X-RestLi-Protocol-Version") == "2.0.0")
        await #expect { try await client.provision(draft) } throws: { ($0 as? LinkedInError)?.code == .conflict }
        await #expect { try await client.provision(draft) } throws: { ($0 as? LinkedInError)?.code == .unreadable }
    }
}

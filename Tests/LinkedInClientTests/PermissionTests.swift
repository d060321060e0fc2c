// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import LinkedInClient
import RestLi
import Testing

/// LinkedIn's permission resources, and the member's sign-in, to the letter.
@Suite struct PermissionTests {
    @Test func `a job's group is the documented request`() async throws {
        let far = ScriptedTransport([
            ScriptedTransport.acceptAll, ScriptedTransport.json(200, #"{"results":{},"errors":{}}"#),
        ])
        let names = RecordNames(surface: .v2, context: "urn:li:organization:1000")
        let key = names.key(.entityACLs, id: "eng", owner: "REQ-77")
        let results = try await far.client().put(.entityACLs, items: [.init(key: key, body: Array("{}".utf8))])
        #expect(results.map(\.code) == [.accepted])
        let body = try #require(try JSONValue(parsing: far.calls[0].body)["entities"]?.object)
        #expect(body.keys.count == 1 && body.keys.allSatisfy { body[$0] == [:] })
        #expect(
            Set(body.keys.first!.split(separator: "&").map(String.init)) == [
                "dataProvider=ATS", "integrationContext=urn:li:organization:1000", "atsEntityType=JOB_POSTING",
                "atsEntityId=REQ-77", "atsEntityAclId=eng",
            ])
        _ = try await far.client().delete(.entityACLs, keys: [key])
        let call = far.calls[1]
        #expect(call.method == "DELETE" && call.header("x-restli-method") == nil)
        #expect(call.url.hasPrefix("https://far.example/v2/atsEntityAcls?"))
        for part in ["atsEntityAclId=eng", "atsEntityId=REQ-77", "atsEntityType=JOB_POSTING", "dataProvider=ATS"] {
            #expect(call.url.contains("ids%5B0%5D.\(part)"), "\(part)")
        }
    }

    @Test func `a group's member names no job, on either surface`() async throws {
        let v2 = RecordNames(surface: .v2, context: "urn:li:organization:1000")
        #expect(
            v2.key(.aclAssignees, id: "urn:li:person:abc", owner: "eng")
                == .parts([
                    "atsEntityAclId": "eng", "dataProvider": "ATS", "integrationContext": "urn:li:organization:1000",
                    "atsEntityType": "JOB_POSTING", "assignee": "urn:li:person:abc",
                ]))
        let rest = RecordNames(surface: .rest(version: "202603"), context: "urn:li:organization:1000")
        #expect(
            rest.key(.aclAssignees, id: "urn:li:person:abc", owner: "eng")
                == .parts([
                    "entityAclId": "eng", "integrationContext": "urn:li:organization:1000", "entityType": "JOB_POSTING",
                    "assignee": "urn:li:person:abc",
                ]))
        let far = ScriptedTransport([ScriptedTransport.acceptAll])
        let item = LinkedInClient.Item(
            key: rest.key(.entityACLs, id: "eng", owner: "REQ-77"), body: Array("{}".utf8))
        _ = try await far.client(.rest(version: "202603")).put(.entityACLs, items: [item])
        #expect(far.calls[0].url.hasPrefix("https://far.example/rest/entityAcls?ids=List("))
        #expect(far.calls[0].header("LinkedIn-Version") == "202603")
    }

    private func authorization(_ far: ScriptedTransport, scope: String = MemberAuthorization.documentedScope)
        -> MemberAuthorization
    {
        MemberAuthorization(
            hosts: .init(both: "https://far.example/"),
            credentials: TokenRequest(clientID: "id", clientSecret: "se+cr/et="), scope: scope, transport: far,
            nowMillis: { 1_700_000_000_000 })
    }

    @Test func `the address of LinkedIn's page is the documented one`() {
        let authorization = authorization(ScriptedTransport([]))
        #expect(
            authorization.address(redirect: "https://connect.example.com/oauth/linkedin/callback", state: "acme.x/y")
                == "https://far.example/oauth/v2/authorization?response_type=code&client_id=id"
                + "&redirect_uri=https%3A%2F%2Fconnect.example.com%2Foauth%2Flinkedin%2Fcallback&state=acme.x%2Fy&scope=r_liteprofile"
        )
        #expect(
            authorization.address(redirect: "r", state: "s", challenge: "c").hasSuffix(
                "&code_challenge=c&code_challenge_method=S256"))
    }

    @Test func `a code becomes a person by way of a token that is used once`() async throws {
        let far = ScriptedTransport([ScriptedTransport.json(200, #"{"id":"yrZCpj2Z12"}"#)])
        let person = try await authorization(far).person(code: "AQT/x", redirect: "https://c.example/cb", verifier: "v")
        #expect(person.description == "urn:li:person:yrZCpj2Z12")
        #expect(far.calls[0].url == "https://far.example/v2/me?fields=id")
        #expect(far.calls[0].header("authorization") == "Bearer token-1")
    }

    @Test func `OpenID's answer names the member elsewhere`() async throws {
        let far = ScriptedTransport([ScriptedTransport.json(200, #"{"sub":"yrZ","name":"Rita"}"#)])
        let person = try await authorization(far, scope: "openid profile").person(code: "c", redirect: "r")
        #expect(person.description == "urn:li:person:yrZ")
        #expect(far.calls[0].url == "https://far.example/v2/userinfo")
    }

    @Test(arguments: [
        (401, "{}", LinkedInError.Code.tokenInvalid), (200, "{}", .unreadable), (200, #"{"id":"a b"}"#, .unreadable),
    ])
    func `an answer without a member is an error`(status: Int, body: String, code: LinkedInError.Code) async throws {
        let far = ScriptedTransport([ScriptedTransport.json(status, body)])
        let error = await #expect(throws: LinkedInError.self) {
            _ = try await authorization(far).person(code: "secret-code", redirect: "r")
        }
        #expect(error?.code == code)
        #expect(error.map { !"\($0)".contains("secret") } == true)
    }
}

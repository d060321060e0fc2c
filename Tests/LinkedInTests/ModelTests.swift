// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import RestLi
import Testing

@Suite struct ModelTests {
    private func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

    @Test func `a created child application comes with its secret`() throws {
        let text = """
            {"key":"urn:li:developerApplication:700123",
            "credentials":{"client_id":"78exampleid","client_secret":"example-secret"}}
            """
        let application = try #require(ProvisionedApplication(json: json(text)))
        #expect(application.key.number == 700123)
        #expect(application.clientID == "78exampleid")
        #expect(application.clientSecret == "example-secret")
        #expect(application.scriptDomains == [])
    }

    @Test func `an integration's status is read under either name and kept verbatim`() throws {
        let key: KeyParts = [
            "integrationContext": "urn:li:organization:1", "integrationType": "ONE_CLICK_EXPORT",
            "tenantType": "RECRUITER",
        ]
        let enabled = try #require(
            Integration(json: json(#"{"onboardingStatus":"ENABLED","integrationName":"N"}"#), key: key))
        #expect(enabled.isEnabled)
        #expect(enabled.knownType == .oneClickExport)
        #expect(try Integration(json: json(#"{"status":"ENABLED"}"#), key: key)?.isEnabled == true)
        let odd = try #require(Integration(json: json(#"{"onboardingStatus":"PARTNER_READY"}"#), key: key))
        #expect(odd.status?.rawValue == "PARTNER_READY")
        #expect(!odd.isEnabled)
        #expect(try Integration(json: json("{}")) == nil)
    }

    @Test(arguments: [
        (#"{"status":"IN_PROGRESS"}"#, false, false), (#"{"status":"SUCCEEDED"}"#, true, true),
        (#"{"status":"FAILED","errorMessage":"x"}"#, true, false), (#"{"status":"PROCESSED"}"#, true, true),
        (#"{"status":"PROCESSED","errorMessage":"x"}"#, true, false), (#"{"status":"NEW_WORD"}"#, false, false),
    ])
    func `a task's status tells whether to go on polling`(text: String, finished: Bool, success: Bool) throws {
        let task = try #require(JobTask(json: json(text), id: "urn:li:simpleJobPostingTask:1"))
        #expect(task.isFinished == finished)
        #expect(task.isSuccess == success)
    }

    @Test func `a manual match goes before LinkedIn's own`() throws {
        let text = #"{"matchedMembers":["urn:li:person:A","urn:li:person:B"],"manualMatchedMember":"urn:li:person:C"}"#
        let match = try CandidateMatch(json: json(text))
        #expect(match.matched.map(\.id) == ["A", "B"])
        #expect(match.best?.id == "C")
        #expect(try CandidateMatch(json: json(#"{"matchedMembers":"urn:li:person:A"}"#)).best?.id == "A")
        #expect(try CandidateMatch(json: json("{}")).isEmpty)
    }
}

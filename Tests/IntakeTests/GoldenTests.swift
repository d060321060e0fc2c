// SPDX-License-Identifier: Apache-2.0

import Domain
import Intake
import JSONBytes
import Testing

@Suite struct GoldenTests {
    private let desk = Desk()

    @Test func `a candidate with every field`() {
        let checked = desk.line(Samples.candidate)
        #expect(checked.complaints == [])
        #expect(
            checked.body == #"{"addresses":[{"line1":"12 Main Street","city":"Austin","geographicArea":"TX","#
                + #""geographicAreaType":"STATE","postalCode":"78701","country":"us"}],"atsCreatedAt":1709285400000,"#
                + #""atsLastModifiedAt":1714640400000,"currentCompanyName":"Analytical Engines","#
                + #""currentJobTitle":"Programmer","doNotContact":false,"#
                + #""emailAddresses":["ada@example.org","ada@work.example"],"#
                + #""externalProfileUrl":"https://ats.example.com/c/C-1","firstName":"Ada","lastName":"Lovelace","#
                + #""linkedInProfileUrl":"https://www.linkedin.com/in/ada","#
                + #""manualMatchedMember":"urn:li:person:Ab3dEf","middleInitial":"K","#
                + #""phoneNumbers":[{"number":"+1 512 555 0100"},{"number":"+1 512 555 0101","#
                + #""extension":"42"}],"prefix":"Dr","suffix":"Jr"}"#)
        #expect(checked.record?.key == RecordKey(.candidate, id: "C-1"))
    }

    @Test func `a job with every field`() {
        let checked = desk.line(Samples.job)
        #expect(checked.complaints == [])
        #expect(
            checked.body == #"{"title":"Data Engineer","description":"\#(Samples.text)","location":"Austin, TX","#
                + #""countryCode":"us","postalCode":"78701","state":"LISTED","availability":"PUBLIC","#
                + #""companyApplyUrl":"https://jobs.acme.example/77","listedAt":1706745600000,"accessRestricted":true,"#
                + #""companyJobCode":"ENG-1","requisitionOwnerEmail":"grace@acme.example","#
                + #""requisitionOwnerFirstName":"Grace","requisitionOwnerLastName":"Hopper"}"#)
    }

    @Test func `an application with every field names its job and its candidate`() throws {
        let checked = desk.line(Samples.application)
        #expect(checked.complaints == [])
        #expect(
            checked.body == #"{"atsCandidateId":"C-1","atsCreatedAt":1709373600000,"atsLastModifiedAt":1709999999999,"#
                + #""atsJobPostingId":"REQ-77","atsJobPostingName":"Data Engineer","candidateEmail":"ada@example.org","#
                + #""firstName":"Ada","lastName":"Lovelace","source":"Referral","dispositionReason":"Withdrew","#
                + #""accessRestricted":false}"#)
        let record = try #require(checked.record)
        #expect(record.job == "REQ-77")
        #expect(record.candidate == "C-1")
    }

    @Test(arguments: [
        (
            Samples.candidateNote,
            #"{"atsCreatedAt":1709285400000,"author":{"firstName":"Grace","lastName":"Hopper"},"note":"Called back"}"#,
            RecordKey(.candidateNote, parent: "C-1", id: "N-1")
        ),
        (
            Samples.applicationNote,
            #"{"atsCreatedAt":1709285400000,"author":{"firstName":"Grace","lastName":"Hopper"},"note":"Called back"}"#,
            RecordKey(.applicationNote, parent: "A-1", id: "N-2")
        ),
        (
            Samples.stage, #"{"atsCreatedAt":1709625600000,"stage":"Phone interview"}"#,
            RecordKey(.stage, parent: "A-1", id: "S-1")
        ),
        (
            Samples.feedback,
            #"{"atsCreatedAt":1709737200000,"interviewer":{"firstName":"Grace","lastName":"Hopper"},"#
                + #""evaluations":[{"attribute":"Communication","result":"4/5"}],"feedback":"Clear and quick","#
                + #""interviewType":"PHONE_SCREEN"}"#, RecordKey(.feedback, parent: "A-1", id: "F-1")
        ),
        (Samples.acl, "{}", RecordKey(.acl, parent: "REQ-77", id: "eng-managers")),
        (Samples.assignee, "{}", RecordKey(.assignee, parent: "eng-managers", id: "u-17")),
    ])
    func `a child with every field`(line: JSONValue, body: String, key: RecordKey) {
        let checked = desk.line(line)
        #expect(checked.complaints == [])
        #expect(checked.warnings == [])
        #expect(checked.body == body)
        #expect(checked.record?.key == key)
    }

    @Test func `the hash is the first half of the body's SHA-256`() throws {
        let record = try #require(desk.line(Samples.stage).record)
        // printf '{"atsCreatedAt":1709625600000,"stage":"Phone interview"}' | sha256sum
        #expect(
            record.hash.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                == "32749693734dec23936a7b64a3a1da13")
    }

    @Test func `the order of members and their spelling do not change the bytes`() throws {
        let first = desk.line(
            #"{"type":"stage","applicationId":"A","id":"S","stage":"Offer \u00fc/","createdAt":"2024-03-05"}"#)
        let second = desk.line(
            #"{ "createdAt" : 1709596800000, "name":"Offer ü\/", "stageId":"S","application_id":"A", "type":"stages"}"#
        )
        #expect(try #require(first.record).hash == #require(second.record).hash)
    }
}

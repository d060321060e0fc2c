// SPDX-License-Identifier: Apache-2.0

import Domain
import Intake
import JSONBytes
import Testing

@Suite struct AcceptanceTests {
    private let desk = Desk()
    private let least = #""firstName":"A","lastName":"B","profileUrl":"https://x/1","createdAt":"2024-03-01""#

    @Test func `the least a candidate needs`() {
        let checked = desk.record(.candidate, #"{\#(least),"email":"a@b.c"}"#)
        #expect(checked.complaints == [])
        #expect(
            checked.body == #"{"addresses":[],"atsCreatedAt":1709251200000,"atsLastModifiedAt":1709251200000,"#
                + #""emailAddresses":["a@b.c"],"externalProfileUrl":"https://x/1","firstName":"A","lastName":"B","#
                + #""phoneNumbers":[]}"#
        )
    }

    @Test func `a candidate without e-mail needs a LinkedIn person`() {
        #expect(desk.record(.candidate, "{\(least)}").complaints == ["/email required"])
        #expect(desk.record(.candidate, #"{\#(least),"linkedInPerson":"urn:li:person:X"}"#).complaints == [])
        #expect(desk.record(.candidate, #"{\#(least),"emails":[]}"#).complaints == ["/email required"])
    }

    @Test func `a profile URL template fills the profile URL`() {
        let settings = Intake.Settings(profileURLTemplate: "https://ats.example.com/c/{id}?x", now: { Desk.now })
        let desk = Desk(intake: Intake(settings))
        let checked = desk.record(
            .candidate, id: "C 1/ü", #"{"firstName":"A","lastName":"B","email":"a@b.c","createdAt":"2024-03-01"}"#)
        #expect(checked.complaints == [])
        #expect(checked.body?.contains(#""externalProfileUrl":"https://ats.example.com/c/C%201%2F%C3%BC?x""#) == true)
    }

    @Test func `a job is listed and has the customer's availability when it does not say`() {
        let settings = Intake.Settings(jobAvailability: .public, now: { Desk.now })
        let text =
            #"{"title":"T","description":"\#(Samples.text)","location":"Austin, TX","#
            + #""applyUrl":"http://localhost:5000/jobs","createdAt":"2024-03-01"}"#
        #expect(
            desk.record(.job, text).body?.contains(#""state":"LISTED","availability":"PRIVATE_TO_ATS_INTEGRATION""#)
                == true)
        #expect(Desk(intake: Intake(settings)).record(.job, text).body?.contains(#""availability":"PUBLIC""#) == true)
    }

    @Test func `an application may leave to the sender what its parents know`() {
        let checked = desk.record(.application, #"{"jobId":"J","candidateId":7,"createdAt":"2024-03-01"}"#)
        #expect(checked.complaints == [])
        #expect(
            checked.body
                == #"{"atsCandidateId":"7","atsCreatedAt":1709251200000,"atsLastModifiedAt":1709251200000,"#
                + #""atsJobPostingId":"J"}"#
        )
        #expect(checked.record?.candidate == "7")
    }

    @Test func `the id in the path and in the body must agree`() {
        let stage = #""stage":"Offer","createdAt":"2024-03-01""#
        #expect(
            desk.record(.stage, parent: "A", id: "S", "{\(stage)}").record?.key
                == RecordKey(.stage, parent: "A", id: "S"))
        #expect(
            desk.record(.stage, parent: "A", id: "S", #"{"id":"S","applicationId":"A",\#(stage)}"#).complaints == [])
        #expect(desk.record(.stage, parent: "A", id: "S", #"{"id":"T",\#(stage)}"#).complaints == ["/id mismatch"])
        #expect(
            desk.record(.stage, parent: "A", id: "S", #"{"application_id":"B",\#(stage)}"#).complaints
                == ["/application_id mismatch"])
        #expect(desk.record(.stage, parent: "A", id: "", "{\(stage)}").complaints == ["/id required"])
        #expect(
            desk.record(.stage, parent: "A", id: "S", #"{"type":"job",\#(stage)}"#).complaints == ["/type mismatch"])
        #expect(
            desk.record(.stage, parent: "A", id: "S", #"{"deleted":true,\#(stage)}"#).complaints == [
                "/deleted mismatch"
            ])
    }

    @Test func `the type of a single feedback is the kind of interview`() {
        #expect(desk.record(.feedback, parent: "A", #"{"type":"onsite"}"#).body == #"{"interviewType":"ONSITE"}"#)
        #expect(desk.record(.feedback, parent: "A", #"{"type":"feedback"}"#).complaints == ["/type choice"])
    }

    @Test(arguments: [
        (#"{"type":"candidate","id":"C","deleted":true}"#, RecordKey(.candidate, id: "C")),
        (
            #"{"type":"candidates","id":"C","deleted":true,"email":"nonsense","extra":1}"#,
            RecordKey(.candidate, id: "C")
        ),
        (
            #"{"deleted":true,"id":"N","candidateId":"C","type":"note"}"#,
            RecordKey(.candidateNote, parent: "C", id: "N")
        ),
        (
            #"{"type":"note","deleted":true,"id":1,"applicationId":"A"}"#,
            RecordKey(.applicationNote, parent: "A", id: "1")
        ),
        (#"{"type":"job_application","id":"A","deleted":true}"#, RecordKey(.application, id: "A")),
    ])
    func `a deletion needs its key only`(line: String, key: RecordKey) {
        let checked = desk.line(line)
        #expect(checked.complaints == [])
        guard case .delete(key) = checked.change else {
            Issue.record("not a deletion")
            return
        }
    }

    @Test func `a deletion without a whole key is refused`() {
        #expect(desk.line(#"{"type":"candidate","deleted":true}"#).complaints == ["/id required"])
        #expect(desk.line(#"{"type":"stage","id":"S","deleted":true}"#).complaints == ["/applicationId required"])
        #expect(desk.line(#"{"type":"note","id":"S","deleted":true}"#).complaints == ["/type recordType"])
        #expect(desk.intake.deletion(kind: .job, id: "").problems.map(\.pointer) == ["/id"])
    }

    @Test(arguments: ["&=,()%/+'", "a b", "😀", String(repeating: "é", count: 500), "\"quoted\\\"", "💥\n\t"])
    func `an id may be any text`(id: String) throws {
        let line: JSONValue = ["type": "candidate", "id": .string(id), "deleted": true]
        let change = try #require(desk.line(line).change)
        #expect(change.key.id == id)
    }

    @Test func `the last of two members counts`() {
        let checked = desk.record(
            .stage, parent: "A", #"{"stage":"Old","createdAt":"x","stage":"New","createdAt":"2024-03-01"}"#)
        #expect(checked.complaints == [])
        #expect(checked.body?.contains(#""stage":"New""#) == true)
        let clean = desk.record(
            .stage, parent: "A", #"{"stage":"Old","createdAt":"2024-03-01","name":"New","stage":null}"#)
        #expect(clean.complaints == ["/stage required"])
    }

    @Test func `one value may stand for a list, and a repeated one is sent once`() {
        let checked = desk.record(
            .candidate, #"{\#(least),"email":"a@b.c","emails":["x@y.z","a@b.c"],"phones":"123","phone":null}"#)
        #expect(checked.body?.contains(#""emailAddresses":["x@y.z","a@b.c"]"#) == true)
        #expect(checked.body?.contains(#""phoneNumbers":[{"number":"123"}]"#) == true)
        #expect(desk.record(.candidate, #"{\#(least),"emails":"a@b.c"}"#).body?.contains(#"["a@b.c"]"#) == true)
    }

    @Test func `LinkedIn's own names are understood`() {
        let checked = desk.record(
            .candidate,
            #"{"atsCreatedAt":1709251200000,"atsLastModifiedAt":1709251200001,"emailAddresses":["a@b.c"],"#
                + #""firstName":"A","lastName":"B","externalProfileUrl":"https://x/1","currentCompanyName":"C","#
                + #""addresses":[{"geographicArea":"ON","geographicAreaType":"PROVINCE"}],"#
                + #""phoneNumbers":[{"number":"1"}]}"#)
        #expect(checked.complaints == [])
        #expect(checked.warnings == [])
        #expect(checked.body?.contains(#"[{"geographicArea":"ON","geographicAreaType":"PROVINCE"}]"#) == true)
        let job = desk.record(.job, #"{"requisitionOwnerEmail":"nobody","owner_first_name":"G"}"#)
        #expect(job.complaints.first == "/requisitionOwnerEmail format")
    }

    @Test func `an address's province is one`() {
        let checked = desk.record(
            .candidate, #"{\#(least),"email":"a@b.c","address":{"province":"Ontario","country":"Canada"}}"#)
        #expect(
            checked.body?.contains(
                #"[{"geographicArea":"Ontario","geographicAreaType":"PROVINCE","country":"Canada"}]"#) == true)
    }

    @Test func `a LinkedIn address without scheme is completed`() {
        let checked = desk.record(.candidate, #"{\#(least),"email":"a@b.c","linkedinUrl":"www.linkedin.com/in/ada"}"#)
        #expect(checked.body?.contains(#""linkedInProfileUrl":"https://www.linkedin.com/in/ada""#) == true)
        let other = desk.record(
            .candidate, #"{\#(least),"email":"a@b.c","linkedinUrl":"linkedin.com.evil.example/in/ada"}"#)
        #expect(other.complaints == ["/linkedinUrl format"])
    }

    @Test(arguments: [
        ("emial", "email"), ("frist_name", "firstName"), ("E-Mail", "email"), ("createAt", "createdAt"),
        ("current_compny", "currentCompany"),
    ])
    func `an unknown field is ignored with a warning that names the nearest`(name: String, nearest: String) throws {
        let checked = desk.record(.candidate, #"{\#(least),"email":"a@b.c","\#(name)":"x"}"#)
        #expect(checked.change != nil)
        let warning = try #require(checked.warnings.first)
        #expect(warning.pointer == "/\(name)")
        #expect(warning.code == .unknownField)
        #expect(warning.message.hasSuffix("did you mean \(nearest)?"))
    }

    @Test func `an unknown field that resembles nothing lists what there is`() throws {
        let checked = desk.record(.candidate, #"{\#(least),"email":"a@b.c","a/b~c":1,"address":{"planet":"Mars"}}"#)
        #expect(checked.warnings.map(\.pointer) == ["/a~1b~0c", "/address/planet"])
        #expect(checked.warnings.first?.message.contains("the fields are id, firstName, lastName") == true)
        #expect(checked.warnings.last?.message.contains("line1") == true)
    }

    @Test func `a long job id is a warning before it is an error`() {
        let text =
            #"{"title":"T","description":"\#(Samples.text)","location":"A","applyUrl":"http://x","#
            + #""createdAt":"2024-03-01"}"#
        #expect(desk.record(.job, id: String(repeating: "x", count: 75), text).warnings == [])
        let long = desk.record(.job, id: String(repeating: "x", count: 76), text)
        #expect(long.change != nil)
        #expect(long.warnings.map(\.pointer) == ["/id"])
        #expect(desk.record(.job, id: String(repeating: "x", count: 201), text).complaints == ["/id tooLong"])
    }
}

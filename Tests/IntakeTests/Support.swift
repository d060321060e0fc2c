// SPDX-License-Identifier: Apache-2.0

import Domain
import Intake
import JSONBytes

/// Runs the intake the way the tests want it: text in, a fixed clock.
struct Desk {
    /// 2026-01-01T00:00:00Z.
    static let now = Millis(1_767_225_600_000)

    var intake = Intake(Intake.Settings(now: { Desk.now }))

    func line(_ text: String) -> Checked { Array(text.utf8).withUnsafeBytes { intake.bulkLine($0) } }

    func record(_ kind: RecordKind, parent: String? = nil, id: String? = "X", _ text: String) -> Checked {
        Array(text.utf8).withUnsafeBytes { intake.record(kind: kind, parent: parent, id: id, bytes: $0) }
    }

    func line(_ value: JSONValue) -> Checked { value.bytes.withUnsafeBytes { intake.bulkLine($0) } }
}

extension Checked {
    /// The stored body as text; nil when nothing is stored.
    var body: String? { record.map { String(decoding: $0.body, as: UTF8.self) } }

    var record: DesiredRecord? {
        if case .put(let record) = change { record } else { nil }
    }

    /// `/email required`, for short tables.
    var complaints: [String] { problems.map { "\($0.pointer) \($0.code)" } }
}

/// One valid record of each kind with every field, for golden bytes and mutations.
enum Samples {
    static let text = String(repeating: "We build hiring tools that people like. ", count: 3)

    static let candidate: JSONValue = [
        "type": "candidate", "id": "C-1", "firstName": "Ada", "lastName": "Lovelace", "middleInitial": "K",
        "prefix": "Dr",
        "suffix": "Jr", "email": "ada@example.org", "emails": ["ada@work.example"],
        "phone": "+1 512 555 0100", "phones": [["number": "+1 512 555 0101", "extension": "42"]],
        "addresses": [
            ["line1": "12 Main Street", "city": "Austin", "state": "TX", "postalCode": "78701", "country": "US"]
        ],
        "currentCompany": "Analytical Engines", "currentTitle": "Programmer",
        "profileUrl": "https://ats.example.com/c/C-1", "linkedInUrl": "https://www.linkedin.com/in/ada",
        "linkedInPerson": "urn:li:person:Ab3dEf", "doNotContact": false, "createdAt": "2024-03-01T09:30:00Z",
        "updatedAt": "2024-05-02T11:00:00+02:00",
    ]

    static let job: JSONValue = [
        "type": "job", "id": "REQ-77", "title": "Data Engineer", "description": .string(text), "status": "open",
        "location": "Austin, TX", "countryCode": "US", "postalCode": "78701",
        "applyUrl": "https://jobs.acme.example/77",
        "createdAt": "2024-02-01", "visibility": "public", "accessRestricted": true, "jobCode": "ENG-1",
        "owner": ["firstName": "Grace", "lastName": "Hopper", "email": "grace@acme.example"],
    ]

    static let application: JSONValue = [
        "type": "application", "id": "A-1", "jobId": "REQ-77", "candidateId": "C-1", "jobTitle": "Data Engineer",
        "firstName": "Ada", "lastName": "Lovelace", "email": "ada@example.org", "source": "Referral",
        "dispositionReason": "Withdrew", "accessRestricted": false, "createdAt": "2024-03-02T10:00:00Z",
        "updatedAt": 1_709_999_999_999,
    ]

    static let candidateNote: JSONValue = [
        "type": "candidateNote", "candidateId": "C-1", "id": "N-1", "text": "Called back",
        "author": ["firstName": "Grace", "lastName": "Hopper"], "createdAt": "2024-03-01T09:30:00Z",
    ]

    static let applicationNote: JSONValue = [
        "type": "applicationNote", "applicationId": "A-1", "id": "N-2", "text": "Called back", "author": "Grace Hopper",
        "createdAt": "2024-03-01T09:30:00Z",
    ]

    static let stage: JSONValue = [
        "type": "stage", "applicationId": "A-1", "id": "S-1", "stage": "Phone interview",
        "createdAt": "2024-03-05T08:00:00Z",
    ]

    static let feedback: JSONValue = [
        "type": "feedback", "applicationId": "A-1", "id": "F-1", "text": "Clear and quick",
        "interviewType": "phone screen",
        "interviewer": "Hopper, Grace", "evaluations": [["attribute": "Communication", "result": "4/5"]],
        "createdAt": "2024-03-06T15:00:00Z",
    ]

    static let acl: JSONValue = ["type": "acl", "jobId": "REQ-77", "id": "eng-managers"]

    static let assignee: JSONValue = ["type": "member", "aclId": "eng-managers", "userId": "u-17"]

    static let all: [(RecordKind, JSONValue)] = [
        (.job, job), (.candidate, candidate), (.candidateNote, candidateNote), (.application, application),
        (.applicationNote, applicationNote), (.stage, stage), (.feedback, feedback),
        (.acl, acl), (.assignee, assignee),
    ]

    static func of(_ kind: RecordKind) -> JSONValue { all.first { $0.0 == kind }!.1 }
}

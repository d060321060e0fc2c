// SPDX-License-Identifier: Apache-2.0

import Domain
import Intake
import JSONBytes
import LinkedIn
import Testing

@Suite struct LanguageTests {
    @Test(arguments: RecordKind.allCases)
    func `no spelling means two fields`(kind: RecordKind) {
        let spellings = ATSLanguage.fields(of: kind).flatMap(\.spellings)
        #expect(Set(spellings).count == spellings.count)
    }

    @Test(arguments: RecordKind.allCases)
    func `every field fills one of LinkedIn's, and its example is accepted`(kind: RecordKind) throws {
        let desk = Desk()
        for field in ATSLanguage.fields(of: kind) {
            if let linkedIn = field.linkedIn {
                #expect(ATSLanguage.schema(of: kind).field(linkedIn) != nil, "\(field.name) → \(linkedIn)")
            }
            guard field.name != "description" else { continue }  // the example is shortened
            var line = Samples.of(kind)
            line[field.name] = try JSONValue(parsing: Array(field.example.utf8))
            #expect(desk.line(line).complaints == [], "\(field.name)")
        }
    }

    /// Key parts, and what other layers write.
    private static let notOurs: Set<String> = [
        "integrationContext", "externalJobPostingId", "jobPostingOperationType", "matchedMembers",
        "externalLastModifiedAt",
    ]

    @Test(arguments: RecordKind.allCases)
    func `every field that LinkedIn requires can be filled`(kind: RecordKind) {
        for field in ATSLanguage.schema(of: kind).fields where field.isRequired && !Self.notOurs.contains(field.name) {
            #expect(ATSLanguage.name(forLinkedIn: field.name, of: kind) != nil, "\(field.name)")
        }
    }

    @Test func `LinkedIn's names lead back to ours`() {
        #expect(ATSLanguage.name(forLinkedIn: "emailAddresses", of: .candidate) == "email")
        #expect(ATSLanguage.name(forLinkedIn: "requisitionOwnerEmail", of: .job) == "owner.email")
        #expect(ATSLanguage.name(forLinkedIn: "nothing", of: .job) == nil)
        #expect(ATSLanguage.field("atsJobPostingId", of: .application)?.name == "jobId")
        #expect(ATSLanguage.nearest(to: "dispositonreason", of: .application) == "dispositionReason")
        #expect(ATSLanguage.nearest(to: "xyzzy", of: .application) == nil)
    }

    @Test(arguments: [
        ("candidate", RecordKind.candidate), ("Candidates", .candidate), ("candidate_note", .candidateNote),
        ("candidateNotes", .candidateNote), ("jobApplication", .application), ("applications", .application),
        ("interviewFeedback", .feedback), ("application-stage", .stage), ("stages", .stage), ("jobs", .job),
        ("requisition", .job), ("application note", .applicationNote), ("ACLs", .acl), ("members", .assignee),
    ])
    func `kinds go by several names`(word: String, kind: RecordKind) {
        #expect(KindName(word) == .kind(kind))
    }

    @Test(arguments: ["", "person", "s", String(repeating: "job", count: 100)])
    func `other words name no kind`(word: String) {
        #expect(KindName(word) == nil)
    }
}

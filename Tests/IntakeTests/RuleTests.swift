// SPDX-License-Identifier: Apache-2.0

import Domain
import Intake
import JSONBytes
import Testing

/// Every valid sample, changed in one place: exactly one problem, at that place.
@Suite struct MutationTests {
    private let desk = Desk()

    struct Mutation: Sendable, CustomTestStringConvertible {
        var kind: RecordKind
        var change: @Sendable (inout JSONValue) -> Void
        var complaint: String
        var testDescription: String { "\(kind.rawValue): \(complaint)" }

        init(_ kind: RecordKind, _ complaint: String, _ change: @escaping @Sendable (inout JSONValue) -> Void) {
            self.kind = kind
            self.complaint = complaint
            self.change = change
        }
    }

    static let mutations: [Mutation] = [
        Mutation(.candidate, "/id required") { $0["id"] = nil },
        Mutation(.candidate, "/id required") { $0["id"] = "" },
        Mutation(.candidate, "/id required") { $0["id"] = .null },
        Mutation(.candidate, "/id type") { $0["id"] = [1] },
        Mutation(.candidate, "/id type") { $0["id"] = 1.5 },
        Mutation(.candidate, "/id tooLong") { $0["id"] = .string(String(repeating: "x", count: 501)) },
        Mutation(.candidate, "/id format") { $0["id"] = "a\u{0}b" },
        Mutation(.candidate, "/firstName required") { $0["firstName"] = nil },
        Mutation(.candidate, "/firstName required") { $0["firstName"] = "" },
        Mutation(.candidate, "/firstName required") { $0["firstName"] = "  " },
        Mutation(.candidate, "/firstName required") { $0["firstName"] = .null },
        Mutation(.candidate, "/firstName type") { $0["firstName"] = 7 },
        Mutation(.candidate, "/firstName type") { $0["firstName"] = ["x": "y"] },
        Mutation(.candidate, "/lastName tooLong") { $0["lastName"] = .string(String(repeating: "x", count: 1_001)) },
        Mutation(.candidate, "/email format") { $0["email"] = "nobody" },
        Mutation(.candidate, "/email type") { $0["email"] = true },
        Mutation(.candidate, "/emails/1 format") { $0["emails"] = ["a@b.c", "nobody"] },
        Mutation(.candidate, "/emails/0 type") { $0["emails"] = [1] },
        Mutation(.candidate, "/emails type") { $0["emails"] = ["a": "b"] },
        Mutation(.candidate, "/emails/100 tooMany") { $0["emails"] = .array(Array(repeating: "a@b.c", count: 102)) },
        Mutation(.candidate, "/phone/number required") { $0["phone"] = ["extension": "1"] },
        Mutation(.candidate, "/phone type") { $0["phone"] = 5_125_550_100 },
        Mutation(.candidate, "/phones/0/extension type") { $0["phones"] = [["number": "1", "extension": 42]] },
        Mutation(.candidate, "/addresses/0/country type") { $0["addresses"] = [["country": 1]] },
        Mutation(.candidate, "/addresses/0 type") { $0["addresses"] = ["12 Main Street"] },
        Mutation(.candidate, "/addresses/0/geographicAreaType choice") {
            $0["addresses"] = [["geographicAreaType": "CANTON"]]
        },
        Mutation(.candidate, "/profileUrl required") { $0["profileUrl"] = nil },
        Mutation(.candidate, "/profileUrl format") { $0["profileUrl"] = "ats.example.com/c/1" },
        Mutation(.candidate, "/linkedInUrl format") { $0["linkedInUrl"] = "ada" },
        Mutation(.candidate, "/linkedInPerson format") { $0["linkedInPerson"] = "Ab3dEf" },
        Mutation(.candidate, "/doNotContact type") { $0["doNotContact"] = "yes" },
        Mutation(.candidate, "/createdAt required") { $0["createdAt"] = nil },
        Mutation(.candidate, "/createdAt format") { $0["createdAt"] = "2024-03-01T09:30:00" },
        Mutation(.candidate, "/createdAt format") { $0["createdAt"] = "yesterday" },
        Mutation(.candidate, "/createdAt range") { $0["createdAt"] = 0 },
        Mutation(.candidate, "/createdAt range") { $0["createdAt"] = "1969-12-31" },
        Mutation(.candidate, "/createdAt range") { $0["createdAt"] = 1_709_285_400 },
        Mutation(.candidate, "/createdAt type") { $0["createdAt"] = 1.5 },
        Mutation(.candidate, "/createdAt type") { $0["createdAt"] = ["2024"] },
        Mutation(.candidate, "/updatedAt order") { $0["updatedAt"] = "2024-02-29T00:00:00Z" },
        Mutation(.candidate, "/modifiedAt order") {
            $0["updatedAt"] = nil
            $0["modifiedAt"] = "2024-02-29T00:00:00Z"
        },
        Mutation(.job, "/title required") { $0["title"] = nil },
        Mutation(.job, "/title tooLong") { $0["title"] = .string(String(repeating: "ü", count: 201)) },
        Mutation(.job, "/description tooShort") { $0["description"] = .string(String(repeating: "ü", count: 99)) },
        Mutation(.job, "/description tooLong") { $0["description"] = .string(String(repeating: "x", count: 25_001)) },
        Mutation(.job, "/status choice") { $0["status"] = "draft" },
        Mutation(.job, "/location required") {
            $0["location"] = nil
            $0["postalCode"] = nil
        },
        Mutation(.job, "/applyUrl format") { $0["applyUrl"] = "ftp://x.example/" },
        Mutation(.job, "/createdAt range") { $0["createdAt"] = "2026-01-01T00:02:00Z" },
        Mutation(.job, "/visibility choice") { $0["visibility"] = "internal" },
        Mutation(.job, "/owner type") { $0["owner"] = "Grace" },
        Mutation(.job, "/owner/email format") { $0["owner"] = ["email": "grace"] },
        Mutation(.job, "/id tooLong") { $0["id"] = .string(String(repeating: "x", count: 201)) },
        Mutation(.application, "/jobId required") { $0["jobId"] = nil },
        Mutation(.application, "/candidateId required") { $0["candidateId"] = "" },
        Mutation(.application, "/email format") { $0["email"] = "ada@" },
        Mutation(.candidateNote, "/candidateId required") { $0["candidateId"] = nil },
        Mutation(.candidateNote, "/author/lastName required") { $0["author"] = ["firstName": "Grace"] },
        Mutation(.applicationNote, "/author format") { $0["author"] = "Grace" },
        Mutation(.applicationNote, "/text tooLong") { $0["text"] = .string(String(repeating: "x", count: 100_001)) },
        Mutation(.stage, "/stage choice") { $0["stage"] = "Not Available" },
        Mutation(.stage, "/stage required") { $0["stage"] = nil },
        Mutation(.stage, "/applicationId type") { $0["applicationId"] = true },
        Mutation(.feedback, "/interviewType choice") { $0["interviewType"] = "video" },
        Mutation(.feedback, "/evaluations/0/attribute required") { $0["evaluations"] = [["result": "4/5"]] },
        Mutation(.feedback, "/evaluations/0/result type") { $0["evaluations"] = [["attribute": "x", "result": 4]] },
        Mutation(.feedback, "/type required") { $0["type"] = nil },
        Mutation(.feedback, "/type recordType") { $0["type"] = "interview" },
        Mutation(.feedback, "/type type") { $0["type"] = 1 },
    ]

    @Test(arguments: mutations)
    func `one mutation gives one problem at its place`(mutation: Mutation) throws {
        var line = Samples.of(mutation.kind)
        mutation.change(&line)
        let checked = desk.line(line)
        #expect(checked.change == nil)
        #expect(checked.complaints == [mutation.complaint])
        let message = try #require(checked.problems.first?.message)
        #expect(message.contains(";") || message.contains("must be"), "no remedy: \(message)")
    }

    @Test func `all problems of a record are told at once, without its values`() {
        let checked = desk.line(
            #"{"type":"candidate","firstName":"Zebediah","email":"zebra","createdAt":"zulu","#
                + #""phone":{"extension":"99z"}}"#
        )
        #expect(
            Set(checked.complaints) == [
                "/id required", "/lastName required", "/email format", "/createdAt format", "/phone/number required",
                "/profileUrl required",
            ])
        for problem in checked.problems { #expect(!problem.message.contains("z")) }
    }

    @Test func `a record full of errors tells the first fifty`() {
        let bad = (0..<90).map { _ in JSONValue.object(["country": 1]) }
        let checked = desk.record(
            .candidate, #"{"addresses":\#(String(decoding: JSONValue.array(bad).bytes, as: UTF8.self))}"#)
        #expect(checked.problems.count == Problem.limit)
    }

    @Test(arguments: [
        "", "{", "[]", "1", "nonsense", #"{"type":"job",}"#, #"{"type":"job"} x"#, #"{"type":"job","id":"\ud800"}"#,
    ])
    func `what is no JSON object is one problem with its place`(text: String) {
        let checked = desk.line(text)
        #expect(checked.change == nil)
        #expect(checked.problems.count == 1)
        #expect(checked.problems.first?.pointer == "")
    }
}

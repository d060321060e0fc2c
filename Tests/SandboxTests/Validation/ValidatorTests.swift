// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import Testing

@testable import Sandbox

/// What LinkedIn's data validator says, table by table. Line form: "Create jobs", API error details.
@Suite struct ValidatorTests {
    static let whole = """
        {"addresses":[{"city":"Austin","geographicAreaType":"STATE","country":"us"}],"atsCreatedAt":1767225600000,\
        "atsLastModifiedAt":1767225600001,"emailAddresses":["ann@acme.example"],"externalProfileUrl":"https://ats.example.com/c/1",\
        "firstName":"Ann","lastName":"Lee","phoneNumbers":[{"number":"555 0100"}]}
        """

    private func complaints(
        _ body: String, _ kind: EntityKind = .candidate, _ surface: Surface = .v2, _ switches: Switches = Switches()
    ) throws -> String {
        let rules = RecordRules(RecordFace(kind, on: surface, switches), switches)
        var sketch = rules.sketch
        switch try Array(body.utf8).withUnsafeBytes({ try rules.check($0, &sketch) }) {
        case .success: return ""
        case .failure(let problem):
            #expect(problem.status == 422)
            return problem.message
        }
    }

    /// The whole candidate with one member replaced or, when the value is nil, taken away.
    private func candidate(_ name: String, _ value: String?) throws -> String {
        var members = try #require(JSONText.members(Self.whole))
        members.removeAll { $0.name == name }
        if let value { members.append((name, value)) }
        return "{" + members.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    @Test func `a candidate with every required field passes`() throws {
        #expect(try complaints(Self.whole) == "")
    }

    @Test(arguments: [
        "addresses", "atsCreatedAt", "atsLastModifiedAt", "emailAddresses", "externalProfileUrl", "firstName",
        "lastName", "phoneNumbers",
    ])
    func `a missing required field is named in LinkedIn's words`(field: String) throws {
        let line = "ERROR :: /\(field) :: field is required but not found and has no default value\n"
        if field == "emailAddresses" {
            // Only the stored record tells whether a member is attached, so the pass lets it through and marks it.
            #expect(try complaints(candidate(field, nil)) == "")
        } else {
            #expect(try complaints(candidate(field, nil)) == line)
            #expect(try complaints(candidate(field, "null")) == line)
        }
    }

    @Test(arguments: [
        ("atsCreatedAt", "\"soon\"", "soon cannot be coerced to Long"),
        ("atsCreatedAt", "\"1767225600000\"", "1767225600000 cannot be coerced to Long"),
        ("atsCreatedAt", "true", "true cannot be coerced to Long"),
        ("firstName", "12", "12 cannot be coerced to String"),
        ("firstName", "{\"a\":1}", "{\"a\":1} cannot be coerced to String"),
        ("doNotContact", "\"yes\"", "yes cannot be coerced to Boolean"),
        ("addresses", "\"Austin\"", "array type is not backed by a DataList"),
        ("addresses", "[1]", "record type is not backed by a DataMap"),
        ("addresses", "[{\"geographicAreaType\":\"COUNTY\"}]", "\"COUNTY\" is not an enum symbol"),
        ("addresses", "[{\"geographicAreaType\":7}]", "enum type is not backed by a String"),
        ("emailAddresses", "[\"ann\"]", "\"ann\" does not match X@X.X"),
        ("emailAddresses", "[\"ok@a.b\",\"@a.b\"]", "\"@a.b\" does not match X@X.X"),
        ("manualMatchedMember", "\"urn:li:member:1\"", "Invalid Urn format. Invalid prefix."),
        ("externalProfileUrl", "\"profile 1\"", "\"profile 1\" does not match an absolute URL"),
        ("atsLastModifiedAt", "1767225599999", "1767225599999 is before atsCreatedAt"),
    ])
    func `a bad value is refused with its path`(field: String, value: String, problem: String) throws {
        let message = try complaints(candidate(field, value))
        #expect(message.hasPrefix("ERROR :: /\(field)"))
        #expect(message.hasSuffix(" :: \(problem)\n"))
    }

    @Test func `a time of zero or less is refused`() throws {
        #expect(try complaints(candidate("atsCreatedAt", "0")) == "ERROR :: /atsCreatedAt :: 0 is not greater than 0\n")
        #expect(try complaints(candidate("atsCreatedAt", "-5")).contains("-5 is not greater than 0"))
    }

    @Test func `paths count positions in lists`() throws {
        let message = try complaints(candidate("addresses", "[{},{\"geographicAreaType\":\"X\"}]"))
        #expect(message == "ERROR :: /addresses/1/geographicAreaType :: \"X\" is not an enum symbol\n")
    }

    @Test func `all problems of a record stand in one message, one line each`() throws {
        let message = try complaints(#"{"firstName":1,"atsCreatedAt":"x","emailAddresses":["no"]}"#)
        let lines = message.split(separator: "\n")
        #expect(lines.count == 8)
        #expect(lines.allSatisfy { $0.hasPrefix("ERROR :: /") })
    }

    @Test func `empty lists satisfy a requirement`() throws {
        #expect(try complaints(candidate("addresses", "[]")) == "")
        #expect(try complaints(candidate("phoneNumbers", "[]")) == "")
    }

    @Test func `unknown fields are tolerated, and refused when the switch says so`() throws {
        let body = try candidate("shoeSize", "43")
        #expect(try complaints(body) == "")
        var switches = Switches()
        switches.rejectUnknownFields = true
        #expect(
            try complaints(body, .candidate, .v2, switches)
                == "ERROR :: /shoeSize :: unrecognized field found but not allowed\n")
    }

    @Test func `lastName is required unless the switch says otherwise`() throws {
        var switches = Switches()
        switches.lastNameRequired = false
        #expect(try complaints(candidate("lastName", nil), .candidate, .v2, switches) == "")
    }

    @Test func `the versioned surface has names of its own`() throws {
        #expect(
            try complaints(Self.whole, .candidate, .rest(version: "202603")).contains(
                "/externalCreatedAt :: field is required"))
        let renamed = Self.whole.replacing("atsCreatedAt", with: "externalCreatedAt").replacing(
            "atsLastModifiedAt", with: "externalLastModifiedAt")
        #expect(try complaints(renamed, .candidate, .rest(version: "202603")) == "")
    }

    @Test(arguments: [
        (#"{"atsCreatedAt":1,"stage":"Offer"}"#, ""),
        (#"{"atsCreatedAt":1,"stage":""}"#, "/stage :: length 0 is out of range 1..."),
        (#"{"atsCreatedAt":1,"stage":"Not Available"}"#, "/stage :: \"Not Available\" is not allowed"),
        (#"{"stage":"Offer"}"#, "/atsCreatedAt :: field is required"),
        (#"[]"#, "/ :: record type is not backed by a DataMap"),
    ])
    func `a stage needs a time and a name`(body: String, problem: String) throws {
        let message = try complaints(body, .stage)
        #expect(problem.isEmpty ? message.isEmpty : message.contains(problem))
    }

    @Test(arguments: [
        (#"{}"#, ""),
        (#"{"interviewType":"LUNCH"}"#, "/interviewType :: \"LUNCH\" is not an enum symbol"),
        (#"{"evaluations":[{"result":"4/5"}]}"#, "/evaluations/0/attribute :: field is required"),
        (#"{"interviewer":{"firstName":"A"}}"#, "/interviewer/lastName :: field is required"),
    ])
    func `feedback needs nothing but what its parts need`(body: String, problem: String) throws {
        let message = try complaints(body, .feedback)
        #expect(problem.isEmpty ? message.isEmpty : message.contains(problem))
    }

    @Test func `an application's e-mail and names are checked`() throws {
        let message = try complaints(
            #"{"atsCreatedAt":2,"atsLastModifiedAt":1,"atsJobPostingId":"","atsJobPostingName":"x","firstName":"","lastName":"y","candidateEmail":"z"}"#,
            .application)
        for path in ["/atsLastModifiedAt", "/atsJobPostingId", "/firstName", "/candidateEmail"] {
            #expect(message.contains("ERROR :: \(path) ::"))
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import RestLi
import Testing

@Suite struct PatchAndProjectionTests {
    @Test func `a patch is read, applied and written`() throws {
        let body: JSONValue = [
            "patch": ["$set": ["a": 1], "$delete": ["b"], "child": ["$set": ["c": 2], "$delete": ["d"]]]
        ]
        let patch = try PatchDocument.parse(body)
        #expect(
            patch
                == PatchDocument(
                    set: ["a": 1], delete: ["b"], children: ["child": PatchDocument(set: ["c": 2], delete: ["d"])]))
        #expect(
            try patch.apply(to: ["b": 0, "x": 9, "child": ["d": 1, "e": 2]]) == [
                "x": 9, "a": 1, "child": ["c": 2, "e": 2],
            ])
        #expect(try patch.apply(to: [:]) == ["a": 1, "child": ["c": 2]])
        #expect(try JSONValue(parsing: patch.bytes) == body)
    }

    @Test(arguments: [
        (#"{}"#, 400), (#"{"patch":1}"#, 400), (#"{"patch":{"$set":[]}}"#, 400), (#"{"patch":{"$delete":"a"}}"#, 400),
        (#"{"patch":{"$delete":[1]}}"#, 400), (#"{"patch":{"a":1}}"#, 400), (#"{"patch":{"a":{"$reorder":[]}}}"#, 400),
        (#"{"patch":{"$set":{"a":1},"$delete":["a"]}}"#, 422), (#"{"patch":{"$set":{"a":1},"a":{}}}"#, 422),
    ])
    func `a patch of another shape, or of one field twice, is refused`(body: String, status: Int) throws {
        let value = try JSONValue(parsing: body)
        do {
            _ = try PatchDocument.parse(value)
            Issue.record("accepted")
        } catch {
            #expect(error.status == status)
        }
    }

    @Test func `a patch of a member that is no object is refused`() throws {
        let patch = PatchDocument(children: ["a": PatchDocument(set: ["b": 1])])
        #expect(throws: RestLiError.self) { try patch.apply(to: ["a": 1]) }
    }

    static let entity: JSONValue = [
        "id": 1, "title": "T", "owner": ["name": "N", "email": "E"],
        "list": [["a": 1, "b": 2], ["a": 3, "b": 4], ["a": 5]],
        "map": ["x": ["bar": 1, "no": 2], "y": ["bar": 3]], "message": ["id": 9, "text": "x"],
    ]

    static let projected: [(String, JSONValue)] = [
        ("id,title,owner:(name)", ["id": 1, "title": "T", "owner": ["name": "N"]]), ("unknown", [:]),
        ("message:(id)", ["message": ["id": 9]]),
        ("map:($*:(bar))", ["map": ["x": ["bar": 1], "y": ["bar": 3]]]),
        ("list:(a)", ["list": [["a": 1], ["a": 3], ["a": 5]]]),
        ("list:($*:(b))", ["list": [["b": 2], ["b": 4], [:]]]),
        ("list:($start:1,$count:1)", ["list": [["a": 3, "b": 4]]]),
        ("list:($start:1,$count:5,$*:(a))", ["list": [["a": 3], ["a": 5]]]), ("list:($start:9)", ["list": []]),
        ("owner:(-email)", ["owner": ["name": "N"]]), ("-list,-map,-message,-owner", ["id": 1, "title": "T"]),
        ("$*", entity), ("(id,title)", ["id": 1, "title": "T"]), ("id:(deeper)", ["id": 1]),
    ]

    @Test(arguments: projected)
    func `a projection keeps what is wanted`(fields: String, expected: JSONValue) throws {
        #expect(try Projection.parse(fields).apply(to: Self.entity) == expected)
    }

    @Test func `a decoration selects the decorated member`() throws {
        let value: JSONValue = ["id": 1, "owner": "urn:li:person:1", "owner~": ["name": "N", "x": 1]]
        #expect(try Projection.parse("(id,owner~(name))").apply(to: value) == ["id": 1, "owner~": ["name": "N"]])
    }

    @Test(arguments: [
        "", ",", "a,", "a:(", "a:()", "a:b", "a:(b", "a)", "a(b)", "-", "$start:x", "$count", "(a", "a:(b))",
    ])
    func `a projection that is none is refused`(fields: String) {
        #expect(throws: RestLiError("Parameter 'fields' is invalid")) { try Projection.parse(fields) }
    }

    @Test func `a deep projection is refused, not recursed into`() {
        #expect(throws: RestLiError.self) { try Projection.parse(String(repeating: "a:(", count: 100_000)) }
    }
}

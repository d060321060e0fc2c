// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import RestLi
import Testing

/// Envelopes both ways (jobs-oauth-restli 2.5).
@Suite struct EnvelopeTests {
    static let context = "urn:li:organization:1"
    static func key(_ id: String) -> EntityKey { .parts(["atsCandidateId": id, "integrationContext": context]) }

    @Test(arguments: ProtocolVersion.allCases)
    func `a batch of raw bodies is written, split and matched to its ids`(version: ProtocolVersion) throws {
        let keys = ["1", "2 & 3", "é"].map(Self.key)
        let bodies = [#"{"firstName":"A"}"#, "{ }", #"{"x":[1,{"y":"\u00e9"}]}"#].map { Array($0.utf8) }
        let items = zip(keys, bodies).map { (KeyCodec.encode($0, in: .requestBody, version), $1) }
        let body = Envelope.batchUpdate(items)
        #expect(try JSONValue(parsing: body)["entities"]?.object?.count == 3)
        let entities = try Envelope.entities(in: body)
        let ranges = try Envelope.match(entities, to: [keys[2], keys[0], keys[1]], version, simple: false)
        #expect(ranges.map { Array(body[$0]) } == [bodies[2], bodies[0], bodies[1]])
    }

    @Test func `the documented batch is split whatever stands around it`() throws {
        let key = #"atsCandidateId=C-1&dataProvider=ATS&integrationContext=urn:li:organization:5001"#
        let body = Array(#" {"other":[1], "entities" : { "\#(key)" : {"a":1} , "k\u0026": null } } "#.utf8)
        let entities = try Envelope.entities(in: body)
        #expect(
            entities.map(\.key) == [key, "k&"]
                && entities.map { String(decoding: body[$0.range], as: UTF8.self) } == [#"{"a":1}"#, "null"])
        #expect(try Envelope.entities(in: Array("{}".utf8)).isEmpty)
    }

    @Test(arguments: [
        ("", "Empty entity body is not allowed for batch_update method request"),
        ("[]", "Cannot parse request entity: expected an object, at byte 0"),
        (#"{"entities":[]}"#, "Cannot parse request entity: expected an object, at byte 12"),
        (
            #"{"entities":{"a":{}}"#,
            "Cannot parse request entity: expected a comma or the end of the object, at byte 20"
        ),
        (#"{"entities":{}} x"#, "Cannot parse request entity: expected nothing after the value, at byte 16"),
    ])
    func `a body that is no batch is refused`(body: String, message: String) {
        #expect(throws: RestLiError(message)) { try Envelope.entities(in: Array(body.utf8)) }
    }

    static let mismatches: [([String], [String], String)] = [
        (["a=1"], ["a=2"], "Batch request mismatch. Entity key 'a=2' not found in the query parameter."),
        (["a=1"], ["a=1", "a=%31"], "Duplicate key in batch request body: 'a=%31'"),
        (["a=1", "a=2"], ["a=2"], #"Batch request mismatch. URI keys: '["a=1", "a=2"]' Entity keys: '["a=2"]'"#),
        (["a=1"], ["nonsense"], "Invalid key: 'nonsense'"),
    ]

    @Test(arguments: mismatches)
    func `ids and bodies must name the same keys`(ids: [String], entities: [String], message: String) throws {
        let keys = try ids.map { try KeyCodec.decode($0, in: .requestBody, .v1, simple: false) }
        let entities = entities.map { Envelope.Entity(key: $0, range: 0..<0) }
        #expect(throws: RestLiError(message)) { try Envelope.match(entities, to: keys, .v1, simple: false) }
    }

    @Test func `a batch create is written and split in order`() throws {
        let elements = [#"{"a":1}"#, "{}", "3"].map { Array($0.utf8) }
        let body = Envelope.batchCreate(elements)
        #expect(body == Array(#"{"elements":[{"a":1},{},3]}"#.utf8))
        #expect(try Envelope.elements(in: body).map { Array(body[$0]) } == elements)
        #expect(throws: RestLiError("Empty entity body is not allowed for batch_create method request")) {
            try Envelope.elements(in: [])
        }
    }

    @Test func `a batch answer keeps results and errors apart`() throws {
        var writer = BatchAnswerWriter()
        writer.add("a=1", status: 204)
        writer.add("a=2", status: 201)
        writer.add("a=3", error: ErrorBody(status: 422, message: "no\n", serviceErrorCode: 100))
        let body = writer.finish()
        #expect(
            String(decoding: body, as: UTF8.self) == #"{"results":{"a=1":{"status":204},"a=2":{"status":201}},"#
                + #""errors":{"a=3":{"message":"no\n","serviceErrorCode":100,"status":422}}}"#)
        let answer = try BatchAnswer(body)
        let outcomes = answer.outcomes(for: ["3", "1", "4", "2"].map { .parts(["a": $0]) }, simple: false)
        #expect(outcomes[0] == .failed(ErrorBody(status: 422, message: "no\n", serviceErrorCode: 100)))
        guard case .result(204, _) = outcomes[1], case .result(201, _) = outcomes[3], outcomes[2] == nil else {
            Issue.record("outcomes out of place")
            return
        }
    }

    @Test func `a batch get carries entities, and a status that is a text belongs to the entity`() throws {
        var writer = BatchAnswerWriter(isGet: true)
        writer.add("urn:li:task:1", entity: Array(#"{"status":"SUCCEEDED"}"#.utf8))
        let body = writer.finish()
        #expect(
            String(decoding: body, as: UTF8.self)
                == #"{"results":{"urn:li:task:1":{"status":"SUCCEEDED"}},"statuses":{},"errors":{}}"#)
        let answer = try BatchAnswer(body)
        guard case .result(nil, let range) = answer.outcomes(for: [.simple("urn:li:task:1")], simple: true)[0] else {
            Issue.record("no result")
            return
        }
        #expect(String(decoding: answer.body[range], as: UTF8.self) == #"{"status":"SUCCEEDED"}"#)
    }

    @Test(arguments: [
        #"{"results":{"atsCandidateId=C+%26%2F1&integrationContext=urn%3Ali%3Aorganization%3A1":{"status":204}}}"#,
        #"{"results":{"integrationContext=urn:li:organization:1&atsCandidateId=C%20%26/1":{"status":204}},"errors":null}"#,
        #"{"errors":{},"results":{"(atsCandidateId:C &/1,integrationContext:urn%3ali%3Aorganization%3A1)":{"status":204,"new":1}}}"#,
        #"{"results":{"($params:(),integrationContext:urn%3Ali%3Aorganization%3A1,atsCandidateId:C%20%26%2F1)":{"status":204}},"x":1}"#,
    ])
    func `an answer's key is found whatever its spelling`(body: String) throws {
        let answer = try BatchAnswer(Array(body.utf8))
        guard case .result(204, _) = answer.outcomes(for: [Self.key("C &/1")], simple: false)[0] else {
            Issue.record("not found")
            return
        }
    }

    @Test(arguments: [
        #"{"results":{"1":204}}"#, #"{"results":{"1":{}}}"#, #"{"results":{"1":{"status":1e300}}}"#,
        #"{"results":{"1":null}}"#,
    ])
    func `a result without a status is a result all the same`(body: String) throws {
        guard case .result(nil, _) = try BatchAnswer(Array(body.utf8)).outcomes(for: [.simple("1")], simple: true)[0]
        else {
            Issue.record("no result")
            return
        }
    }

    @Test func `create answers are written and read in order`() throws {
        let answers: [CreateAnswer] = [
            .created(id: "urn:li:simpleJobPostingTask:1", status: 202, location: "/simpleJobPostings/urn%3A1"),
            .failed(ErrorBody(status: 422, message: "bad")), .created(id: "2", status: 201, location: nil),
        ]
        #expect(try CreateAnswer.read(CreateAnswer.write(answers)) == answers)
        let odd =
            #"{"elements":[{"id":7,"status":201},{"status":400},{"status":403,"error":{"message":"no","status":403}},{}]}"#
        #expect(
            try CreateAnswer.read(Array(odd.utf8)) == [
                .created(id: "7", status: 201, location: nil), .failed(ErrorBody(status: 400)),
                .failed(ErrorBody(status: 403, message: "no")), .failed(ErrorBody(status: 500)),
            ])
    }
}

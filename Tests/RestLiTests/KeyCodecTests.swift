// SPDX-License-Identifier: Apache-2.0

import RestLi
import Testing

/// Keys in every place and version (jobs-oauth-restli 2.3 and 2.4, modules-1-2 1.2).
@Suite struct KeyCodecTests {
    static let job = EntityKey.parts([
        "atsJobPostingId": "REQ 12/A&B", "dataProvider": "ATS", "integrationContext": "urn:li:organization:1001",
    ])
    static let odd = "key!*'();:@&=+$,/?#[].~"

    static let spelled: [(EntityKey, KeyPlace, ProtocolVersion, String)] = [
        (
            job, .path, .v1,
            "atsJobPostingId=REQ+12%2FA%26B&dataProvider=ATS&integrationContext=urn%3Ali%3Aorganization%3A1001"
        ),
        (
            job, .requestBody, .v1,
            "atsJobPostingId=REQ%2012/A%26B&dataProvider=ATS&integrationContext=urn:li:organization:1001"
        ),
        (
            job, .responseBody, .v1,
            "atsJobPostingId=REQ+12%2FA%26B&dataProvider=ATS&integrationContext=urn%3Ali%3Aorganization%3A1001"
        ),
        (
            job, .requestBody, .v2,
            "(atsJobPostingId:REQ 12/A&B,dataProvider:ATS,integrationContext:urn%3Ali%3Aorganization%3A1001)"
        ),
        (
            job, .responseBody, .v2,
            "(atsJobPostingId:REQ 12/A&B,dataProvider:ATS,integrationContext:urn%3Ali%3Aorganization%3A1001)"
        ),
        (
            job, .query, .v2,
            "(atsJobPostingId:REQ%2012/A%26B,dataProvider:ATS,integrationContext:urn%3Ali%3Aorganization%3A1001)"
        ),
        (.simple("urn:li:person:Ab1"), .path, .v2, "urn%3Ali%3Aperson%3AAb1"),
        (.simple("urn:li:person:Ab1"), .query, .v2, "urn%3Ali%3Aperson%3AAb1"),
        (.simple("urn:li:person:Ab1"), .responseBody, .v2, "urn:li:person:Ab1"),
        (.simple("urn:li:person:Ab1"), .header, .v2, "urn:li:person:Ab1"),
        (.simple("http://rest.li"), .path, .v1, "http%3A%2F%2Frest.li"),
        (.simple("http://rest.li"), .path, .v2, "http%3A%2F%2Frest.li"),
        (.simple("a b&c"), .requestBody, .v1, "a b&c"), (.simple("a b&c"), .responseBody, .v1, "a b&c"),
        (.parts(["part1": "two", "part2": "3"]), .query, .v1, "part1%3Dtwo%26part2%3D3"),
        (.parts(["part1": "two", "part2": "3", "part3": "ORANGE"]), .path, .v1, "part1=two&part2=3&part3=ORANGE"),
        (.parts(["part1": "two", "part2": "3", "part3": "ORANGE"]), .path, .v2, "(part1:two,part2:3,part3:ORANGE)"),
        // "One value in all forms".
        (.simple(odd), .query, .v1, "key!*'();:@%26%3D%2B$,/?%23%5B%5D.~"),
        (.simple(odd), .path, .v1, "key%21*%27%28%29%3B%3A%40%26%3D%2B%24%2C%2F%3F%23%5B%5D.%7E"),
        (.parts(["k": odd]), .responseBody, .v1, "k=key%21*%27%28%29%3B%3A%40%26%3D%2B%24%2C%2F%3F%23%5B%5D.%7E"),
        (.simple(odd), .query, .v2, "key!*%27%28%29;%3A@%26%3D%2B$%2C/?%23%5B%5D.~"),
        (.simple(odd), .path, .v2, "key!*%27%28%29%3B%3A@&=+$%2C%2F%3F%23%5B%5D.~"),
        (.parts(["k": odd]), .responseBody, .v2, "(k:key!*%27%28%29;%3A@&=+$%2C/?#[].~)"),
    ]

    @Test(arguments: spelled)
    func `the worked examples are spelled and read`(
        row: (key: EntityKey, place: KeyPlace, version: ProtocolVersion, text: String)
    ) throws {
        #expect(KeyCodec.encode(row.key, in: row.place, row.version) == row.text)
        #expect(try KeyCodec.decode(row.text, in: row.place, row.version, simple: row.key.text != nil) == row.key)
    }

    /// Spellings we never write and must read.
    static let read: [(String, KeyPlace, ProtocolVersion, EntityKey)] = [
        // LinkedIn's samples: values as they are, parts in another order.
        (
            "integrationContext=urn:li:organization:1&integrationType=X&tenantType=RECRUITER&dataProvider=ATS",
            .requestBody, .v1,
            .parts([
                "integrationContext": "urn:li:organization:1", "integrationType": "X", "tenantType": "RECRUITER",
                "dataProvider": "ATS",
            ])
        ),
        ("a=x y&b=é", .requestBody, .v1, .parts(["a": "x y", "b": "é"])),
        ("a=50%&b=1", .requestBody, .v1, .parts(["a": "50%", "b": "1"])),
        ("a=x+y", .requestBody, .v1, .parts(["a": "x y"])), ("a=&b=1", .requestBody, .v1, .parts(["a": "", "b": "1"])),
        ("a=x=y", .requestBody, .v1, .parts(["a": "x=y"])),
        ("$params.param1=p&part1=one&part2=2", .requestBody, .v1, .parts(["part1": "one", "part2": "2"])),
        (
            "$params.param1=param1&$params.param2=5&part1=one&part2=2&part3=APPLE", .path, .v1,
            .parts(["part1": "one", "part2": "2", "part3": "APPLE"])
        ),
        (
            "atsCandidateId%3DC-1%26dataProvider%3DATS", .path, .v1,
            .parts(["atsCandidateId": "C-1", "dataProvider": "ATS"])
        ),
        ("part1:two;part2:3", .path, .v1, .parts(["part1": "two", "part2": "3"])),
        ("a=x;y:z", .path, .v1, .parts(["a": "x;y:z"])),
        (
            "($params:(),externalCandidateId:C-1,integrationContext:urn%3ali%3Aorganization%3A5001)", .requestBody, .v2,
            .parts(["externalCandidateId": "C-1", "integrationContext": "urn:li:organization:5001"])
        ),
        ("($params:(param1:param1,param2:5),part1:one)", .path, .v2, .parts(["part1": "one"])),
        ("(b:1,a:100%)", .requestBody, .v2, .parts(["a": "100%", "b": "1"])), ("(a:'')", .path, .v2, .parts(["a": ""])),
        ("urn%3Ali%3Aperson%3A1", .header, .v2, .simple("urn:li:person:1")),
        ("urn:li:person:1", .header, .v1, .simple("urn:li:person:1")),
        ("100%", .header, .v1, .simple("100%")), ("a%20b", .path, .v1, .simple("a b")), ("''", .path, .v2, .simple("")),
    ]

    @Test(arguments: read)
    func `raw or encoded, in any order, with parameters or without, a key is read`(
        row: (text: String, place: KeyPlace, version: ProtocolVersion, key: EntityKey)
    ) throws {
        #expect(try KeyCodec.decode(row.text, in: row.place, row.version, simple: row.key.text != nil) == row.key)
    }

    static let refused: [(String, KeyPlace, ProtocolVersion, Bool, String)] = [
        ("REQ 12/A&B", .requestBody, .v1, false, "Invalid key: 'REQ 12/A&B'"),
        ("", .requestBody, .v1, false, "Invalid key: ''"),
        ("a=1&a=2", .requestBody, .v1, false, "Invalid key: 'a=1&a=2'"),
        ("=1", .requestBody, .v1, false, "Invalid key: '=1'"),
        ("a=x&B&b=1", .requestBody, .v1, false, "Invalid key: 'a=x&B&b=1'"),
        ("(a:b", .requestBody, .v2, false, "Invalid key: '(a:b'"),
        ("a=b", .responseBody, .v2, false, "Invalid key: 'a=b'"),
        ("(a:(b:c))", .requestBody, .v2, false, "Invalid key: '(a:(b:c))'"),
        ("()", .requestBody, .v2, false, "Invalid key: '()'"), ("x", .path, .v1, false, "Invalid complex key: 'x'"),
        ("a=%zz", .path, .v1, false, "Invalid complex key: 'a=%zz'"),
        ("List(a)", .path, .v2, true, "Invalid complex key: 'List(a)'"),
        ("(a", .query, .v2, false, "Batch key parameter value is invalid"),
    ]

    @Test(arguments: refused)
    func `a key that is none is refused with the framework's text`(
        row: (text: String, place: KeyPlace, version: ProtocolVersion, simple: Bool, message: String)
    ) {
        #expect(throws: RestLiError(row.message)) {
            try KeyCodec.decode(row.text, in: row.place, row.version, simple: row.simple)
        }
    }

    @Test func `ids are written and read`() throws {
        let keys = [
            Self.job,
            .parts(["atsJobPostingId": "2", "dataProvider": "ATS", "integrationContext": "urn:li:organization:1"]),
        ]
        let v1 =
            "ids%5B0%5D.atsJobPostingId=REQ%2012/A%26B&ids%5B0%5D.dataProvider=ATS&ids%5B0%5D.integrationContext=urn:li:organization:1001"
            + "&ids%5B1%5D.atsJobPostingId=2&ids%5B1%5D.dataProvider=ATS&ids%5B1%5D.integrationContext=urn:li:organization:1"
        #expect(KeyCodec.idsQuery(keys, .v1) == v1)
        let v2 =
            "ids=List((atsJobPostingId:REQ%2012/A%26B,dataProvider:ATS,integrationContext:urn%3Ali%3Aorganization%3A1001),"
            + "(atsJobPostingId:2,dataProvider:ATS,integrationContext:urn%3Ali%3Aorganization%3A1))"
        #expect(KeyCodec.idsQuery(keys, .v2) == v2)
        let documented =
            "ids[0].atsJobPostingId=REQ%2012%2FA%26B&ids[0].dataProvider=ATS&ids[0].integrationContext=urn:li:organization:1001"
        #expect(try KeyCodec.ids(from: QueryCodec.decode(v1, .v1), simple: false) == keys)
        #expect(try KeyCodec.ids(from: QueryCodec.decode(v2, .v2), simple: false) == keys)
        #expect(try KeyCodec.ids(from: QueryCodec.decode(documented, .v1), simple: false) == [Self.job])
    }

    @Test func `simple and compound ids are written and read`() throws {
        #expect(KeyCodec.idsQuery([.simple("1"), .simple("3")], .v1) == "ids=1&ids=3")
        #expect(KeyCodec.idsQuery([.simple("1"), .simple("3")], .v2) == "ids=List(1,3)")
        #expect(
            try KeyCodec.ids(from: QueryCodec.decode("ids=1&ids=3&ids=1", .v1), simple: true) == [
                .simple("1"), .simple("3"),
            ])
        #expect(try KeyCodec.ids(from: QueryCodec.decode("ids=7", .v1), simple: true) == [.simple("7")])
        let compound: [EntityKey] = [
            .parts(["part1": "five", "part2": "9", "part3": "APPLE"]),
            .parts(["part1": "two", "part2": "3", "part3": "ORANGE"]),
        ]
        let v1 = "ids=part1%3Dfive%26part2%3D9%26part3%3DAPPLE&ids=part1%3Dtwo%26part2%3D3%26part3%3DORANGE"
        #expect(KeyCodec.idsQuery(compound, .v1, compound: true) == v1)
        #expect(try KeyCodec.ids(from: QueryCodec.decode(v1, .v1), simple: false) == compound)
        #expect(
            KeyCodec.idsQuery(compound, .v2)
                == "ids=List((part1:five,part2:9,part3:APPLE),(part1:two,part2:3,part3:ORANGE))")
    }

    @Test(arguments: [
        ("ids=abc", ProtocolVersion.v1, false), ("ids[0].a=1", .v1, true), ("ids=List(a)", .v2, false),
        ("ids=(a:b)", .v2, true),
        ("ids=List((a:(b:c)))", .v2, false), ("ids[0].a.b=1", .v1, false), ("ids=List(List(a))", .v2, true),
    ])
    func `ids of another shape are refused`(query: String, version: ProtocolVersion, simple: Bool) throws {
        let decoded = try QueryCodec.decode(query, version)
        #expect(throws: RestLiError("Batch key parameter value is invalid")) {
            try KeyCodec.ids(from: decoded, simple: simple)
        }
    }

    @Test func `two ids that only look alike are two keys`() {
        let composed = EntityKey.simple("\u{E9}")
        let decomposed = EntityKey.simple("e\u{301}")
        #expect(composed != decomposed && Set([composed, decomposed]).count == 2)
        #expect(EntityKey.parts(["a": "\u{E9}"]) != .parts(["a": "e\u{301}"]))
        #expect(EntityKey.parts(["a": "1", "b": "2"]) == .parts(["b": "2", "a": "1"]))
    }
}

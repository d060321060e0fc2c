// SPDX-License-Identifier: Apache-2.0

import RestLi
import TestSupport
import Testing

/// Protocol 1.0.0 query strings (jobs-oauth-restli 2.3).
@Suite struct QueryV1Tests {
    static let decoded: [(String, [String: Parameter])] = [
        ("", [:]), ("&&", [:]), ("a", ["a": .text("")]), ("a=", ["a": .text("")]),
        ("a=b=c", ["a": .text("b=c")]), ("a=x+y%20z%2B", ["a": .text("x y z+")]), ("%61=%C3%A9", ["a": .text("é")]),
        (
            "ids[0].a=x&ids[0].b[0]=1&ids[0].b[1]=2",
            ["ids": .list([.map(["a": .text("x"), "b": .list([.text("1"), .text("2")])])])]
        ),
        ("ids%5B0%5D.a=x", ["ids": .list([.map(["a": .text("x")])])]),
        ("ids=1&ids=2", ["ids": .list([.text("1"), .text("2")])]),
        ("ids=1&ids=2&ids=1", ["ids": .list([.text("1"), .text("2"), .text("1")])]),
        ("ids[4]=1&ids[1]=0&ids[8]=2", ["ids": .list([.text("0"), .text("1"), .text("2")])]),
        ("ids.1=x", ["ids": .map(["1": .text("x")])]),
        ("union.com~2Eacme~2EKey.part1=one", ["union": .map(["com.acme.Key": .map(["part1": .text("one")])])]),
        ("a~5B0~5D~7e=x", ["a[0]~": .text("x")]),
        ("fields=id,title,owner:(name,email)&q=x", ["fields": .text("id,title,owner:(name,email)"), "q": .text("x")]),
        ("fields=a.b[0]", ["fields": .text("a.b[0]")]),
        ("m.b=2&m.a=1", ["m": .map(["a": .text("1"), "b": .text("2")])]),
        ("ids[2147483647]=x", ["ids": .list([.text("x")])]),
    ]

    @Test(arguments: decoded)
    func `a query becomes the data model`(query: String, model: [String: Parameter]) throws {
        #expect(try QueryCodec.decode(query, .v1) == model)
    }

    static let refused: [(String, String)] = [
        ("abc[]=1", "Path segment parsing error."), ("abc[-1]=1", "Path segment parsing error."),
        ("abc[12a]=1", "Path segment parsing error."), ("[12]=1", "Path segment parsing error."),
        ("x[0][1]=1", "Path segment parsing error."), ("a..b=1", "Path segment parsing error."),
        ("x[0=1", "Path segment parsing error."),
        ("x]=1", "Path segment parsing error."), ("x[99999999999999999999]=1", "Path segment parsing error."),
        ("=1", "Error parsing query parameters: query parameter name cannot be empty"),
        ("a~2=1", "Cannot decode key name a~2"), ("a~zz=1", "Cannot decode key name a~zz"),
        ("a.b=1&a.b=2", "Multiple values of complex query parameter are not supported"),
        ("x[0]=1&x[0]=2", "Multiple values of indexed query parameter are not supported"),
        ("x=1&x[0]=2", "Conflicting references to key x[0]"), ("x[0]=1&x=2", "Conflicting references to key x[0]"),
        ("x[0]=1&x[0].a=2", "Conflicting references to key x[0]"),
        ("x[0].a=1&x[0]=2", "Conflicting references to key x[0]"),
        ("x=1&x=2&x[0]=3", "Conflicting references to key x[0]"),
        ("x.a=1&x[0]=3", "Conflicting references to key x[0]"),
        ("a=%", "Malformed percent-encoding in the URI"), ("a=%4", "Malformed percent-encoding in the URI"),
        ("a=%zz", "Malformed percent-encoding in the URI"), ("a=%C3", "Malformed percent-encoding in the URI"),
        ("a=%ED%A0%80", "Malformed percent-encoding in the URI"),
    ]

    @Test(arguments: refused)
    func `a malformed query is refused with the framework's text`(query: String, message: String) {
        #expect(throws: RestLiError(message)) { try QueryCodec.decode(query, .v1) }
    }

    @Test func `a name of a hundred thousand segments is refused, not recursed into`() {
        #expect(throws: RestLiError.self) {
            try QueryCodec.decode(String(repeating: "a.", count: 100_000) + "a=1", .v1)
        }
    }

    @Test func `the data model becomes a query as Java writes it`() throws {
        // "Other request lines side by side" of 2.4.
        let parameters: [(String, Parameter)] = [
            ("int", .text("3")), ("messageArray", .list([.map(["message": .text("test message")])])),
            ("stringArray", .list([.text("string one"), .text("string two")])),
            ("stringMap", .map(["one": .text("string one")])), ("urlTyperef", .text("http://rest.li")),
        ]
        let v1 =
            "int=3&messageArray%5B0%5D.message=test%20message&stringArray=string%20one&stringArray=string%20two"
            + "&stringMap.one=string%20one&urlTyperef=http://rest.li"
        #expect(QueryCodec.encode(parameters, .v1) == v1)
        let v2 =
            "int=3&messageArray=List((message:test%20message))&stringArray=List(string%20one,string%20two)"
            + "&stringMap=(one:string%20one)&urlTyperef=http%3A//rest.li"
        #expect(QueryCodec.encode(parameters, .v2) == v2)
        #expect(try QueryCodec.decode(v1, .v1) == QueryCodec.decode(v2, .v2))
        #expect(
            QueryCodec.encode([("ids", .list([.map(["a": .text("x"), "b": .list([.text("1"), .text("2")])])]))], .v1)
                == "ids%5B0%5D.a=x&ids%5B0%5D.b%5B0%5D=1&ids%5B0%5D.b%5B1%5D=2")
        #expect(
            QueryCodec.encode([("union", .map(["com.acme.Key": .map(["part1": .text("one")])]))], .v1)
                == "union.com~2Eacme~2EKey.part1=one")
        #expect(QueryCodec.encode([("fields", .text("id,owner:(name)"))], .v2) == "fields=id,owner:(name)")
    }

    @Test(arguments: ProtocolVersion.allCases, 0..<30)
    func `any data model survives the way through a query`(version: ProtocolVersion, seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<20 {
            let model = ["one": Parameter.random(3, &random), "two": Parameter.random(3, &random)]
            let query = QueryCodec.encode(model.sorted { $0.key < $1.key }, version)
            // 1.0.0 cannot say an empty list or map, nor a list of one text.
            if version == .v1 && !model.values.allSatisfy(\.isSayableInV1) { continue }
            #expect(try QueryCodec.decode(query, version) == model)
            #expect(query.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        }
    }
}

extension Parameter {
    static func random(_ depth: Int, _ random: inout SeededRandom) -> Parameter {
        switch Int.random(in: 0..<(depth > 0 ? 4 : 1), using: &random) {
        case 0, 1: .text(.awkward(&random))
        case 2: .list((0..<Int.random(in: 0..<4, using: &random)).map { _ in .random(depth - 1, &random) })
        default:
            .map(
                Dictionary(
                    (0..<Int.random(in: 0..<4, using: &random)).map { _ in
                        (.awkward(&random), .random(depth - 1, &random))
                    },
                    uniquingKeysWith: { $1 }))
        }
    }

    /// Not every value has a form in 1.0.0: empty containers vanish, names cannot be empty, and lists cannot hold
    /// lists.
    var isSayableInV1: Bool {
        switch self {
        case .text: true
        case .list(let elements):
            elements.count > 1 && elements.allSatisfy { $0.isSayableInV1 && $0.list == nil }
        case .map(let members): !members.isEmpty && members.allSatisfy { !$0.key.isEmpty && $0.value.isSayableInV1 }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import RestLi
import Testing

/// Protocol 2.0.0's grammar (jobs-oauth-restli 2.4).
@Suite struct ElementTests {
    static let malformed: [(String, String)] = [
        ("hello:", "tokens left over after parsing; first excess token: ':' (column 5)"),
        ("(a:b", "unexpected end of input"), ("List(a", "unexpected end of input"),
        ("List(a,", "unexpected end of input"),
        ("List(", "unexpected end of input"), ("(a:(", "unexpected end of input"), ("(", "unexpected end of input"),
        ("(a", "unexpected end of input"), ("(a:", "unexpected end of input"), ("(a:b,", "unexpected end of input"),
        (",hello", "unexpected token: ',' (column 0) at start of element"),
        ("(,", "expected string token, found grammar token: ',' (column 1)"),
        ("(a,b)", "expected ':' but found ',' (column 2)"),
        ("List(a,b,)", "unexpected token: ')' (column 9) at start of element"),
        ("(a:b:c)", "expected ')' but found ':' (column 4)"),
        ("List(a:b)", "expected ')' but found ':' (column 6)"),
        ("List(a,,b)", "unexpected token: ',' (column 7) at start of element"),
        ("(:b)", "expected string token, found grammar token: ':' (column 1)"),
        ("(a:)", "unexpected token: ')' (column 3) at start of element"),
        ("(a::b)", "unexpected token: ':' (column 3) at start of element"),
        ("List(a)b", "tokens left over after parsing; first excess token: 'b' (column 7)"),
        ("urn:li:person:1", "tokens left over after parsing; first excess token: ':' (column 3)"),
        ("%zz", "Malformed percent-encoding in the URI"),
    ]

    @Test(arguments: malformed)
    func `a malformed element is refused with the framework's text`(text: String, message: String) {
        #expect(throws: RestLiError(message)) { try QueryCodec.decode("p=\(text)", .v2) }
    }

    @Test(arguments: ["(", "List(", "(a:"])
    func `a deep element is refused, not recursed into`(open: String) {
        #expect(throws: RestLiError.self) { try QueryCodec.decode("p=" + String(repeating: open, count: 100_000), .v2) }
    }

    static let vectors: [(Parameter, String)] = [
        (.map(["a": .text("b"), "c": .text("d")]), "(a:b,c:d)"), (.map(["": .text("")]), "('':'')"),
        (
            .map([
                "empty": .map([:]), "list": .list([.text("1"), .text("2")]),
                "long": .map(["a": .text("b"), "c": .text("d")]),
            ]),
            "(empty:(),list:List(1,2),long:(a:b,c:d))"
        ),
        (.map([",": .list([.text("'"), .text("("), .text(")"), .text(":")])]), "(%2C:List(%27,%28,%29,%3A))"),
        (
            .map(["this is a key": .list([.text("/"), .text("="), .text("&")])]),
            "(this%20is%20a%20key:List(/,%3D,%26))"
        ),
        (.map(["%25": .text("%")]), "(%2525:%25)"),
        (.map(["k": .text("こんにちは")]), "(k:%E3%81%93%E3%82%93%E3%81%AB%E3%81%A1%E3%81%AF)"),
        (.text("''"), "%27%27"), (.text("List"), "List"), (.list([]), "List()"), (.text("a+b"), "a%2Bb"),
        (.text("(a)"), "%28a%29"),
    ]

    @Test(arguments: vectors)
    func `the worked vectors are written and read in a query`(element: Parameter, query: String) throws {
        #expect(QueryCodec.encode([("p", element)], .v2) == "p=\(query)")
        #expect(try QueryCodec.decode("p=\(query)", .v2) == ["p": element])
    }

    @Test func `what other clients write is read too`() throws {
        // Lower-case escapes, `+` as itself, everything escaped as the JS and Python clients do, an empty value.
        #expect(try QueryCodec.decode("p=a+b%3a%2f", .v2) == ["p": .text("a+b:/")])
        #expect(
            try QueryCodec.decode("p=Listing&q=&fields=a:(b)", .v2) == [
                "p": .text("Listing"), "q": .text(""), "fields": .text("a:(b)"),
            ])
        #expect(throws: RestLiError.self) { try QueryCodec.decode("p=1&p=2", .v2) }
    }
}

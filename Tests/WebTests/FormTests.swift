// SPDX-License-Identifier: Apache-2.0

import Testing
import Web

struct FormTests {
    @Test func `fields keep their order, the last value of a name wins, and spaces at the ends go`() {
        let fields = FormFields("a=1&b=two+words&a=%20x%20&c=&d".utf8)
        #expect(fields["a"] == "x")
        #expect(fields.exact("a") == " x ")
        #expect(fields.all("a") == ["1", " x "])
        #expect(fields["b"] == "two words")
        #expect(fields["c"] == nil)
        #expect(fields.has("d"))
        #expect(!fields.has("e"))
    }

    @Test(arguments: [("%", "%"), ("%4", "%4"), ("%zz", "%zz"), ("%F0%9F%A6%86", "🦆"), ("%FF", "\u{FFFD}")])
    func `broken escapes never refuse a form`(sent: String, read: String) {
        #expect(FormFields("x=\(sent)".utf8).exact("x") == read)
    }

    @Test func `a query written is the query read`() {
        let fields = FormFields([("q", "a&b=c d+é"), ("after", "x/1"), ("empty", "")])
        let query = fields.query(except: ["after"], adding: [("after", "y")])
        #expect(query == "q=a%26b%3Dc%20d%2B%C3%A9&after=y")
        #expect(FormFields(query.utf8)["q"] == "a&b=c d+é")
    }

    @Test func `a form's token is good for its own session only`() {
        let token = FormToken.make(session: Array("one".utf8))
        let form = FormFields([(FormToken.field, token)])
        #expect(FormToken.isValid(form, session: Array("one".utf8)))
        #expect(!FormToken.isValid(form, session: Array("two".utf8)))
        #expect(!FormToken.isValid(FormFields(), session: Array("one".utf8)))
        #expect(!FormToken.isValid(FormFields([(FormToken.field, token + "0")]), session: Array("one".utf8)))
    }

    @Test(arguments: ["//evil.example", "/\\evil.example", "https://evil.example", "", "ui", "/a\nSet-Cookie: x", "/ä"])
    func `a redirect leads nowhere else`(path: String) {
        #expect(LocalPath(path) == nil)
    }

    @Test func `a redirect to a page of ours is taken as it is`() {
        let path = "/ui/customers/a%20b?x=1#y"
        #expect(LocalPath(path)?.text == path)
    }

    @Test func `a cookie is read among others, and is never seen by scripts or other sites`() {
        #expect(Cookie.read("b", from: "a=1; b=2; bb=3") == "2")
        #expect(Cookie.read("b", from: "ab=1") == nil)
        #expect(Cookie.read("b", from: nil) == nil)
        let header = Cookie("s", "v", maxAge: 60, isSecure: true).header
        #expect(header == "s=v; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60")
    }
}

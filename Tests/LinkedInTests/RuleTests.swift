// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import Testing

@Suite struct RuleTests {
    @Test(arguments: ["a@b.c", "ada.lovelace+1@mail.example.org", "ü@bücher.example", "a@b.c.d"])
    func `an e-mail of the form X@X.X passes`(text: String) {
        #expect(EmailRule.matches(text))
    }

    @Test(arguments: ["", "a", "a@b", "@b.c", "a@.c", "a@b.", "a@@b.c", "a b@c.d", "a@b.c\n", "a.b@c", "a@b@c.d"])
    func `an e-mail of another form does not`(text: String) {
        #expect(!EmailRule.matches(text))
    }

    @Test(arguments: [
        "https://ats.example.com/c/1", "http://localhost:5000/jobs", "HTTPS://X", "https://user@host:80/",
        "http://[::1]:80/x",
        "https://bücher.example/ü?q=1#a", "https://ats.example.com?x=1",
    ])
    func `an absolute http or https URL passes`(text: String) {
        #expect(URLRule.isAbsoluteHTTP(text))
    }

    @Test(arguments: [
        "", "ats.example.com", "ftp://x", "https://", "https:///path", "https://?q", "http//x", "https://a b",
        "https://x:8a/",
        "javascript:alert(1)", "/c/1", "https://x/\"", "https://:80/", "mailto:a@b.c", "https://user@/",
    ])
    func `what is not one does not`(text: String) {
        #expect(!URLRule.isAbsoluteHTTP(text))
    }

    @Test(arguments: [
        ("https://ats.example.com/li", true), ("http://localhost:8080/li", true), ("http://127.0.0.1/li", true),
        ("http://ats.example.com/li", false), ("http://localhost.evil.example/li", false),
    ])
    func `a callback is https, or on this machine`(text: String, secure: Bool) {
        #expect(URLRule.isSecure(text) == secure)
    }

    @Test func `times are positive, in order, and not in seconds`() {
        #expect(EpochRule.isValid(1))
        #expect(!EpochRule.isValid(0))
        #expect(EpochRule.isOrdered(created: 5, modified: 5))
        #expect(!EpochRule.isOrdered(created: 5, modified: 4))
        #expect(EpochRule.looksLikeSeconds(1_767_225_600))
        #expect(!EpochRule.looksLikeSeconds(1_767_225_600_000))
    }

    @Test func `an application's name is short and without LinkedIn`() {
        #expect(ApplicationNameRule.problem("Acme ATS - Globex") == nil)
        #expect(ApplicationNameRule.problem("") != nil)
        #expect(ApplicationNameRule.problem(String(repeating: "x", count: 51)) != nil)
        #expect(ApplicationNameRule.problem("My linkedin sync") != nil)
    }

    @Test(arguments: [
        ("https://ats.example.com", true), ("http://localhost:5000", true), ("https://ats.example.com/", false),
        ("ats.example.com", false), ("https://ats.example.com/x", false),
    ])
    func `a script domain has a scheme and no path`(text: String, valid: Bool) {
        #expect(ScriptDomainRule.isValid(text) == valid)
    }
}

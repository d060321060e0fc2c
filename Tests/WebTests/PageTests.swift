// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Web

struct PageTests {
    private static let attack = #"<script>alert(1)</script>"><img src=x onerror=alert(1)> {{title}} 'x' &amp;"#

    private struct ListPage: Page {
        static let template = PageTemplate(
            "list", utf8: Array("<ul>{{#rows}}<li title=\"{{name}}\">{{name}}</li>{{/rows}}</ul>{{> csrf}}".utf8))
        struct Row: Sendable { var name: String }
        var title: String
        var rows: [Row]
    }

    private func html(_ page: some Page, _ shell: Shell = Shell(product: "P", home: "/")) -> String {
        String(decoding: Renderer().html(page, shell), as: UTF8.self)
    }

    @Test func `whatever people typed stays text, in the title, in elements and in attributes`() {
        let page = html(ListPage(title: Self.attack, rows: [.init(name: Self.attack)]))
        #expect(!page.contains("<script>alert"))
        #expect(!page.contains("<img"))
        #expect(page.contains("<li title=\"&lt;script&gt;"))
        // A template inside a value is no template.
        #expect(page.contains("{{title}}"))
    }

    @Test func `names of thousands of characters and right-to-left texts arrive whole`() {
        let name = String(repeating: "שלום ", count: 1_000)
        #expect(html(ListPage(title: "x", rows: [.init(name: name)])).contains(name))
    }

    @Test func `every form finds the session's token`() {
        let page = html(ListPage(title: "x", rows: []), Shell(product: "P", home: "/", csrf: "abc"))
        #expect(page.contains(#"<input type="hidden" name="csrf" value="abc">"#))
    }

    @Test func `navigation marks where one is, shows who one is and what was done`() {
        var shell = Shell(product: "P", home: "/")
        shell.groups = [
            NavGroup("Group", [NavItem("Here", "/here", isCurrent: true, badge: "3"), NavItem("There", "/t")])
        ]
        shell.person = Shell.Person(name: "Somebody", detail: "Viewer", signOut: "/out")
        shell.notice = Notice(.good, "Saved.")
        let page = html(MessagePage("Title", ["Text"], links: [Link("On", "/on")]), shell)
        #expect(page.contains(#"<a href="/here" aria-current="page">Here<span class="count">3</span></a>"#))
        #expect(page.contains(#"<a href="/t">There</a>"#))
        #expect(page.contains("<strong>Somebody</strong>"))
        #expect(page.contains(#"<div class="notice good" role="status"><p>Saved.</p></div>"#))
        #expect(page.contains(#"<a class="button" href="/on">On</a>"#))
    }

    @Test func `no template writes a value that is not escaped, or carries script or style`() {
        for fragment in Fragment.shared {
            #expect(!fragment.text.contains("{{{") && !fragment.text.contains("{{&"), "\(fragment.name)")
            #expect(!fragment.text.contains(" style="), "\(fragment.name)")
            #expect(!fragment.text.contains("<script>"), "\(fragment.name)")
        }
    }

    @Test func `a page may load from its own server alone unless it says more`() throws {
        let plain = WebResponse.html([])
        let policy = try #require(plain.headers.first { $0.name == "content-security-policy" }?.value)
        #expect(policy.contains("default-src 'none'") && policy.contains("script-src 'self';"))
        #expect(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"))
        let widget = WebResponse.html([], policy: ContentPolicy(widgetOrigins: ["https://w.example"]))
        let wide = try #require(widget.headers.first { $0.name == "content-security-policy" }?.value)
        #expect(wide.contains("script-src 'self' https://w.example;"))
        #expect(wide.contains("frame-src 'self' https://w.example;"))
    }

    @Test func `an asset's path changes with its content`() {
        let (one, other) = (Asset("a.css", type: "text/css", [1]), Asset("a.css", type: "text/css", [2]))
        #expect(one.path != other.path)
        #expect(Asset.find(Asset.style.path)?.bytes == Asset.style.bytes)
        #expect(Asset.find("/assets/000000000000/app.css") == nil)
    }

    @Test func `a pager keeps the filters and forgets the key`() {
        let fields = FormFields([("q", "a b"), ("after", "9")])
        let pager = Pager("/list", fields, nextKey: "19", says: "10 of 30")
        #expect(pager.next == "/list?q=a%20b&after=19")
        #expect(pager.first == "/list?q=a%20b")
        #expect(Pager("/list", FormFields(), nextKey: nil, says: "").first == nil)
    }
}

// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Store
import Synchronization
import Testing
import Web

@testable import Dashboard

@Suite struct RecordPageTests {
    @Test func `every number leads to a list with as many rows`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        try await world.candidates(customer, (1...120).map { "C-\($0)" })
        let page = try await world.get("/ui/customers/acme/records", as: .viewer)
        #expect(page.has("<strong>120</strong><span>Due</span>"))
        var (rows, path): (Set<String>, String?) = ([], "/ui/customers/acme/records?state=due")
        while let next = path {
            let page = try await world.get(next, as: .viewer)
            for match in page.text.matches(of: /<bdi>(C-\d+)<\/bdi><\/a><\/th>/) {
                #expect(rows.insert(String(match.1)).inserted)
            }
            path = page.text.matches(of: /href="([^"]+)">Next page/).first.map {
                String($0.1).replacing("&amp;", with: "&")
            }
        }
        #expect(rows.count == 120)
    }

    @Test func `a page without records says where they come from, and a search says what is found how`() async throws {
        let world = try await DashboardWorld()
        try await world.addCustomer()
        #expect(try await world.get("/ui/customers/acme/records").has("No records yet"))
        let search = try await world.get("/ui/customers/acme/records?q=ada")
        #expect(search.has("Nothing found for “ada”"))
        #expect(try await world.get("/ui/customers/nobody/records").status == 404)
    }

    @Test func `the first search for a name has the index of names made, and says so until it is`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        try await world.candidates(customer, ["C-1"])
        let first = try await world.get("/ui/customers/acme/records?q=ada", as: .viewer)
        #expect(first.has("index of names is being made") && world.woken.pushes == 1)
        try await world.store.write { tx in
            try tx.trace(try tx.untraced(customer: customer.number, limit: 10), customer: customer.number)
        }
        let second = try await world.get("/ui/customers/acme/records?q=ada", as: .viewer)
        #expect(!second.has("index of names") && second.has("<bdi>C-1</bdi>") && world.woken.pushes == 1)
    }

    @Test(arguments: ["a/b", "..", "100%", "%2F", "a b", "👩‍👩‍👧", "a+b&c=d", "\"><i>", "ë"])
    func `a record has a page whatever its id is`(id: String) async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        try await world.candidates(customer, [id])
        let list = try await world.get("/ui/customers/acme/records")
        let href = try #require(list.between("<tr>\n<th scope=\"row\"><a href=\"/ui/customers/acme/records/one", "\""))
        let page = try await world.get("/ui/customers/acme/records/one" + href.replacing("&amp;", with: "&"))
        #expect(page.status == 200 && page.has("it is new and was not sent yet"))
        let short = try await world.get(
            "/ui/customers/acme/records/candidate/\(id == ".." ? "%2E%2E" : id.urlComponent)")
        #expect(short.location.map { LocalPath($0) != nil } == true)
        #expect(try await world.get(try #require(short.location)).status == 200)
        let sent = try await world.post(
            "/ui/customers/acme/records/one/retry", [("type", "candidate"), ("id", id)], as: .operator)
        #expect(sent.status == 303)
    }

    @Test func `both versions stand side by side with what differs, once LinkedIn was asked`() async throws {
        let asked = Mutex(0)
        let world = try await DashboardWorld { parts in
            parts.readBack = { _, key in
                asked.withLock { $0 += 1 }
                return .held(
                    Array(#"{"firstName":"Ada","lastName":"Before","matchedMembers":["urn:li:person:a"]}"#.utf8),
                    requestID: "q-7")
            }
        }
        let customer = try await world.addCustomer()
        try await world.candidates(customer, ["C-1"])
        try await world.settle(customer, .candidate)
        let same = try await world.get("/ui/customers/acme/records/one?type=candidate&id=C-1")
        #expect(same.has("exactly this version since") && !same.has("class=\"old\"") && same.has("req-1"))
        try await world.accept(
            customer, [(RecordKey(.candidate, id: "C-1"), ["firstName": "Ada", "lastName": "After"])])
        let changed = try await world.get("/ui/customers/acme/records/one?type=candidate&id=C-1")
        #expect(changed.has("its fields are not kept here") && changed.has("it changed and was not sent yet"))
        #expect(asked.withLock { $0 } == 0)
        let read = try await world.get("/ui/customers/acme/records/one/linkedin?type=candidate&id=C-1", as: .operator)
        #expect(read.has("1 field differs.") && read.has("request q-7") && !read.has("matchedMembers"))
        #expect(read.has("<td class=\"new\"><bdi>After</bdi></td><td class=\"old\"><bdi>Before</bdi></td>"))
        let refused = try await world.get("/ui/customers/acme/records/one/linkedin?type=candidate&id=C-1", as: .viewer)
        #expect(refused.status == 403 && asked.withLock { $0 } == 1)
    }

    @Test func `a record shows its family, and a child what it waits for`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        try await world.candidates(customer, ["C-1"])
        let application = RecordKey(.application, id: "A-1")
        try await world.accept(
            customer,
            [
                (RecordKey(.job, id: "J-1"), ["title": "Cook"]),
                (application, ["atsJobPostingId": "J-1", "atsCandidateId": "C-1"]),
            ])
        try await world.accept(
            customer, (1...12).map { (RecordKey(.candidateNote, parent: "C-1", id: "N-\($0)"), ["note": "n"]) })
        try await world.settle(customer, .application)
        let candidate = try await world.get("/ui/customers/acme/records/one?type=candidate&id=C-1")
        #expect(candidate.has("<bdi>A-1</bdi>") && candidate.count(of: "<bdi>N-") == 10)
        let all = try await world.get("/ui/customers/acme/records?type=candidateNote&of=candidate&ofId=C-1")
        #expect(all.count(of: "<bdi>N-") == 12)
        let waiting = try await world.get("/ui/customers/acme/records/one?type=application&id=A-1")
        #expect(waiting.has("is not at LinkedIn yet") && waiting.has("<bdi>J-1</bdi>") && waiting.has("<bdi>C-1</bdi>"))
    }

    @Test func `an operator sends a refused record again, a viewer does not, and the audit says who did`() async throws
    {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        let key = RecordKey(.candidate, id: "C-1")
        try await world.candidates(customer, ["C-1"])
        try await world.settle(customer, .candidate, .rejected(Reason(.refused, "LinkedIn refused it (400)")))
        let path = "/ui/customers/acme/records/one/retry"
        let fields = [("type", "candidate"), ("id", "C-1")]
        #expect(try await world.post(path, fields, as: .viewer).status == 403)
        #expect(try await world.post(path, fields, as: .operator, token: "wrong").status == 403)
        #expect(try await world.state(customer, key) == .rejected)
        let page = try await world.follow(path, fields, as: .operator)
        #expect(page.status == 200 && page.has("It is sent again now."))
        #expect(try await world.state(customer, key) == .due && world.woken.records == 1)
        #expect(try await world.audited() == ["operator record.retry \(world.auditName("C-1"))"])
        #expect(try await world.post(path, [("type", "candidate"), ("id", "no")], as: .operator).status == 409)
    }

    /// Everything an ATS can send, full of what would be markup elsewhere.
    @Test func `whatever the ATS sends stays text on every page`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        let evil =
            #"<script>alert(1)</script>"><img src=x onerror=alert(2)>{{csrf}}{{{csrf}}}&{{/rows}}'‮ עברית "#
        let long = JSONValue.string(String(repeating: "ü<b>", count: 1_250))
        let text = JSONValue.string(evil)
        var bodies: [(key: RecordKey, body: JSONObject)] = [
            (
                RecordKey(.job, id: evil),
                ["title": text, "description": long, "companyApplyUrl": "javascript:alert(3)"]
            ),
            (
                RecordKey(.candidate, id: evil),
                [
                    "firstName": text, "lastName": long, "externalProfileUrl": "javascript:alert(3)",
                    "linkedInProfileUrl": text, "emailAddresses": [text], "addresses": [["line1": text, "city": text]],
                    "phoneNumbers": [["number": text]], "currentCompanyName": text, evil: text,
                ]
            ),
            (
                RecordKey(.application, id: evil),
                [
                    "atsJobPostingId": text, "atsCandidateId": text, "atsJobPostingName": text, "firstName": text,
                    "source": text, "dispositionReason": text,
                ]
            ),
        ]
        for kind in RecordKind.allCases where kind.parent != nil && kind != .assignee {
            bodies.append((RecordKey(kind, parent: evil, id: evil), ["note": text, "feedback": long, "stage": text]))
        }
        try await world.accept(customer, bodies)
        for kind in [RecordKind.job, .candidate] {
            try await world.settle(customer, kind, .rejected(Reason(.refused, "ERROR :: /\(evil) :: \(evil)")))
        }
        var paths = [
            "/ui/customers/acme/records", "/ui/customers/acme/records?q=\(evil.urlComponent)&after=i1,tx",
            "/ui/customers/acme/rejected", "/ui/customers/acme/matches", "/ui/customers/acme/matches/unmatched",
        ]
        paths += bodies.map { $0.key.path(of: customer.id) }
        for kind in [RecordKind.job, .candidate] {
            let group = RejectedGroup(kind: kind, reason: Reason(.refused, "ERROR :: /\(evil) :: \(evil)"))
            paths.append("/ui/customers/acme/rejected/rows?" + group.fields.query())
        }
        for path in paths {
            let page = try await world.get(path)
            #expect(page.status == 200, "\(path)")
            #expect(!page.has("<script>alert") && !page.has("<img") && !page.has("<b>"), "\(path)")
            #expect(!page.text.lowercased().contains("href=\"javascript"), "\(path)")
            let tokens = page.count(of: FormToken.make(session: Array(world.sessions[.admin]!.text.utf8)))
            #expect(tokens == page.count(of: "name=\"csrf\""), "a template in a record was filled in: \(path)")
        }
        let rows = try await world.get(paths[paths.count - 1])
        #expect(rows.has("&lt;script&gt;alert(1)"))
    }

    @Test(arguments: [
        ("https://ats.example/c/1?a=b", true), ("HTTP://ats.example", true), ("javascript:alert(1)", false),
        ("//evil.example", false), ("https://a\n.example", false), ("https:\\\\evil", false),
        ("data:text/html,x", false),
        ("", false),
    ])
    func `only web addresses become links`(text: String, isLink: Bool) {
        #expect((OutsideLink.href(text) != nil) == isLink)
    }
}

// SPDX-License-Identifier: Apache-2.0

import Domain
import HTTPTypes
import JSONBytes
import Store
import Testing
import Web

@testable import Dashboard

@Suite struct RejectedPageTests {
    private static let reason = Reason(
        .refused, "LinkedIn refused it (400): ERROR :: /emailAddresses/0 :: \"x\" is not a valid e-mail")

    private func world(_ count: Int) async throws -> (DashboardWorld, Customer) {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        try await world.accept(
            customer,
            (0..<count).map {
                (
                    RecordKey(.candidate, id: "C-\($0)"),
                    [
                        "firstName": "=HYPERLINK(1)", "lastName": "a\"b",
                        "externalProfileUrl": .string("https://ats.example/c/\($0)"),
                    ]
                )
            })
        try await world.settle(customer, .candidate, .rejected(Self.reason))
        return (world, customer)
    }

    private var group: String { RejectedGroup(kind: .candidate, reason: Self.reason).fields.query() }

    @Test func `nothing rejected is said as good news`() async throws {
        let world = try await DashboardWorld()
        try await world.addCustomer()
        #expect(try await world.get("/ui/customers/acme/rejected").has("Nothing is rejected"))
    }

    @Test func `a reason has its count, its field and its rows, each with a way to mend it`() async throws {
        let (world, _) = try await world(120)
        let groups = try await world.get("/ui/customers/acme/rejected", as: .viewer)
        #expect(groups.has(">120</a>") && groups.has("<code>emailAddresses › 0</code>") && !groups.has("Retry"))
        var (rows, path): (Set<String>, String?) = ([], "/ui/customers/acme/rejected/rows?" + group)
        while let next = path {
            let page = try await world.get(next, as: .operator)
            for match in page.text.matches(of: /<bdi>(C-\d+)<\/bdi>/) { rows.insert(String(match.1)) }
            #expect(page.has("href=\"https://ats.example/c/") && page.has("rel=\"noreferrer noopener\""))
            path = page.text.matches(of: /href="([^"]+)">Next page/).first.map {
                String($0.1).replacing("&amp;", with: "&")
            }
        }
        #expect(rows.count == 120)
    }

    @Test func `the file has every row, and no cell that a spreadsheet would calculate`() async throws {
        let (world, _) = try await world(1_300)
        for query in ["", "?" + group] {
            let file = try await world.get("/ui/customers/acme/rejected/rows.csv" + query, as: .viewer)
            #expect(file.headers[.contentDisposition]?.contains("rejected-acme.csv") == true)
            let lines = file.text.split(separator: "\r\n")
            #expect(lines.count == 1_301 && lines[0].hasPrefix("type,id,parent,name,reason"))
            #expect(lines[1].hasPrefix("candidate,C-0,,\"'=HYPERLINK(1) a\"\"b\",\"LinkedIn refused it"))
            #expect(lines[1].hasSuffix("https://ats.example/c/0"))
        }
    }

    @Test func `a whole reason goes again, and the audit says how many`() async throws {
        let (world, customer) = try await world(3)
        let path = "/ui/customers/acme/rejected/retry"
        let fields = RejectedGroup(kind: .candidate, reason: Self.reason).fields.pairs.map { ($0.name, $0.value) }
        #expect(try await world.post(path, fields, as: .viewer).status == 403)
        let page = try await world.follow(path, fields, as: .operator)
        #expect(page.has("Nothing is rejected"))
        #expect(try await world.state(customer, RecordKey(.candidate, id: "C-2")) == .due)
        #expect(try await world.audited() == ["operator rejected.retry 3 of candidate, refused"])
        #expect(try await world.post(path, [], as: .operator).status == 404)
        #expect(world.woken.records == 1)
    }
}

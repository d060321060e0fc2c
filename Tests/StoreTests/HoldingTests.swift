// SPDX-License-Identifier: Apache-2.0

import Domain
import SQLFile
import Testing

@testable import Store

/// What is held of people, as a list that cannot be forgotten.
@Suite struct HoldingTests {
    private static func tables(_ world: World) async throws -> [String: [String]] {
        try await world.store.read { tx in
            let names = try tx.rows(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            ) { $0.text(0) }
            return Dictionary(
                uniqueKeysWithValues: try names.map { name in
                    (name, try tx.rows("SELECT name FROM pragma_table_info('\(name)')") { $0.text(0) })
                })
        }
    }

    @Test func `every table is in the list once, and nothing else is`() async throws {
        let tables = try await Self.tables(try await World()).keys.sorted()
        #expect(
            Holding.all.map(\.table).sorted() == tables,
            "add the table to Holding.all: what does it hold of people, and how does it go?")
    }

    @Test func `every table says how one person goes from it, or why nobody is in it`() {
        for holding in Holding.all {
            #expect(holding.isCovered, "\(holding.table)")
            #expect(!holding.holds.isEmpty)
        }
    }

    /// A list of names would not notice a column of a person in a table that was declared harmless.
    @Test func `a table that names candidates or members is scrubbed by each, or says why not`() async throws {
        // Kept by the erasure itself, or about the customer's staff.
        let own: Set = ["record", "reborn", "erasure_subject", "erasure_item", "ats_user", "seat"]
        let tables = try await Self.tables(try await World())
        for holding in Holding.all where !own.contains(holding.table) {
            let columns = Set(tables[holding.table] ?? [])
            if columns.contains("person") {
                #expect(holding.scrubs.contains { if case .person = $0 { true } else { false } }, "\(holding.table)")
            }
            if columns.contains("candidate") {
                #expect(holding.scrubs.contains { if case .candidate = $0 { true } else { false } }, "\(holding.table)")
            }
        }
    }

    @Test func `every statement of the list runs`() async throws {
        let world = try await World()
        let customer = world.customer
        try await world.store.write { tx in
            _ = try tx.scrub(.candidate, "C-1", customer: customer)
            _ = try tx.scrub(.person, "urn:li:person:a", customer: customer)
            _ = try tx.deleteEverything(customer: customer, limit: .max)
            try tx.removeCustomer(customer)
        }
        let left = try await world.store.read { try $0.customers() }
        #expect(left.isEmpty)
    }
}

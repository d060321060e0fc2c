// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import Store
import TestSupport
import Testing

@Suite struct CustomerTests {
    @Test func `a customer comes back as it was added, and its id is taken`() async throws {
        let world = try await World()
        let customer = try #require(try await world.store.read { try $0.customer(id: CustomerID("acme")!) })
        #expect(customer.number == world.customer)
        #expect(customer.contracts == [5000, 5001])
        #expect(customer.status == .pending)
        #expect(try world.store.vault.open(customer.clientSecret, for: "customer/acme/clientSecret") == "s3cret")
        let error = await #expect(throws: StoreError.self) {
            try await world.store.write { try $0.addCustomer(.sample(world.store.vault, "acme"), at: Millis(0)) }
        }
        #expect(error?.code == .conflict)
    }

    @Test func `a key opens its customer and is not stored itself`() async throws {
        let world = try await World()
        let key = APIKey.make()
        #expect(key.wholeMatch(of: /cwk_[0-9A-Za-z]{43}/) != nil)
        try await world.store.write {
            try $0.addAPIKey(customer: world.customer, hash: APIKey.hash(key), label: "first", at: Millis(0))
        }
        #expect(try await world.store.read { try $0.customer(forKeyHash: APIKey.hash(key)) }?.id.text == "acme")
        #expect(try await world.store.read { try $0.customer(forKeyHash: APIKey.hash(key + "x")) } == nil)
        try await world.store.close()
        for file in try FileManager.default.contentsOfDirectory(atPath: world.folder.path) {
            let data = try #require(FileManager.default.contents(atPath: world.folder.path(file)))
            #expect(data.range(of: Data(key.utf8)) == nil)
            #expect(data.range(of: Data("s3cret".utf8)) == nil)
        }
    }

    @Test func `a secret opens only for its purpose and under its key`() async throws {
        let vault = try Vault(key: Array(repeating: 7, count: 32))
        let sealed = try vault.seal("s3cret", for: "a")
        #expect(try vault.open(sealed, for: "a") == "s3cret")
        #expect(throws: StoreError.self) { try vault.open(sealed, for: "b") }
        #expect(throws: StoreError.self) { try Vault(key: Array(repeating: 8, count: 32)).open(sealed, for: "a") }
        #expect(throws: StoreError.self) { try Vault(key: [1, 2, 3]) }
    }

    @Test func `the master key is made once, for its owner alone`() async throws {
        let folder = try TemporaryFolder()
        let first = try Store.open(directory: folder.path("data"))
        let sealed = try first.vault.seal("x", for: "p")
        try await first.close()
        let mode =
            try FileManager.default.attributesOfItem(atPath: folder.path("data/master.key"))[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try Store.open(directory: folder.path("data")).vault.open(sealed, for: "p") == "x")
    }

    @Test func `an integration's words are kept verbatim, and the same words again write nothing`() async throws {
        let world = try await World()
        for moment in [Int64(1), 2] {
            try await world.store.write {
                try $0.setIntegration(
                    customer: world.customer, type: "SYNC", context: "urn:li:contract:5000", name: "n",
                    status: "NEW_WORD", at: Millis(moment))
            }
        }
        let integrations = try await world.store.read { try $0.integrations(customer: world.customer) }
        #expect(integrations.map(\.status) == ["NEW_WORD"])
        #expect(integrations[0].changedAt == Millis(1))
    }

    @Test func `a removed customer leaves no row behind and its neighbour alone`() async throws {
        let world = try await World()
        let other = try await world.store.write {
            try $0.addCustomer(.sample(world.store.vault, "other"), at: Millis(0)).number
        }
        try await world.accept(.candidate("1"), .note("1", "n"))
        _ = try await world.store.write { tx in
            try tx.accept([.candidate("1")], customer: other, priority: .backfill, at: Millis(0))
        }
        try await world.store.write { try $0.removeCustomer(world.customer) }
        #expect(try await world.store.read { try $0.customers() }.map(\.number) == [other])
        #expect(try await world.tally(.candidate) == Tally())
        #expect(try await world.store.read { try $0.tallies(customer: other)[.candidate]?.desired } == 1)
    }
}

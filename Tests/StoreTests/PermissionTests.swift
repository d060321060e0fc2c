// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Testing

@Suite struct PermissionTests {
    private static let acl = RecordKey(.acl, parent: "J", id: "G")

    private static func put(_ key: RecordKey) -> Change { .put(key.kind, parent: key.parent, key.id, "{}") }

    @Test func `a deleted job is closed before its groups leave it`() async throws {
        let world = try await World()
        try await world.accept(.job("J"), Self.put(Self.acl))
        #expect(try await world.claim(.acl).isEmpty)
        #expect(try await world.status(Self.acl)?.waitsFor?.kind == .job)
        try await world.drain(.job)
        try await world.drain(.acl)
        #expect(try await world.state(Self.acl) == .synced)

        try await world.accept(.delete(RecordKey(.job, id: "J")))
        #expect(try await world.claim(.acl, deletions: true).isEmpty)
        #expect(try await world.status(Self.acl)?.because.contains("closed first") == true)
        try await world.drain(.job, deletions: true)
        #expect(try await world.claim(.acl, deletions: true).map(\.key) == [Self.acl])
    }

    @Test func `a deleted job's groups stay as long as an application names it`() async throws {
        let world = try await World()
        try await world.accept(
            .job("J"), Self.put(Self.acl), .candidate("C"), .application("A", job: "J", candidate: "C"),
            .application("B", job: "J", candidate: "C"))
        for kind in [RecordKind.job, .candidate, .application, .acl] { try await world.drain(kind) }
        try await world.accept(.delete(RecordKey(.job, id: "J")))
        try await world.drain(.job, deletions: true)
        #expect(try await world.claim(.acl, deletions: true).isEmpty)
        #expect(try await world.status(Self.acl)?.because.contains("applications still name its job") == true)

        // One goes, the other is moved to another job.
        try await world.accept(.delete(RecordKey(.application, id: "A")))
        try await world.drain(.application, deletions: true)
        #expect(try await world.claim(.acl, deletions: true).isEmpty)
        try await world.accept(.job("K"), .application("B", job: "K", candidate: "C"))
        #expect(try await world.claim(.acl, deletions: true).map(\.key) == [Self.acl])
    }

    @Test func `a group that is taken off a job goes at once, and its members stay`() async throws {
        let world = try await World()
        try await world.accept(.job("J"), Self.put(Self.acl), Self.put(RecordKey(.assignee, parent: "G", id: "u")))
        _ = try await world.store.write { [customer = world.customer] tx in
            try tx.putUser(id: "u", email: "u@b.c", name: "U", customer: customer, at: Millis(1))
            return try tx.bind("u", to: "urn:li:person:p", source: .given, customer: customer, at: Millis(1))
        }
        for kind in [RecordKind.job, .acl, .assignee] { try await world.drain(kind) }
        try await world.accept(.delete(Self.acl))
        #expect(try await world.claim(.acl, deletions: true).count == 1)
        #expect(try await world.state(RecordKey(.assignee, parent: "G", id: "urn:li:person:p")) == .synced)
    }

    @Test func `somebody in ten groups changes one for another: the old one goes first`() async throws {
        let world = try await World()
        let customer = world.customer
        try await world.accept((0..<10).map { Self.put(RecordKey(.assignee, parent: "G\($0)", id: "u")) })
        _ = try await world.store.write { tx in
            try tx.putUser(id: "u", email: "u@b.c", name: "U", customer: customer, at: Millis(1))
            return try tx.bind("u", to: "urn:li:person:p", source: .given, customer: customer, at: Millis(1))
        }
        try await world.drain(.assignee)
        try await world.accept(
            .delete(RecordKey(.assignee, parent: "G3", id: "u")), Self.put(RecordKey(.assignee, parent: "G10", id: "u"))
        )
        #expect(try await world.claim(.assignee).isEmpty)
        try await world.drain(.assignee, deletions: true)
        #expect(try await world.claim(.assignee).map(\.key.parent) == ["G10"])
    }

    @Test func `users are found by address whatever its case, and not when two have it`() async throws {
        let world = try await World()
        let customer = world.customer
        try await world.store.write { tx in
            try tx.putUser(id: "a", email: "Ada@Example.com", name: "A", customer: customer, at: Millis(1))
            try tx.putUser(id: "b", email: "bo@example.com", name: "B", customer: customer, at: Millis(1))
        }
        #expect(try await world.store.read { try $0.user(ofEmail: "ada@EXAMPLE.com", customer: customer) }?.id == "a")
        try await world.store.write { tx in
            try tx.putUser(id: "c", email: "ADA@example.com", name: "C", customer: customer, at: Millis(2))
            for user in ["c", "a"] {
                _ = try tx.bind(
                    user, to: "urn:li:person:p", source: .signIn, customer: customer, at: Millis(user == "c" ? 3 : 4))
            }
        }
        #expect(try await world.store.read { try $0.user(ofEmail: "ada@example.com", customer: customer) } == nil)
        #expect(
            try await world.store.read { try $0.user(ofPerson: "urn:li:person:p", customer: customer) }?.id == "c")
        #expect(try await world.store.read { try $0.user(ofPerson: "urn:li:person:p", customer: customer + 1) } == nil)
    }
}

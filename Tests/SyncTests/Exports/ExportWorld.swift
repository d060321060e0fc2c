// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import LinkedIn
import Sandbox
import Store
import Sync
import TestSupport
import Testing

/// A customer whose recruiter exports: sandbox, engine, one open job each time, and the pushes carried over by hand.
struct ExportWorld: Sendable {
    let world: SandboxWorld
    let engine: SyncEngine
    let seat: Int64
    let member: Int64
    /// The member as the customer's application sees them.
    let person: String

    static let profile = "https://www.linkedin.com/in/ada-okafor-sim"

    init(faults: FaultPlan? = nil, _ change: (inout SandboxOptions) -> Void = { _ in }) async throws {
        world = try await SandboxWorld(faults: faults, change)
        engine = world.engine()
        try await world.accept([Proper.job("J1"), Proper.job("J2"), Proper.job("J3")])
        try await world.settle(engine)
        seat =
            try await Self.answer(
                world, "seats",
                ["contract": 5000, "email": "rita@example.com", "first_name": "Rita", "last_name": "Moss"])[
                "seat"]?.int ?? 0
        member =
            try await Self.answer(
                world, "members",
                [
                    "first_name": "Ada", "last_name": "Okafor", "email": "ada@post.example", "title": "Staff engineer",
                    "company": "Northwind", "city": "Lagos", "country": "ng", "profile_url": .string(Self.profile),
                ])["number"]?.int ?? 0
        let shown = try await Self.get(world, "members/\(member)?application=\(world.customer.clientID)")
        person = try #require(shown["person"]?.string)
    }

    var customer: Int64 { world.customer.number }
    var store: Store { world.store }

    /// The recruiter exports the member.
    ///
    /// - Returns: the id of the request, which LinkedIn pushes.
    func export(to job: String, member: Int64? = nil) async throws -> String {
        let answer = try await Self.answer(
            world, "export", ["member": .int(member ?? self.member), "job": .string(job), "seat": .int(seat)])
        #expect(answer["status"] == "pushed", "\(answer)")
        return try #require(answer["request_id"]?.string)
    }

    /// LinkedIn's push arrives, as the callback stores it.
    func deliver(_ id: String, type: String = PushNotification.exportCandidateProfile, expiresAt: Millis? = nil)
        async throws
    {
        let (customer, now) = (customer, world.time.now())
        let body = PushNotification(type: type, id: id, expiresAt: expiresAt?.value).json.bytes
        let push = StoredPush(id: id, type: type, body: body, receivedAt: now, expiresAt: expiresAt)
        _ = try await store.write { try $0.storePush(push, customer: customer) }
    }

    /// Exports and delivers, and runs the engine until it rests.
    @discardableResult
    func exported(to job: String, member: Int64? = nil) async throws -> CandidateExport {
        let id = try await export(to: job, member: member)
        try await deliver(id)
        try await world.settle(engine)
        return try #require(try await stored(id))
    }

    func stored(_ id: String) async throws -> CandidateExport? {
        let customer = customer
        return try await store.read { try $0.export(id, customer: customer) }
    }

    func push(_ id: String) async throws -> StoredPush? {
        let customer = customer
        return try await store.read { try $0.push(id, customer: customer) }
    }

    /// The ATS answers an export.
    func answer(_ id: String, candidate: String, application: String? = nil) async throws {
        let (customer, now) = (customer, world.time.now())
        #expect(
            try await store.write {
                try $0.answerExport(id, candidate: candidate, application: application, customer: customer, at: now)
            })
    }

    /// The events of a type, as the ATS reads them.
    func events(_ type: EventType) async throws -> [JSONValue] {
        let customer = customer
        return try await store.read { try $0.events(customer: customer, after: 0, limit: 1_000) }
            .filter { $0.type == type.rawValue }.map { try JSONValue(parsing: $0.data ?? Array("null".utf8)) }
    }

    func tie() async throws -> PersonTie? {
        let (customer, person) = (customer, person)
        return try await store.read { try $0.candidate(ofPerson: person, customer: customer) }
    }

    /// The member that LinkedIn shows as chosen for a candidate.
    func chosen(_ candidate: String) async throws -> String? {
        let candidates = try await world.state("&resource=candidates")["entities"]?.array ?? []
        return candidates.first { $0["id"]?.string == candidate }?["manualMatchedMember"]?.string
    }

    static func answer(_ world: SandboxWorld, _ path: String, _ json: JSONValue) async throws -> JSONValue {
        let answer = try await world.sandbox.respond(
            to: SandboxRequest(
                "POST", "/_sandbox/" + path, headers: [("content-type", "application/json")], body: json.bytes))
        #expect(answer.status == 200, "\(path): \(answer.body.text)")
        return try JSONValue(parsing: answer.body)
    }

    static func get(_ world: SandboxWorld, _ path: String) async throws -> JSONValue {
        try JSONValue(parsing: try await world.sandbox.respond(to: SandboxRequest("GET", "/_sandbox/" + path)).body)
    }
}

extension Proper {
    /// A candidate with more than the least, to be recognised by.
    static func candidate(_ id: String, _ first: String, _ last: String, _ more: String) -> Change {
        record(
            RecordKey(.candidate, id: id),
            """
            {"firstName":"\(first)","lastName":"\(last)","addresses":[],"phoneNumbers":[],\(more),\
            "externalProfileUrl":"https://ats.example.com/c/\(id)","atsCreatedAt":1767225600000,"atsLastModifiedAt":1767225600000}
            """)
    }
}

// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import RestLi
import Sandbox
import Testing

/// A customer with a contract, a recruiter with a seat on it, and a member to write to.
struct RecruiterStage: Sendable {
    static let contract = "urn:li:contract:5000"

    let world: TestSandbox
    let acme: Customer
    /// The recruiter's seat, `urn:li:seat:142636035`: the first of a world.
    let rita: Int64
    /// The member.
    let ada: Int64

    init(_ change: (inout SandboxOptions) -> Void = { _ in }) async throws {
        world = try await TestSandbox(change)
        acme = try await world.customer()
        let seat = try await world.control(
            "POST", "seats",
            [
                "email": "rita.moss@example.com", "first_name": "Rita", "last_name": "Moss",
                "roles": ["ADMIN_SEAT", "SOURCER_ADD_PROSPECT"],
            ])
        rita = try #require(seat["seat"]?.int)
        let member = try await world.control(
            "POST", "members",
            [
                "first_name": "Ada", "last_name": "Okafor", "email": "ada@post.example", "title": "Staff engineer",
                "company": "Northwind", "city": "Lagos", "country": "ng", "phone": "+2340000000",
                "profile_url": "https://www.linkedin.com/in/ada-okafor-sim",
            ])
        ada = try #require(member["number"]?.int)
    }

    var ritaURN: String { "urn:li:seat:\(rita)" }

    /// A member as the customer's application sees it.
    func person(_ member: Int64) async throws -> String {
        try #require(
            try await world.control("GET", "members/\(member)?application=\(acme.clientID)")["person"]?.string)
    }

    /// Reads what must be there.
    func get(_ target: String, _ headers: [(String, String)] = []) async throws -> JSONValue {
        let response = try await world.send("GET", target, token: acme.token, headers: headers)
        #expect(response.status == 200, "\(target): \(response.text)")
        return try response.json
    }

    func status(_ target: String) async throws -> Int {
        try await world.send("GET", target, token: acme.token).status
    }

    func elements(_ target: String) async throws -> [JSONValue] {
        try #require(try await get(target)["elements"]?.array)
    }

    /// The ids of a page's elements.
    func ids(_ target: String) async throws -> [JSONValue] { try await elements(target).compactMap { $0["id"] } }

    /// Elements of all pages, by following their links.
    func everything(_ target: String) async throws -> [JSONValue] {
        var all: [JSONValue] = []
        var next: String? = target
        while let target = next {
            let page = try await get(target)
            all += page["elements"]?.array ?? []
            // A full last page has a link too: it leads to an empty one.
            next = page["paging"]?["links"]?.array?.first { $0["rel"] == "next" }?["href"]?.string
        }
        return all
    }

    func pass(_ seconds: Int64) async throws {
        try await world.control("POST", "clock", ["advance_seconds": .int(seconds)])
    }

    // Acts

    /// - Returns: the conversation.
    @discardableResult
    func write(_ subject: String = "Platform role", to member: Int64? = nil, from seat: Int64? = nil) async throws
        -> JSONValue
    {
        try await world.control(
            "POST", "inmails",
            [
                "seat": .int(seat ?? rita), "member": .int(member ?? ada), "subject": .string(subject),
                "text": "Dear Ada, …",
            ])["thread"] ?? nil
    }

    @discardableResult
    func reply(_ thread: JSONValue, _ change: JSONObject = [:]) async throws -> JSONValue {
        var body: JSONObject = ["thread": thread, "text": "Happy to talk."]
        for (name, value) in change { body[name] = value }
        return try await world.control("POST", "inmails/reply", .object(body))
    }

    @discardableResult
    func note(_ text: String, from seat: Int64? = nil, isPrivate: Bool = false) async throws -> Int64 {
        let note = try await world.control(
            "POST", "notes",
            [
                "seat": .int(seat ?? rita), "member": .int(ada), "text": .string(text),
                "visibility": isPrivate ? "PRIVATE" : "ORGANIZATION",
            ])
        return try #require(note["note"]?.int)
    }

    /// Another recruiter on the same contract.
    func seat(_ name: String, state: String = "ACTIVE") async throws -> Int64 {
        let seat = try await world.control(
            "POST", "seats",
            [
                "email": .string("\(name.lowercased())@example.com"), "first_name": .string(name), "last_name": "Moss",
                "state": .string(state),
            ])
        return try #require(seat["seat"]?.int)
    }
}

/// A finder's parameters as partners write them: LinkedIn's own samples under 1.0.0, lists and records under 2.0.0.
struct FinderSyntax: Sendable, CustomTestStringConvertible {
    let version: ProtocolVersion

    static let both = ProtocolVersion.allCases.map(FinderSyntax.init)
    var testDescription: String { version.rawValue }
    var headers: [(String, String)] { version == .v1 ? [] : [("X-RestLi-Protocol-Version", "2.0.0")] }

    func list(_ name: String, _ values: [String]) -> String {
        version == .v1
            ? values.map { "\(name)=\($0)" }.joined(separator: "&")
            : "\(name)=List(\(values.map(escaped).joined(separator: ",")))"
    }

    func text(_ name: String, _ value: String) -> String { "\(name)=\(version == .v1 ? value : escaped(value))" }

    func range(_ name: String, _ start: Int64, _ end: Int64) -> String {
        version == .v1 ? "\(name).start=\(start)&\(name).end=\(end)" : "\(name)=(start:\(start),end:\(end))"
    }

    private func escaped(_ text: String) -> String { text.replacing(":", with: "%3A") }
}

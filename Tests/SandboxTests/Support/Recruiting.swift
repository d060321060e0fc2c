// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Sandbox
import Testing

/// A customer that recruits: integrations on, a callback URL, a recruiter's seat, a member to export, open jobs.
struct Recruiting: Sendable {
    let world: TestSandbox
    let customer: Customer
    let seat: Int64
    let member: Int64

    var context: String { "urn:li:organization:\(customer.organization)" }

    /// - Parameter callback: nil leaves `CALLBACK_URL` unset.
    init(callback: String? = "https://ats.example.com/callback", _ change: (inout SandboxOptions) -> Void = { _ in })
        async throws
    {
        world = try await TestSandbox(change)
        customer = try await world.customer()
        seat = try await Self.seat(world, "rita")
        member = try #require(
            try await world.control(
                "POST", "members",
                [
                    "first_name": "Ada", "last_name": "Okafor", "email": "ada@post.example",
                    "title": "Staff engineer", "company": "Northwind", "city": "Lagos", "country": "ng",
                    "phone": "+2340000000", "profile_url": "https://www.linkedin.com/in/ada-okafor-sim",
                ])["number"]?.int)
        if let callback { try await configure("CALLBACK_URL", of: "ONE_CLICK_EXPORT", callback) }
    }

    static func seat(_ world: TestSandbox, _ name: String) async throws -> Int64 {
        try #require(
            try await world.control(
                "POST", "seats",
                [
                    "contract": 5000, "email": .string("\(name)@example.com"), "first_name": .string(name),
                    "last_name": "Moss",
                ])["seat"]?.int)
    }

    /// A person as the customer's application sees them.
    func person(_ member: Int64) async throws -> String {
        try #require(
            try await world.control("GET", "members/\(member)?application=\(customer.clientID)")["person"]?.string)
    }

    func personOfSeat(_ seat: Int64) async throws -> String {
        let seats = try await world.control("GET", "seats")["seats"]?.array ?? []
        return try await person(try #require(seats.first { $0["seat"]?.int == seat }?["member"]?.int))
    }

    /// Sets a configuration of an integration as an ATS does; nil removes it.
    func configure(_ key: String, of type: String, _ value: String?) async throws {
        let path =
            "/v2/atsIntegrations/integrationContext=\(context)&integrationType=\(type)&tenantType=RECRUITER&dataProvider=ATS/configurations?ids=\(key)"
        let body = value.map { value -> JSONValue in
            let entity: JSONValue = ["configurationValue": ["string": .string(value)]]
            return ["entities": .object(JSONObject([(key, entity)]))]
        }
        let answer = try await send(body == nil ? "DELETE" : "PUT", path, body)
        #expect(answer.status == 200, "\(answer.text)")
    }

    /// Posts jobs as an ATS does.
    func sync(jobs ids: [String], state: String = "LISTED") async throws {
        let jobs = ids.map { id -> JSONValue in
            [
                "integrationContext": .string(context), "externalJobPostingId": .string(id),
                "title": .string("Engineer \(id)"), "location": "Austin, TX", "availability": "PUBLIC",
                "description": .string(String(repeating: "We build hiring tools. ", count: 6)),
                "state": .string(state), "companyApplyUrl": "https://ats.example.com/jobs",
                "listedAt": 1_767_225_600_000,
            ]
        }
        let answer = try await send(
            "POST", "/v2/simpleJobPostings", ["elements": .array(jobs)], headers: [("x-restli-method", "batch_create")])
        #expect(answer.status == 200, "\(answer.text)")
    }

    /// Everybody with a seat sees jobs and applications without ACLs.
    func showAll() async throws {
        try await configure("JOB_POSTING_VIEWERS", of: "ONE_CLICK_EXPORT", "ALL_PRODUCT_USERS")
        try await configure("APPLICATION_VIEWERS", of: "IN_ATS_INDICATOR", "ALL_PRODUCT_USERS")
    }

    func export(job: String, seat: Int64? = nil, member: JSONValue? = nil) async throws -> JSONValue {
        try await world.control(
            "POST", "export",
            ["member": member ?? .int(self.member), "job": .string(job), "seat": .int(seat ?? self.seat)])
    }

    /// Ids of the jobs that a seat can export to.
    func jobs(seat: Int64? = nil) async throws -> [String] {
        let answer = try await world.control("GET", "see?seat=\(seat ?? self.seat)")
        return answer["jobs"]?.array?.compactMap { $0["id"]?.string } ?? []
    }

    func indicator(member: Int64? = nil, seat: Int64? = nil) async throws -> JSONValue {
        try await world.control("GET", "see?seat=\(seat ?? self.seat)&member=\(member ?? self.member)")["indicator"]
            ?? .null
    }

    /// A request with the customer's token.
    func send(
        _ method: String, _ target: String, _ json: JSONValue? = nil, headers: [(String, String)] = []
    ) async throws -> SandboxResponse {
        try await world.send(method, target, token: customer.token, headers: headers, json: json)
    }
}

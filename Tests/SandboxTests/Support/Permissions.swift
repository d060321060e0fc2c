// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Sandbox
import Testing

/// Writes an ATS's ACLs and assignees, one at a time, as LinkedIn's Postman collection does.
struct Permissions {
    private let desk: Recruiting

    init(_ desk: Recruiting) { self.desk = desk }

    /// The body of a batch_update of one key: the records have no fields.
    static func body(_ key: String) -> JSONValue {
        let empty = JSONValue.object([:])
        return ["entities": .object(JSONObject([(key, empty)]))]
    }

    private func parts(_ subject: (name: String, value: String), _ group: String) -> [(String, String)] {
        [
            ("atsEntityAclId", group), ("dataProvider", "ATS"), ("integrationContext", desk.context),
            ("atsEntityType", "JOB_POSTING"), subject,
        ]
    }

    private func query(_ parts: [(String, String)]) -> String {
        parts.map { "ids[0].\($0.0)=\($0.1)" }.joined(separator: "&")
    }

    private func put(_ resource: String, _ parts: [(String, String)]) async throws -> Int? {
        let key = parts.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
        let answer = try await desk.send(
            "PUT", "/v2/\(resource)?\(query(parts))", Permissions.body(key),
            headers: [("x-restli-method", "batch_update")])
        return try Self.status(answer)
    }

    private func delete(_ resource: String, _ parts: [(String, String)]) async throws -> Int? {
        try Self.status(try await desk.send("DELETE", "/v2/\(resource)?\(query(parts))"))
    }

    /// The status of the one key in an answer.
    private static func status(_ answer: SandboxResponse) throws -> Int? {
        #expect(answer.status == 200, "\(answer.text)")
        let keys =
            (try answer.json["results"]?.object ?? [:]).map(\.1) + (try answer.json["errors"]?.object ?? [:]).map(\.1)
        #expect(keys.count == 1)
        return keys.first?["status"]?.int.map { Int($0) }
    }

    @discardableResult
    func secure(_ job: String, _ group: String) async throws -> Int? {
        try await put("atsEntityAcls", parts(("atsEntityId", job), group))
    }

    func unsecure(_ job: String, _ group: String) async throws -> Int? {
        try await delete("atsEntityAcls", parts(("atsEntityId", job), group))
    }

    @discardableResult
    func assign(_ person: String, _ group: String) async throws -> Int? {
        try await put("atsEntityAclAssignees", parts(("assignee", person), group))
    }

    func unassign(_ person: String, _ group: String) async throws -> Int? {
        try await delete("atsEntityAclAssignees", parts(("assignee", person), group))
    }
}

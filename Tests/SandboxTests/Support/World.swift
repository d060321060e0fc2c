// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Sandbox
import TestSupport
import Testing

/// A sandbox of one test's own, in process, with its clock standing still at noon of 2026-03-02 UTC.
struct TestSandbox: Sendable {
    static let noon = Moment(1_772_452_800_000)

    let sandbox: Sandbox
    /// Keeps the folder alive as long as the sandbox.
    let folder: TemporaryFolder

    init(_ change: (inout SandboxOptions) -> Void = { _ in }) async throws {
        folder = try TemporaryFolder()
        var options = SandboxOptions(directory: folder.path("world"), clock: .fixed(Self.noon))
        options.switches.callbackValidation = .off
        change(&options)
        sandbox = try await Sandbox(options: options)
    }

    /// Closes the sandbox and opens its world again, as a restart does.
    func restarted(_ change: (inout SandboxOptions) -> Void = { _ in }) async throws -> Sandbox {
        try await sandbox.close()
        var options = sandbox.options
        change(&options)
        return try await Sandbox(options: options)
    }

    func send(
        _ method: String, _ target: String, token: String? = nil, headers: [(String, String)] = [],
        json: JSONValue? = nil
    ) async throws -> SandboxResponse {
        try await sandbox.send(method, target, token: token, headers: headers, json: json)
    }

    /// A call to the control API; fails the test when it is refused.
    @discardableResult
    func control(_ method: String, _ path: String, _ json: JSONValue? = nil) async throws -> JSONValue {
        let response = try await send(method, "/_sandbox/" + path, json: json)
        let body = try JSONValue(parsing: response.body)
        #expect(response.status == 200, "\(method) \(path): \(String(decoding: response.body, as: UTF8.self))")
        return body
    }

    /// The partner's token.
    func partnerToken() async throws -> String {
        let partner = try #require(sandbox.core.applications.defaultPartner)
        return try await sandbox.token(clientID: partner.clientID, secret: partner.secrets[0])
    }

    /// A provisioned customer with every integration on: its token.
    func customer(_ id: String = "acme", organization: Int64 = 1000) async throws -> Customer {
        let response = try await send(
            "POST", "/v2/provisionedApplications", token: try await partnerToken(),
            json: ["uniqueForeignId": .string(id), "name": .string("Test - \(id)"), "description": "for a test"])
        #expect(response.status == 201)
        let body = try JSONValue(parsing: response.body)
        let clientID = try #require(body["credentials"]?["client_id"]?.string)
        let secret = try #require(body["credentials"]?["client_secret"]?.string)
        try await control(
            "POST", "integrations/enable",
            ["organization": .int(organization), "contract": 5000, "unique_foreign_id": .string(id)])
        return Customer(
            id: id, organization: organization, clientID: clientID, secret: secret,
            token: try await sandbox.token(clientID: clientID, secret: secret))
    }
}

struct Customer: Sendable {
    var id: String
    var organization: Int64
    var clientID: String
    var secret: String
    var token: String

    /// Path and query of a one-candidate call on v2.
    func candidate(_ id: String) -> String {
        "/v2/atsCandidates?ids[0].atsCandidateId=\(id)&ids[0].dataProvider=ATS&ids[0].integrationContext=urn:li:organization:\(organization)"
    }

    /// A batch_update body of the candidates with these ids.
    func candidates(_ ids: [String]) -> JSONValue {
        .object([
            "entities": .object(
                JSONObject(
                    ids.map {
                        (
                            "atsCandidateId=\($0)&dataProvider=ATS&integrationContext=urn:li:organization:\(organization)",
                            [
                                "atsCreatedAt": 1_760_000_000_000, "atsLastModifiedAt": 1_760_000_000_000,
                                "firstName": "Mira",
                                "lastName": "Okafor", "emailAddresses": [.string("\($0.lowercased())@post.example")],
                                "addresses": [],
                                "phoneNumbers": [], "externalProfileUrl": .string("https://ats.example.com/c/\($0)"),
                            ]
                        )
                    }))
        ])
    }

    /// Path and query of a batch of candidates.
    func batch(_ ids: [String]) -> String {
        "/v2/atsCandidates?"
            + ids.enumerated().map { index, id in
                "ids[\(index)].atsCandidateId=\(id)&ids[\(index)].dataProvider=ATS&ids[\(index)].integrationContext=urn:li:organization:\(organization)"
            }.joined(separator: "&")
    }
}

extension Sandbox {
    func send(
        _ method: String, _ target: String, token: String? = nil, headers: [(String, String)] = [],
        json: JSONValue? = nil
    ) async throws -> SandboxResponse {
        var headers = headers
        if let token { headers.append(("Authorization", "Bearer \(token)")) }
        if json != nil { headers.append(("Content-Type", "application/json")) }
        return try await respond(to: SandboxRequest(method, target, headers: headers, body: json?.bytes ?? []))
    }

    func token(clientID: String, secret: String) async throws -> String {
        let encoded = secret.replacing("%", with: "%25").replacing("+", with: "%2B").replacing("=", with: "%3D")
            .replacing("/", with: "%2F")
        let form = "grant_type=client_credentials&client_id=\(clientID)&client_secret=\(encoded)"
        let response = try await respond(to: SandboxRequest("POST", "/oauth/v2/accessToken", body: Array(form.utf8)))
        return try #require(try JSONValue(parsing: response.body)["access_token"]?.string)
    }
}

extension SandboxResponse {
    var json: JSONValue { get throws { try JSONValue(parsing: body) } }
    var text: String { String(decoding: body, as: UTF8.self) }
}

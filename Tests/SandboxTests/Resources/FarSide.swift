// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import Logging
import RestLi
import TestSupport

@testable import Sandbox

/// A sandbox of one test's own, with a customer whose integrations are on, and short ways to talk to it as a partner
/// does.
struct FarSide {
    static let start = Moment(1_794_000_000_000)
    static let organization: Int64 = 5001
    static let contract: Int64 = 7001

    let sandbox: Sandbox
    /// Keeps the folder alive as long as the sandbox.
    let folder: TemporaryFolder
    /// The partner's own token, and the customer's.
    let parentToken: String
    let token: String
    let application: DeveloperApplication

    /// - Parameter isEnabled: whether the customer switched the integrations on.
    init(isEnabled: Bool = true, members: Int = 0, seed: UInt64 = 1, _ change: (inout Switches) -> Void = { _ in })
        async throws
    {
        var switches = Switches()
        change(&switches)
        let partner = SandboxOptions.Credentials(clientID: "partner", clientSecret: "partner-secret")
        folder = try TemporaryFolder()
        sandbox = try await Sandbox(
            options: SandboxOptions(
                directory: folder.path, members: members, seed: seed, clock: .fixed(Self.start), quotas: false,
                switches: switches,
                partner: partner),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        try await sandbox.generateMembers()
        let core = sandbox.core
        application = try await core.applications.provision(
            parent: core.applications.defaultPartner!.number, uniqueForeignID: "globex", name: "ATS - Globex",
            description: "test", jsDomains: [],
            callbackURLs: [], now: Self.start)
        parentToken = try await Self.token(sandbox, partner.clientID, partner.clientSecret)
        token = try await Self.token(sandbox, application.clientID, application.secrets[0])
        if isEnabled { try await set(.enabled) }
    }

    /// The four integrations of Recruiter System Connect.
    static func integrations(organization: Int64 = organization, contract: Int64 = contract) -> [IntegrationID] {
        IntegrationType.recruiterSystemConnect.map { type in
            let context =
                type.contextType == "contract" ? "urn:li:contract:\(contract)" : "urn:li:organization:\(organization)"
            return IntegrationID(context: context, type: type.rawValue, tenant: type.tenantType)
        }
    }

    func set(_ status: SandboxStatus) async throws {
        _ = try await sandbox.controls.setStatus(
            status, of: Self.integrations(), organization: Self.organization, application: application.number,
            now: sandbox.clock.now())
    }

    static func token(_ sandbox: Sandbox, _ id: String, _ secret: String) async throws -> String {
        let encoded = secret.utf8.map { "%" + String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let response = try await sandbox.respond(
            to: SandboxRequest(
                "POST", "/oauth/v2/accessToken", headers: [("content-type", "application/x-www-form-urlencoded")],
                body: Array("grant_type=client_credentials&client_id=\(id)&client_secret=\(encoded)".utf8)))
        return try JSONValue(parsing: response.body)["access_token"]?.string ?? ""
    }

    /// Sends a request as the customer's application.
    func send(
        _ method: String, _ target: String, _ body: JSONValue? = nil, headers: [(String, String)] = [],
        asParent: Bool = false
    ) async throws -> Reply {
        try await send(method, target, bytes: body?.bytes ?? [], headers: headers, asParent: asParent)
    }

    func send(
        _ method: String, _ target: String, bytes: [UInt8], headers: [(String, String)] = [], asParent: Bool = false
    ) async throws -> Reply {
        var all = headers + [("authorization", "Bearer \(asParent ? parentToken : token)")]
        if !bytes.isEmpty { all.append(("content-type", "application/json")) }
        let response = try await sandbox.respond(to: SandboxRequest(method, target, headers: all, body: bytes))
        return Reply(
            status: response.status, headers: response.headers,
            json: response.body.isEmpty ? .null : try JSONValue(parsing: response.body))
    }

    struct Reply {
        var status: Int
        var headers: [(String, String)]
        var json: JSONValue

        /// What an update says of one key: its status, from `results` or `errors`.
        func status(of key: String) -> Int? {
            (json["results"]?[key]?["status"] ?? json["errors"]?[key]?["status"])?.int.map { Int($0) }
        }

        func header(_ name: String) -> String? { headers.first { $0.0.lowercased() == name.lowercased() }?.1 }
    }
}

extension JSONValue {
    /// The same object with some members set; null takes one away.
    func with(_ changes: JSONObject) -> JSONValue {
        var object = object ?? [:]
        for (name, value) in changes { object[name] = value.isNull ? Optional<JSONValue>.none : value }
        return .object(object)
    }
}

/// Bodies that every rule accepts.
enum Sample {
    static let candidate: JSONValue = [
        "addresses": [
            [
                "line1": "1 Main", "city": "Austin", "geographicArea": "TX", "geographicAreaType": "STATE",
                "country": "us",
            ]
        ],
        "atsCreatedAt": 1_767_225_600_000, "atsLastModifiedAt": 1_767_225_600_000,
        "emailAddresses": ["ann@acme.example"],
        "externalProfileUrl": "https://ats.example.com/c/1", "firstName": "Ann", "lastName": "Lee",
        "phoneNumbers": [["number": "555 0100", "extension": "1"]],
    ]
    static let application: JSONValue = [
        "atsCandidateId": "C-1", "atsCreatedAt": 1_767_225_600_000, "atsLastModifiedAt": 1_767_225_600_000,
        "atsJobPostingId": "REQ-1",
        "atsJobPostingName": "Engineer", "candidateEmail": "ann@acme.example", "firstName": "Ann", "lastName": "Lee",
        "dispositionReason": "",
    ]
    static let note: JSONValue = [
        "atsCreatedAt": 1_767_225_600_000, "author": ["firstName": "Bo", "lastName": "Kay"], "note": "Called her.",
    ]
    static let stage: JSONValue = ["atsCreatedAt": 1_767_225_600_000, "stage": "Offer"]
    static let feedback: JSONValue = [
        "atsCreatedAt": 1_767_225_600_000, "interviewer": ["firstName": "Bo", "lastName": "Kay"],
        "interviewType": "ONSITE",
        "evaluations": [["attribute": "Communication", "result": "4/5"]], "feedback": "Good.",
    ]
    static let job: JSONValue = [
        "integrationContext": "urn:li:organization:5001", "externalJobPostingId": "REQ-1", "title": "Engineer",
        "description": .string(String(repeating: "We build hiring tools. ", count: 6)), "location": "Austin, TX",
        "availability": "PUBLIC",
        "state": "LISTED", "companyApplyUrl": "http://localhost:5000/jobs", "listedAt": 1_767_225_600_000,
    ]
}

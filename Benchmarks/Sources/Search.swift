// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import JSONBytes
import Logging
import Sandbox

/// Recruiter's search over many members, some of them in the ATS: whole pages, as a browser gets them, one after the other.
struct Search: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "search")
    @Option var members = 1_000_000
    @Option(help: "Candidates that the ATS synced; all of them are members.") var candidates = 100_000
    @Option(help: "How often each query is asked.") var rounds = 10
    @Option(help: "Where the world is, or is made; a world that is there is used as it is.") var folder: String

    /// Rare and common words, filters, facets, later pages.
    private static let queries = [
        "", "q=engineer", "q=data+engineer", "q=senior+engineer+austin", "q=okafor", "q=mira+okafor",
        "q=%22data+engineer%22+lagos",
        "q=nobodyhasthisname", "q=python", "title=nurse&place=germany", "company=oakmere+bank", "first=ada&last=okafor",
        "q=engineer&ats=yes", "ats=yes", "ats=no", "q=engineer&ats=no", "past=yes", "q=recruiter&past=yes", "open=yes",
        "q=engineer&open=yes&place=austin", "title_is=Data+Engineer", "place_is=Austin%2C+TX%2C+US&q=developer",
        "q=engineer&after=500000", "ats=yes&after=500000", "company_is=Oakmere+Bank&ats=yes",
    ]

    func run() async throws {
        let quiet = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let world = folder + "/search-\(members)-\(candidates)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var options = SandboxOptions(directory: world, members: members, quotas: false)
        options.switches.callbackValidation = .off
        options.switches.matchSeconds = 0
        options.journalEntries = 0
        let sandbox = try await Sandbox(options: options, logger: quiet)
        let began = ContinuousClock.now
        try await sandbox.generateMembers()
        let made = (ContinuousClock.now - began).seconds
        let browser = Browsing(sandbox)
        let seat = try await SearchWorld(sandbox: sandbox, members: members, candidates: candidates).fill()
        try await browser.signIn(seat)
        let matching = ContinuousClock.now
        // What the ATS wrote is taken in behind the first page.
        while try await browser.get("/talent/search").contains("still being matched") {}
        let matched = (ContinuousClock.now - matching).seconds
        var times: [Double] = []
        for round in 0...rounds {
            for query in Self.queries {
                let start = ContinuousClock.now
                let page = try await browser.get("/talent/search?" + query)
                let seconds = (ContinuousClock.now - start).seconds
                guard page.contains("</html>") else { throw ValidationError("\(query): \(page.prefix(300))") }
                // The first round reads the file.
                if round > 0 { times.append(seconds * 1_000) }
                if round == 1, ProcessInfo.processInfo.environment["VERBOSE"] != nil {
                    FileHandle.standardError.write(Data("\(seconds * 1_000) ms \(query)\n".utf8))
                }
            }
        }
        times.sort()
        report(
            ("p50", times[times.count / 2]), ("p95", times[times.count * 95 / 100]), ("worst", times[times.count - 1]),
            ("made", made), ("matched", matched), ("queries", Double(times.count)))
        try await sandbox.close()
    }
}

/// A browser that is signed in.
private final class Browsing {
    private let sandbox: Sandbox
    private var cookie = ""

    init(_ sandbox: Sandbox) { self.sandbox = sandbox }

    func signIn(_ seat: Int64) async throws {
        let page = try await get("/talent/sign-in")
        guard let mark = page.firstRange(of: "name=\"csrf\" value=\"") else { throw ValidationError("no form") }
        let token = page[mark.upperBound...].prefix { $0 != "\"" }
        _ = try await ask("POST", "/talent/sign-in", Array("csrf=\(token)&seat=\(seat)".utf8))
    }

    func get(_ target: String) async throws -> String { try await ask("GET", target, []) }

    private func ask(_ method: String, _ target: String, _ body: [UInt8]) async throws -> String {
        let answer = try await sandbox.respond(
            to: SandboxRequest(method, target, headers: [("cookie", cookie)], body: body))
        if let set = answer.header("set-cookie") { cookie = String(set.prefix { $0 != ";" }) }
        return String(decoding: answer.body, as: UTF8.self)
    }
}

/// A customer whose ATS synced candidates that are members, every second of them with an application.
private struct SearchWorld {
    let sandbox: Sandbox
    let members: Int
    let candidates: Int
    private let context = "urn:li:organization:1000"

    init(sandbox: Sandbox, members: Int, candidates: Int) {
        self.sandbox = sandbox
        self.members = members
        self.candidates = candidates
    }

    /// - Returns: a seat to sign in as.
    func fill() async throws -> Int64 {
        if let known = try await ask("GET", "/_sandbox/seats")["seats"]?.array?.first?["seat"]?.int { return known }
        guard let partner = sandbox.core.applications.defaultPartner else { throw ValidationError("no partner") }
        let parent = try await token(partner.clientID, partner.secrets[0])
        let child = try await ask(
            "POST", "/v2/provisionedApplications",
            ["uniqueForeignId": "acme", "name": "Acme", "description": "for the bench"], parent)["credentials"]
        try await ask(
            "POST", "/_sandbox/integrations/enable",
            ["organization": 1000, "contract": 5000, "unique_foreign_id": "acme"])
        let token = try await token(child?["client_id"]?.string ?? "", child?["client_secret"]?.string ?? "")
        try await ask(
            "PUT",
            "/v2/atsIntegrations/integrationContext=\(context)&integrationType=IN_ATS_INDICATOR&tenantType=RECRUITER&dataProvider=ATS/configurations?ids=APPLICATION_VIEWERS",
            ["entities": ["APPLICATION_VIEWERS": ["configurationValue": ["string": "ALL_PRODUCT_USERS"]]]], token)
        let step = max(1, members / max(1, candidates))
        var batch: [(Int64, String)] = []
        var after: Int64 = 0
        while true {
            let page = try await ask("GET", "/_sandbox/members?limit=1000&after=\(after)")["members"]?.array ?? []
            guard let last = page.last?["number"]?.int else { break }
            after = last
            for member in page {
                guard let number = member["number"]?.int, number % Int64(step) == 0 else { continue }
                batch.append((number, member["email"]?.string ?? ""))
                // More keys than this do not fit into an address.
                if batch.count == 25 {
                    try await put(batch, token)
                    batch = []
                }
            }
        }
        if !batch.isEmpty { try await put(batch, token) }
        let seat = try await ask(
            "POST", "/_sandbox/seats",
            ["contract": 5000, "email": "rita@example.com", "first_name": "Rita", "last_name": "Moss"])
        guard let number = seat["seat"]?.int else { throw ValidationError("a seat has no number") }
        return number
    }

    private func put(_ batch: [(Int64, String)], _ token: String) async throws {
        try await put("atsCandidates", "atsCandidateId", batch, token) { number, email in
            [
                "atsCreatedAt": 1_760_000_000_000, "atsLastModifiedAt": 1_760_000_000_000, "firstName": "Mira",
                "lastName": "Okafor", "emailAddresses": [.string(email)], "addresses": [], "phoneNumbers": [],
                "externalProfileUrl": .string("https://ats.example.com/c/\(number)"),
            ]
        }
        try await put("atsApplications", "atsJobApplicationId", batch.filter { $0.0 % 2 == 0 }, token) {
            number, email in
            [
                "atsCandidateId": .string(String(number)), "atsCreatedAt": 1_760_000_000_000,
                "atsLastModifiedAt": 1_760_000_000_000, "atsJobPostingId": .string("J-\(number % 500)"),
                "atsJobPostingName": "Engineer", "candidateEmail": .string(email), "firstName": "Mira",
                "lastName": "Okafor", "dispositionReason": "",
            ]
        }
    }

    private func put(
        _ resource: String, _ key: String, _ batch: [(Int64, String)], _ token: String,
        _ body: (Int64, String) -> JSONValue
    ) async throws {
        guard !batch.isEmpty else { return }
        let ids = batch.enumerated().map { index, one in
            "ids[\(index)].\(key)=\(one.0)&ids[\(index)].dataProvider=ATS&ids[\(index)].integrationContext=\(context)"
        }
        let entities = JSONObject(
            batch.map { ("\(key)=\($0.0)&dataProvider=ATS&integrationContext=\(context)", body($0.0, $0.1)) })
        try await ask("PUT", "/v2/\(resource)?" + ids.joined(separator: "&"), ["entities": .object(entities)], token)
    }

    private func token(_ client: String, _ secret: String) async throws -> String {
        let encoded = secret.replacing("%", with: "%25").replacing("+", with: "%2B").replacing("=", with: "%3D")
            .replacing("/", with: "%2F")
        let answer = try await sandbox.respond(
            to: SandboxRequest(
                "POST", "/oauth/v2/accessToken",
                body: Array("grant_type=client_credentials&client_id=\(client)&client_secret=\(encoded)".utf8)))
        return try JSONValue(parsing: answer.body)["access_token"]?.string ?? ""
    }

    @discardableResult
    private func ask(_ method: String, _ target: String, _ json: JSONValue? = nil, _ token: String? = nil) async throws
        -> JSONValue
    {
        var headers = token.map { [("Authorization", "Bearer \($0)")] } ?? []
        if json != nil { headers.append(("Content-Type", "application/json")) }
        let answer = try await sandbox.respond(
            to: SandboxRequest(method, target, headers: headers, body: json?.bytes ?? []))
        guard answer.status < 300 else {
            throw ValidationError(
                "\(target.prefix(80)): \(answer.status) \(String(decoding: answer.body.prefix(300), as: UTF8.self))")
        }
        return try JSONValue(parsing: answer.body)
    }
}

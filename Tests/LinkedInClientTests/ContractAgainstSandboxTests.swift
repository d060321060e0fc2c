// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import LinkedInClient
import RestLi
import Sandbox
import Testing

/// The client and LinkedIn's side meet here: two implementations that share the codec and nothing else.
@Suite struct ContractAgainstSandboxTests {
    static let awkward = [
        "plain", "a&b=c", "1,2(3)%4/5+6'7", "sp ace", "😀 emoji", "%41", "é", "e\u{301}", "a:b;c", "\"quoted\\",
        "x.y[0]~z", "#?!*@$",
        "LIST(a)", "''",
    ]

    @Test(arguments: Way.allCases)
    func `awkward ids arrive and come back, every one with its own result`(way: Way) async throws {
        try await SandboxWorld.run(way) { world in
            let (_, client) = try await world.customer()
            let items = Self.awkward.map { SandboxWorld.candidate($0) }
            let results = try await client.put(.candidates, items: items)
            #expect(results.allSatisfy { $0.code == .accepted && $0.requestID != nil }, "\(results)")
            let read = try await client.get(.candidates, keys: items.map(\.key))
            #expect(read.count == items.count)
            for (item, answer) in zip(items, read) {
                guard case .success(let entity)? = answer else {
                    Issue.record("not read back: \(item.key)")
                    continue
                }
                #expect(entity["firstName"] == "Mira")
            }
            let gone = try await client.delete(.candidates, keys: items.map(\.key))
            #expect(gone.allSatisfy { $0.code == .accepted }, "\(gone)")
            let again = try await client.delete(.candidates, keys: items.map(\.key))
            #expect(again.allSatisfy { $0.code == .gone }, "\(again)")
        }
    }

    @Test(arguments: Way.allCases)
    func `a full batch goes through the tunnel, good and bad records apart`(way: Way) async throws {
        try await SandboxWorld.run(way) { world in
            let (_, client) = try await world.customer()
            let items = (0..<100).map { number in
                SandboxWorld.candidate("candidate-number-\(number)") { if number % 10 == 3 { $0["firstName"] = nil } }
            }
            let results = try await client.put(.candidates, items: items)
            for (number, result) in results.enumerated() {
                #expect(result.code == (number % 10 == 3 ? .rejected : .accepted))
                if number % 10 == 3 { #expect(result.status == 422 && result.message?.contains("/firstName") == true) }
            }
            let matches = try await client.matches(items.map(\.key))
            #expect(matches.count == 90)
        }
    }

    @Test(arguments: Way.allCases)
    func `children go under parents with awkward ids`(way: Way) async throws {
        try await SandboxWorld.run(way) { world in
            let (_, client) = try await world.customer()
            let names = SandboxWorld.names
            for owner in Self.awkward {
                _ = try await client.put(.candidates, items: [SandboxWorld.candidate(owner)])
                let notes = Self.awkward.map {
                    LinkedInClient.Item(key: names.key(.candidateNotes, id: $0), body: Array(#"{"note":"n"}"#.utf8))
                }
                let results = try await client.put(
                    .candidateNotes, parent: names.parent(of: .candidateNotes, owner: owner), items: notes)
                #expect(results.allSatisfy { $0.code == .accepted }, "\(owner): \(results)")
            }
        }
    }

    @Test func `jobs become tasks, and tasks end`() async throws {
        try await SandboxWorld.run(.http) { world in
            let (_, client) = try await world.customer()
            let description = String(repeating: "A vacancy for somebody who likes long descriptions. ", count: 4)
            let job: JSONValue = [
                "integrationContext": "urn:li:organization:1000", "externalJobPostingId": "J 1", "title": "Engineer",
                "description": .string(description), "location": "Berlin, Germany",
                "companyApplyUrl": "https://ats.example.com/j/1",
                "listedAt": 1_700_000_000_000, "state": "LISTED", "availability": "PRIVATE_TO_ATS_INTEGRATION",
            ]
            let answers = try await client.createJobs([job.bytes, Array("{}".utf8)])
            #expect(answers.map(\.result.code) == [.accepted, .rejected])
            let task = try #require(answers[0].task)
            try await world.control("clock", ["advance_seconds": 600])
            let readings = try await client.jobTasks([task, "urn:li:simpleJobPostingTask:unknown"])
            guard case .task(let ended)? = readings[task] else {
                Issue.record("no task: \(readings)")
                return
            }
            #expect(ended.isSuccess && readings["urn:li:simpleJobPostingTask:unknown"] != .task(ended))
        }
    }

    @Test func `integrations are read, named and configured`() async throws {
        try await SandboxWorld.run(.http) { world in
            let (application, client) = try await world.customer()
            let key = SandboxWorld.names.integration("ONE_CLICK_EXPORT")
            #expect(try await client.setIntegrationName(key, "Acme ATS").code == .accepted)
            let integrations = try await client.integrations([key, SandboxWorld.names.integration("NO_SUCH_TYPE")])
            #expect(integrations.map(\.isEnabled) == [true] && integrations[0].name == "Acme ATS")
            let settings = [
                ("CALLBACK_URL", "https://ats.example.com/callback"), ("JOB_POSTING_VIEWERS", "ALL_PRODUCT_USERS"),
            ]
            #expect(try await client.setConfigurations(key, settings).allSatisfy { $0.code == .accepted })
            #expect(
                try await client.configurations(key, settings.map(\.0)) == Dictionary(uniqueKeysWithValues: settings))
            #expect(try await client.removeConfigurations(key, ["JOB_POSTING_VIEWERS"]).map(\.code) == [.accepted])
            let partner = try world.partner()
            #expect(try await partner.applications(uniqueForeignID: "acme").map(\.key) == [application.key])
            try await partner.updateApplication(application.key, scriptDomains: ["https://ats.example.com"])
            #expect(
                try await partner.applications(uniqueForeignID: "acme").first?.scriptDomains == [
                    "https://ats.example.com"
                ])
            let secret = try await partner.rollSecret(child: application.key)
            try await world.client(TokenRequest(clientID: application.clientID, clientSecret: secret)).authenticate()
        }
    }

    @Test func `a token that has expired is replaced on the way`() async throws {
        try await SandboxWorld.run(.inProcess) { world in
            let (_, client) = try await world.customer()
            _ = try await client.put(.candidates, items: [SandboxWorld.candidate("1")])
            try await world.control("clock", ["advance_seconds": 1790])
            #expect(try await client.put(.candidates, items: [SandboxWorld.candidate("1")]).map(\.code) == [.accepted])
            try await world.control("clock", ["advance_seconds": 86_400])
            #expect(try await client.put(.candidates, items: [SandboxWorld.candidate("1")]).map(\.code) == [.accepted])
        }
    }

    @Test(arguments: Way.allCases)
    func `wrong credentials, a wrong token and a disabled integration have their own codes`(way: Way) async throws {
        try await SandboxWorld.run(way) { world in
            let (application, client) = try await world.customer()
            func code(_ body: () async throws -> Void) async -> LinkedInError.Code? {
                do {
                    try await body()
                    return nil
                } catch {
                    return (error as? LinkedInError)?.code
                }
            }
            let wrong = world.client(TokenRequest(clientID: application.clientID, clientSecret: "wrong"))
            #expect(await code { try await wrong.authenticate() } == .credentialsRefused)
            #expect(await code { _ = try await client.applications(uniqueForeignID: "acme") } == .forbidden)
            let item = SandboxWorld.candidate("1")
            #expect(await code { _ = try await world.partner().put(.candidates, items: [item]) } == .forbidden)
            let draft = LinkedInClient.ApplicationDraft(uniqueForeignID: "acme", name: "Test - again", description: "d")
            #expect(await code { _ = try await world.partner().provision(draft) } == .conflict)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Store
import TestSupport
import Testing

@testable import crosswalk

@Suite struct EventCommandTests {
    @Test func `events reads the API and the data folder alike, and webhook shows what is wrong`() async throws {
        try await Stage.run { stage in
            let store = stage.connector.workspace.store
            let customer = try await stage.connector.workspace.customer("acme").number
            // What the connector tells of the integrations comes first; nothing else happens afterwards.
            try await eventually("the integrations to be known as enabled") {
                let known = try await store.read { try $0.integrations(customer: customer) }
                return known.count == 4 && known.allSatisfy { $0.status == "ENABLED" }
            }
            let before = try await store.read { try $0.lastEvent(customer: customer) }
            try await store.write { tx in
                for type in [EventType.noteChanged, .matchChanged, .erased] {
                    try tx.append(
                        NewEvent(type, isFromLinkedIn: false, data: Array(#"{"x":1}"#.utf8)), customer: customer,
                        at: Millis(1_772_355_600_000))
                }
            }
            let data = ["--data", stage.folder.path("connector")]
            let stored = try await Crosswalk.run(
                ["events", "--customer", "acme", "--after", "\(before)", "--format", "json"] + data)
            let served = try await Crosswalk.run([
                "events", "--connector", stage.connectorURL, "--key", stage.tenant.apiKey, "--after", "\(before)",
                "--format", "json",
            ])
            #expect(stored.status == 0 && stored.output == served.output)
            #expect(stored.output.split(separator: "\n").count == 3)
            let one = try await Crosswalk.run(
                ["events", "--customer", "acme", "--type", "match.changed", "--after", "\(before + 1)"] + data)
            #expect(one.output == "\(before + 2)  2026-03-01 09:00:00Z  match.changed       {\"x\":1}\n")
            let beyond = try await Crosswalk.run(["events", "--customer", "acme", "--after", "999"] + data)
            #expect(beyond.status == 1 && beyond.errors.contains("999 lies beyond it"))

            let acme = ["--customer", "acme"] + data
            let refused = try await Crosswalk.run(["webhook", "add", "http://10.0.0.1/"] + acme)
            #expect(refused.status == 1 && refused.errors.contains("a private address"))
            let added = try await Crosswalk.run(
                ["webhook", "add", "http://127.0.0.1:9/", "--after", "0", "--format", "json"] + acme)
            let id = try #require(added.json?["id"]?.string)
            #expect(added.json?["secret"]?.string?.hasPrefix("whsec_") == true)
            let test = try await Crosswalk.run(["webhook", "test", id, "--format", "json"] + acme)
            #expect(test.status == 1 && test.json?["outcome"] == "the connection failed")
            let list = try await Crosswalk.run(["webhook", "list", "--format", "json"] + acme)
            #expect(list.json?[0]?["newest"]?.int == before + 3)
            #expect(try await Crosswalk.run(["webhook", "dead", id] + acme).output == "No dead letters.\n")
            #expect(
                try await Crosswalk.run(
                    ["webhook", "replay", id, "--after", "\(before)", "--format", "json"] + acme
                ).json == [
                    "events": 3
                ])
            #expect(try await Crosswalk.run(["webhook", "rotate", id, "--overlap", "1"] + acme).status == 0)
            #expect(try await Crosswalk.run(["webhook", "remove", id] + acme).status == 0)
            #expect(try await Crosswalk.run(["webhook", "remove", id] + acme).status == 1)
        }
    }
}

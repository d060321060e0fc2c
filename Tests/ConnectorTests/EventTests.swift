// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import Foundation
import HummingbirdTesting
import JSONBytes
import SQLFile
import ServiceLifecycle
import Store
import TestSupport
import Testing

@Suite struct EventTests {
    let connector: TestConnector
    let key: String

    init() async throws {
        connector = try TestConnector()
        key = try await connector.addCustomer()
    }

    private func append(_ count: Int = 1, _ type: EventType = .noteChanged, customer: Int = 0) async throws {
        let now = connector.time.now()
        try await connector.store.write { tx in
            let number = try tx.customers()[customer].number
            for index in 0..<count {
                try tx.append(
                    NewEvent(type, isFromLinkedIn: true, data: Array(#"{"n":\#(index),"x":"é\n"}"#.utf8)),
                    customer: number, at: now)
            }
        }
    }

    @Test func `the feed comes in pages, in order, and the cursor goes on where it stopped`() async throws {
        try await append(5)
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let first = try await ats.get("/api/v1/events?limit=3").json
            #expect(first["events"]?.array?.compactMap { $0["number"]?.int } == [1, 2, 3])
            #expect(
                first["events"]?[0] == [
                    "number": 1, "id": "evt_acme_1", "type": "note.changed", "at": "2026-03-01T09:00:00.000Z",
                    "data": ["n": 0, "x": "é\n"],
                ])
            let second = try await ats.get("/api/v1/events?after=\(first["next"]?.int ?? 0)").json
            #expect(second["events"]?.array?.compactMap { $0["number"]?.int } == [4, 5])
            #expect(try await ats.get("/api/v1/events?after=5").json == ["events": [], "next": 5])
        }
    }

    @Test func `a filter shows some types, and the cursor passes over the others`() async throws {
        try await append(2, .noteChanged)
        try await append(1, .matchChanged)
        try await append(2, .noteChanged)
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let page = try await ats.get("/api/v1/events?types=match.changed,person.tied").json
            #expect(page["events"]?.array?.compactMap { $0["number"]?.int } == [3])
            #expect(page["next"] == 5)
        }
    }

    @Test(arguments: [
        ("after=-1", "bad-parameter"), ("after=x", "bad-parameter"), ("after=1.5", "bad-parameter"),
        ("after=6", "cursor-ahead"), ("after=9223372036854775807", "bad-parameter"), ("limit=0", "bad-parameter"),
        ("limit=1001", "bad-parameter"), ("wait=61", "bad-parameter"), ("types=ghost", "bad-parameter"),
    ])
    func `a wrong cursor or parameter is 400 and named`(query: String, code: String) async throws {
        try await append(5)
        try await connector.run { test async throws in
            let answer = try await Client(test, key: key).get("/api/v1/events?\(query)")
            #expect(answer.status == 400)
            #expect(answer.problem == code)
            #expect(answer.pointers.count == 1)
        }
    }

    @Test func `an erased event keeps its number and shows no data`() async throws {
        let now = connector.time.now()
        try await connector.store.write { tx in
            let number = try tx.customers()[0].number
            try tx.append(
                NewEvent(.noteChanged, isFromLinkedIn: true, data: Array("{}".utf8)), customer: number, at: now)
            try tx.run("UPDATE event SET data = NULL WHERE customer_id = ?", .int(number))
        }
        try await connector.run { test async throws in
            let page = try await Client(test, key: key).get("/api/v1/events").json
            #expect(page["events"]?[0]?["data"] == .null)
            #expect(page["events"]?[0]?["number"] == 1)
        }
    }

    @Test func `one customer never sees another's events`() async throws {
        let other = try await connector.addCustomer("other")
        try await append(3, customer: 0)
        try await append(1, .erased, customer: 1)
        try await connector.run { test async throws in
            let page = try await Client(test, key: other).get("/api/v1/events").json
            #expect(page["events"]?.array?.count == 1)
            #expect(page["events"]?[0]?["id"] == "evt_other_1")
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a long poll ends with the event that another process appends`() async throws {
        let second = try Store.open(directory: connector.folder.path)
        try await connector.run { test async throws in
            async let page = Client(test, key: key).get("/api/v1/events?wait=60").json
            while connector.server.events.waiting == 0 { await Task.yield() }
            let now = connector.time.now()
            _ = try await second.write { tx in
                try tx.append(
                    NewEvent(.erased, isFromLinkedIn: false, data: Array("{}".utf8)),
                    customer: try tx.customers()[0].number, at: now)
            }
            #expect(try await page["events"]?[0]?["type"] == "candidate.erased")
        }
        try await second.close()
    }

    @Test(.timeLimit(.minutes(1)))
    func `a long poll ends at once when the server stops`() async throws {
        let port = Promise<Int>()
        let application = connector.server.application(logger: TestConnector.quiet) { await port.resolve($0) }
        let group = ServiceGroup(configuration: .init(services: [application], logger: TestConnector.quiet))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let listening = await port.value
            async let answer = RawClient.exchange(
                "GET /api/v1/events?wait=60 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(key)\r\n\r\n",
                port: listening,
                end: .open)
            while connector.server.events.waiting == 0 { await Task.yield() }
            await group.triggerGracefulShutdown()
            #expect(try await answer.hasSuffix(#"{"events":[],"next":0}"#))
            try await tasks.next()
        }
    }
}

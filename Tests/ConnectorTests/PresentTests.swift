// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Testing

@Suite struct PresentTests {
    let connector: TestConnector
    let key: String

    init() async throws {
        connector = try TestConnector()
        key = try await connector.addCustomer()
        try await connector.run { [key] test async throws in
            _ = try await Client(test, key: key).bulk(Sample.lines(1...10))
        }
        connector.time.advance(by: .seconds(1))
    }

    private static func list(_ range: ClosedRange<Int>, end: Int?) -> String {
        range.map { "{\"id\":\"c\($0)\"}\n" }.joined() + (end.map { "{\"end\":\($0)}\n" } ?? "")
    }

    @Test func `what is not listed is deleted`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let answer = try await ats.present("type=candidate", Self.list(1...7, end: 7))
            #expect(answer.status == 200)
            #expect(answer.json == ["listed": 7, "unknown": 0, "deleted": 3])
            #expect(try await ats.get("/api/v1/sync").json["records"]?["candidate"]?["desired"] == 7)
            #expect(try await ats.get("/api/v1/candidates/c7").json["deleted"] == false)
        }
    }

    @Test(arguments: [
        list(1...7, end: nil), list(1...7, end: 8), list(1...7, end: 7) + list(8...8, end: nil),
        list(1...7, end: nil) + "{\"name\":1}\n{\"end\":7}\n",
    ])
    func `a list that is not whole deletes nothing`(body: String) async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            #expect(try await ats.present("type=candidate", body).status == 422)
            #expect(try await ats.get("/api/v1/sync").json["records"]?["candidate"]?["desired"] == 10)
        }
    }

    @Test func `more than half goes only with force`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let refused = try await ats.present("type=candidate", Self.list(1...4, end: 4))
            #expect(refused.status == 409)
            #expect(refused.problem == "too-many-deletions")
            #expect(try await ats.get("/api/v1/sync").json["records"]?["candidate"]?["desired"] == 10)
            let forced = try await ats.present("type=candidate&force=true", Self.list(1...4, end: 4))
            #expect(forced.json["deleted"] == 6)
        }
    }

    @Test func `ids that were never sent are counted, and the type is needed`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            #expect(
                try await ats.present("type=candidate", Self.list(1...12, end: 12)).json == [
                    "listed": 12, "unknown": 2, "deleted": 0,
                ])
            #expect(try await ats.present("", Self.list(1...1, end: 1)).status == 400)
            #expect(try await ats.present("type=ghost", Self.list(1...1, end: 1)).status == 400)
        }
    }

    @Test func `children are listed with the record they belong to`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            for id in 1...3 { _ = try await ats.put("/api/v1/candidates/c1/notes/\(id)", Sample.note) }
            connector.time.advance(by: .seconds(1))
            let body = "{\"candidateId\":\"c1\",\"id\":\"1\"}\n{\"candidateId\":\"c1\",\"id\":\"3\"}\n{\"end\":2}"
            #expect(try await ats.present("type=candidateNote", body).json["deleted"] == 1)
        }
    }
}

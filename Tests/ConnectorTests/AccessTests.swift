// SPDX-License-Identifier: Apache-2.0

import Domain
import HTTPTypes
import Hummingbird
import JSONBytes
import Store
import Testing

@Suite struct AccessTests {
    let connector: TestConnector
    let key: String

    init() async throws {
        connector = try TestConnector()
        key = try await connector.addCustomer()
    }

    @Test(arguments: [nil, "", "Bearer", "Basic YTpi", "Bearer wrong", "Bearer cwk_wrong"] as [String?])
    func `a request without a good key is 401 and says what to send`(header: String?) async throws {
        try await connector.run { test async throws in
            var headers: HTTPFields = [:]
            headers[.authorization] = header
            let answer = try await Client(test, key: nil).send(.get, "/api/v1/sync", headers: headers)
            #expect(answer.status == 401)
            #expect(answer.problem == "unauthorized")
            #expect(answer.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
        }
    }

    @Test func `a customer sees nothing of another one`() async throws {
        let other = try await connector.addCustomer("globex")
        try await connector.run { test async throws in
            let acme = Client(test, key: key)
            let globex = Client(test, key: other)
            _ = try await acme.put("/api/v1/candidates/1", Sample.candidate)
            _ = try await acme.send(.put, "/api/v1/sources/db/watermarks", #"{"watermarks":{"candidate":"7"}}"#)
            #expect(try await globex.get("/api/v1/candidates/1").status == 404)
            #expect(try await globex.delete("/api/v1/candidates/1").status == 204)
            #expect(try await globex.get("/api/v1/sync").json["records"]?["candidate"]?["desired"] == 0)
            #expect(try await globex.get("/api/v1/sources/db/watermarks").json["watermarks"] == [:])
            #expect(try await globex.get("/api/v1/rejections").json["rejections"] == [])
            #expect(try await globex.send(.post, "/api/v1/sync/resync").json["due"] == 0)
            #expect(try await globex.present("type=candidate&force=true", "{\"end\":0}\n").json["deleted"] == 0)
            // The same id is another record for the other customer.
            #expect(try await globex.put("/api/v1/candidates/1", Sample.candidate).status == 201)
            #expect(try await acme.get("/api/v1/candidates/1").status == 200)
            #expect(try await acme.get("/api/v1/sync").json["records"]?["candidate"]?["desired"] == 1)
        }
    }

    @Test func `a withdrawn key stops working within a minute`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            #expect(try await ats.get("/api/v1/sync").status == 200)
            try await connector.store.write { tx in try tx.removeCustomer(try tx.customers()[0].number) }
            connector.time.advance(by: .seconds(61))
            #expect(try await ats.get("/api/v1/sync").status == 401)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import LinkedInClient
import Logging
import Synchronization
import Testing

@Suite struct TokenKeeperTests {
    /// A token endpoint that waits until it is told to answer.
    final class Endpoint: Sendable {
        let count = Mutex(0)
        let now = Mutex<Int64>(0)
        let (stream, answers) = AsyncStream<Result<TokenResponse, LinkedInError>>.makeStream()
        let (arrivals, arrived) = AsyncStream<Void>.makeStream()

        func keeper() -> TokenKeeper {
            TokenKeeper(nowMillis: { self.now.withLock { $0 } }) {
                self.count.withLock { $0 += 1 }
                self.arrived.yield()
                for await answer in self.stream { return try answer.get() }
                throw LinkedInError(.unreachable, "closed")
            }
        }

        func answer(_ token: String, life: Int64 = 1800) {
            answers.yield(.success(TokenResponse(accessToken: token, expiresIn: life)))
        }
    }

    @Test func `many callers share one fetch`() async throws {
        let endpoint = Endpoint()
        let keeper = endpoint.keeper()
        let tokens = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await keeper.token() } }
            for await _ in endpoint.arrivals { break }
            endpoint.answer("a")
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(tokens == Array(repeating: "a", count: 50) && endpoint.count.withLock { $0 } == 1)
    }

    @Test func `a token is used until a minute before its end`() async throws {
        let endpoint = Endpoint()
        let keeper = endpoint.keeper()
        endpoint.answer("a")
        endpoint.answer("b")
        #expect(try await keeper.token() == "a")
        endpoint.now.withLock { $0 = 1_739_999 }
        #expect(try await keeper.token() == "a")
        endpoint.now.withLock { $0 = 1_740_000 }
        #expect(try await keeper.token() == "b")
    }

    @Test func `a failure is forgotten`() async throws {
        let endpoint = Endpoint()
        let keeper = endpoint.keeper()
        endpoint.answers.yield(.failure(LinkedInError(.unavailable, "no")))
        endpoint.answer("b")
        await #expect(throws: LinkedInError.self) { try await keeper.token() }
        #expect(try await keeper.token() == "b")
    }

    @Test func `a caller that is cancelled does not cancel the fetch for the others`() async throws {
        let endpoint = Endpoint()
        let keeper = endpoint.keeper()
        let first = Task { try await keeper.token() }
        for await _ in endpoint.arrivals { break }
        let second = Task { try await keeper.token() }
        first.cancel()
        endpoint.answer("a")
        #expect(try await second.value == "a" && endpoint.count.withLock { $0 } == 1)
        #expect(try await keeper.token() == "a")
    }

    @Test func `a refused token is replaced once, however many saw it refused`() async throws {
        let endpoint = Endpoint()
        let keeper = endpoint.keeper()
        endpoint.answer("a")
        #expect(try await keeper.token() == "a")
        endpoint.answer("b")
        endpoint.answer("c")
        let tokens = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 { group.addTask { try await keeper.token(insteadOf: "a") } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(tokens == ["b"] && endpoint.count.withLock { $0 } == 2)
    }

    @Test(arguments: [
        (200, #"{"access_token":"t","expires_in":1800}"#, nil), (201, #"{"access_token":"t"}"#, nil),
        (200, "{}", LinkedInError.Code.unreadable),
        (200, "x", .unreadable), (400, #"{"error":"invalid_request"}"#, .credentialsRefused),
        (401, #"{"error":"invalid_client"}"#, .credentialsRefused),
        (429, "", .throttled), (500, "", .unavailable), (302, "", .unexpected),
    ])
    func `the token endpoint's answers have one meaning each`(status: Int, body: String, code: LinkedInError.Code?)
        async throws
    {
        struct One: Transport {
            var answer: HTTPAnswer
            func send(_ call: HTTPCall) async throws -> HTTPAnswer {
                #expect(call.method == "POST" && call.url == "http://far.example/oauth/v2/accessToken")
                #expect(call.body == Array("grant_type=client_credentials&client_id=i&client_secret=s%2B%2F%3D".utf8))
                return answer
            }
        }
        let client = LinkedInClient(
            hosts: .init(both: "http://far.example"), credentials: TokenRequest(clientID: "i", clientSecret: "s+/="),
            transport: One(answer: HTTPAnswer(status: status, body: Array(body.utf8))), nowMillis: { 0 },
            logger: .init(label: "test"))
        do {
            try await client.authenticate()
            #expect(code == nil)
        } catch {
            #expect((error as? LinkedInError)?.code == code)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import Webhooks

/// Other servers are asked under the guard that webhooks are posted under.
@Suite struct FetcherTests {
    private static func failure(_ fetcher: GuardedFetcher, _ url: String, limit: Int = 1 << 20) async -> String {
        do {
            let answer = try await fetcher.fetch(url, body: [], limit: limit)
            return "answered \(answer.status)"
        } catch { return (error as? GuardedFetcher.Failure)?.message ?? "\(error)" }
    }

    @Test func `an answer comes from the very address that was asked about, and a redirect is one`() async throws {
        try await Receiver.run { receiver in
            let fetcher = GuardedFetcher(policy: .sandbox, named: [])
            let answer = try await fetcher.fetch(receiver.url, body: Array("a=b".utf8))
            #expect(answer.status == 200)
            #expect(answer.body == Array("thanks".utf8))
            #expect(receiver.deliveries.map(\.body) == [Array("a=b".utf8)])
            receiver.answer { _ in Receiver.Answer(status: 302, headers: [.location: "http://127.0.0.1:1/"]) }
            #expect(try await fetcher.fetch(receiver.url, body: []).status == 302)
            #expect(await Self.failure(fetcher, receiver.url, limit: 3).contains("does not answer"))
        }
    }

    @Test func `only hosts that the operator named may be inside`() async throws {
        try await Receiver.run { receiver in
            let inside = WebhookPolicy(allowsPlainHTTP: true, allowed: [])
            #expect(
                await Self.failure(GuardedFetcher(policy: inside, named: []), receiver.url).contains(
                    "a loopback address"))
            #expect(
                await Self.failure(GuardedFetcher(policy: inside, named: ["127.0.0.1"]), receiver.url) == "answered 200"
            )
            // Named, but never without encryption in production.
            #expect(
                await Self.failure(GuardedFetcher(policy: .strict, named: ["127.0.0.1"]), receiver.url).contains(
                    "is not https"))
        }
    }

    @Test func `what is no address, and what nobody knows, is said so`() async {
        let fetcher = GuardedFetcher(policy: .strict, named: [], resolver: PosterTests.Fixed(found: []))
        #expect(await Self.failure(fetcher, "file:///etc/passwd").contains("is none"))
        #expect(await Self.failure(fetcher, "https://user@example.org/").contains("is none"))
        #expect(await Self.failure(fetcher, "https://nobody.example/").contains("has no address"))
    }
}

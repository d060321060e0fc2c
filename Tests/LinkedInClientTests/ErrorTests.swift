// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import LinkedInClient
import RestLi
import Testing

@Suite struct ErrorTests {
    static let now: Int64 = 1_700_000_000_000  // Tue, 14 Nov 2023 22:13:20 GMT

    /// Status → code and remedy.
    static let statuses: [(Int, LinkedInError.Code, Remedy)] = [
        (400, .rejected, .fixData), (403, .forbidden, .rereadIntegration), (404, .notFound, .fixData),
        (409, .conflict, .fixData),
        (411, .rejected, .fixData), (413, .tooLarge, .fixData), (414, .tooLarge, .fixData), (422, .rejected, .fixData),
        (426, .rejected, .fixData), (429, .throttled, .throttled(retryAfter: nil, isDayLimit: false)),
        (500, .unavailable, .retry(after: nil)), (502, .unavailable, .retry(after: nil)),
        (504, .unavailable, .retry(after: nil)),
        (408, .unavailable, .retry(after: nil)), (301, .unexpected, .giveUp), (101, .unexpected, .giveUp),
    ]

    @Test(arguments: statuses)
    func `a status has one code and one remedy`(status: Int, code: LinkedInError.Code, remedy: Remedy) async throws {
        let far = ScriptedTransport([ScriptedTransport.json(status, #"{"message":"no","status":1,"requestId":"r-1"}"#)])
        let error = try await failure(far)
        #expect(error.code == code && error.remedy == remedy && error.status == status && error.requestID == "r-1")
        #expect(!"\(error)".contains("no,") && error.answer?.message == "no")
    }

    @Test func `a 401 refreshes the token once`() async throws {
        let far = ScriptedTransport([ScriptedTransport.json(401, #"{"status":401}"#), ScriptedTransport.acceptAll])
        let results = try await far.client().put(.candidates, items: [BatchTests.item("1")])
        #expect(results.map(\.code) == [.accepted] && far.tokenCount == 2)
        #expect(far.calls.map { $0.header("Authorization") } == ["Bearer token-1", "Bearer token-2"])
    }

    @Test func `a second 401 asks for new credentials`() async throws {
        let far = ScriptedTransport([
            ScriptedTransport.json(401, "{}"), ScriptedTransport.json(401, "{}"), ScriptedTransport.acceptAll,
        ])
        let error = try await failure(far)
        #expect(
            error.code == .tokenInvalid && error.remedy == .reauthenticate && far.calls.count == 2
                && far.tokenCount == 2)
    }

    @Test func `a page of a proxy, an empty body and a body cut short are no answer`() async throws {
        for body in ["<html>", "", #"{"results":{"#, "[]"] {
            let error = try await failure(ScriptedTransport([ScriptedTransport.json(200, body)]))
            #expect(error.code == .unreadable && error.remedy == .retry(after: nil))
        }
    }

    @Test func `a 429 of the day says so, and hints are honoured`() async throws {
        let day =
            #"{"status":429,"message":"Resource level throttle APPLICATION DAY limit for calls to this resource is reached."}"#
        let first = try await failure(ScriptedTransport([ScriptedTransport.json(429, day)]))
        #expect(first.remedy == .throttled(retryAfter: nil, isDayLimit: true))
        let second = try await failure(ScriptedTransport([ScriptedTransport.json(429, "", [("retry-after", "7")])]))
        #expect(second.remedy == .throttled(retryAfter: .seconds(7), isDayLimit: false))
        let third = try await failure(ScriptedTransport([ScriptedTransport.json(503, "", [("Retry-After", "3")])]))
        #expect(third.remedy == .retry(after: .seconds(3)))
    }

    static let hints: [([(String, String)], Duration?)] = [
        ([], nil), ([("Retry-After", "120")], .seconds(120)), ([("Retry-After", "soon")], nil),
        ([("Retry-After", "-5")], nil),
        ([("Retry-After", "Tue, 14 Nov 2023 22:14:20 GMT")], .seconds(60)),
        ([("Retry-After", "Tue, 14 Nov 2023 22:00:00 GMT")], .zero),
        ([("Retry-After", "Thu, 29 Feb 2024 00:00:00 GMT")], .seconds(86_400)),
        ([("Retry-After", "999999999999999999")], .seconds(86_400)),
        ([("X-RateLimit-Reset", "30")], .seconds(30)), ([("X-RateLimit-Reset", "1700000045")], .seconds(45)),
        ([("X-RateLimit-Reset", "1700000045500")], .milliseconds(45_500)),
        ([("X-RateLimit-Reset", "1600000000")], .zero),
        ([("X-RateLimit-Reset", "30"), ("Retry-After", "10")], .seconds(30)),
        ([("x-ratelimit-reset", "x"), ("Retry-After", "1")], .seconds(1)),
        ([("X-RateLimit-Reset", "9223372036854775807")], .seconds(86_400)),
    ]

    @Test(arguments: hints)
    func `a hint to wait is read in every form`(headers: [(String, String)], wait: Duration?) {
        #expect(RetryAfter.wait(headers.map { HTTPCall.Header($0.0, $0.1) }, nowMillis: Self.now) == wait)
    }

    static let waits: [(Int, Remedy, Double, Duration?)] = [
        (1, .retry(after: nil), 0, .milliseconds(500)), (1, .retry(after: nil), 1, .seconds(1)),
        (2, .retry(after: nil), 1, .seconds(2)),
        (4, .retry(after: nil), 0, .seconds(4)), (40, .retry(after: nil), 1, .seconds(600)),
        (0, .retry(after: nil), 1, .seconds(1)),
        (1, .retry(after: .seconds(9)), 0, .seconds(9)), (1, .retry(after: .seconds(9)), 1, .milliseconds(9500)),
        (1, .retry(after: .zero), 0, .seconds(1)), (1, .throttled(retryAfter: nil, isDayLimit: false), 0, .seconds(30)),
        (2, .throttled(retryAfter: nil, isDayLimit: false), 1, .seconds(120)),
        (9, .throttled(retryAfter: nil, isDayLimit: true), 1, .seconds(600)),
        (1, .throttled(retryAfter: .seconds(70), isDayLimit: false), 0, .seconds(70)),
        (1, .fixData, 0, nil), (1, .reauthenticate, 0, nil), (1, .giveUp, 0, nil), (1, .rereadIntegration, 0, nil),
    ]

    @Test(arguments: waits)
    func `waits double, are spread from half to whole, and never cut a hint short`(
        attempt: Int, remedy: Remedy, jitter: Double, wait: Duration?
    ) {
        #expect(RetryRule.delay(attempt: attempt, remedy: remedy, jitter: jitter) == wait)
    }

    static let hosts: [(String, Profile, Bool)] = [
        ("http://127.0.0.1:8090", .sandbox, true), ("https://sandbox.example", .sandbox, true),
        ("http://[::1]:80", .sandbox, true),
        ("https://notlinkedin.com", .sandbox, true), ("https://linkedin.com.example", .sandbox, true),
        ("https://api.linkedin.com", .sandbox, false),
        ("https://linkedin.com", .sandbox, false), ("HTTPS://WWW.LinkedIn.COM.:443/x", .sandbox, false),
        ("https://api.linkedin.com?x", .sandbox, false),
        ("https://x@api.linkedin.com", .sandbox, false), ("https://api.linkedin%2Ecom", .sandbox, false),
        ("https:\\\\api.linkedin.com", .sandbox, false),
        ("https://ok.example\\@api.linkedin.com", .sandbox, false), ("api.linkedin.com", .sandbox, false),
        ("", .sandbox, false),
        ("http://", .sandbox, false), ("https://a:b", .sandbox, false), ("https://[::1", .sandbox, false),
        ("https://.", .sandbox, false),
        ("https://api.linkedin.com", .production, true), ("https://proxy.example:8443/li", .production, true),
        ("http://api.linkedin.com", .production, false), ("http://127.0.0.1", .production, false),
        ("ftp://x", .production, false),
    ]

    @Test(arguments: hosts)
    func `a profile refuses the hosts it must not talk to`(url: String, profile: Profile, isAllowed: Bool) {
        #expect(((try? HostGuard.check(url, profile)) != nil) == isAllowed)
    }

    private func failure(_ far: ScriptedTransport) async throws -> LinkedInError {
        do {
            _ = try await far.client().put(.candidates, items: [BatchTests.item("1")])
        } catch let error as LinkedInError {
            return error
        }
        Issue.record("the call succeeded")
        return LinkedInError(.unexpected, "none")
    }
}

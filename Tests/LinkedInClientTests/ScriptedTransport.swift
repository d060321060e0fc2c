// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import LinkedInClient
import Logging
import Synchronization

/// A far side in memory: answers token requests by itself and everything else by the script, in order.
final class ScriptedTransport: Transport {
    struct State {
        var script: [@Sendable (HTTPCall) throws -> HTTPAnswer]
        var calls: [HTTPCall] = []
        var tokens = 0
    }

    let state: Mutex<State>

    init(_ script: [@Sendable (HTTPCall) throws -> HTTPAnswer]) { state = Mutex(State(script: script)) }

    /// What came in, token requests left out.
    var calls: [HTTPCall] { state.withLock { $0.calls } }
    var tokenCount: Int { state.withLock { $0.tokens } }

    func send(_ call: HTTPCall) async throws -> HTTPAnswer {
        if call.url.hasSuffix(TokenRequest.path) {
            let number = state.withLock { state in
                state.tokens += 1
                return state.tokens
            }
            return HTTPAnswer(
                status: 200, body: Array(#"{"access_token":"token-\#(number)","expires_in":"1800"}"#.utf8))
        }
        let answer = state.withLock { state in
            state.calls.append(call)
            return state.script.isEmpty ? nil : state.script.removeFirst()
        }
        guard let answer else { throw LinkedInError(.unreachable, "the script has ended") }
        return try answer(call)
    }

    func client(_ surface: Surface = .v2) -> LinkedInClient {
        LinkedInClient(
            hosts: .init(both: "https://far.example/"),
            credentials: TokenRequest(clientID: "id", clientSecret: "se+cr/et="), surface: surface,
            transport: self, nowMillis: { 1_700_000_000_000 }, logger: Logger(label: "test"))
    }

    /// Answers with JSON.
    static func json(_ status: Int, _ body: String, _ headers: [(String, String)] = [])
        -> @Sendable (HTTPCall) -> HTTPAnswer
    {
        { _ in HTTPAnswer(status: status, headers: headers.map { .init($0.0, $0.1) }, body: Array(body.utf8)) }
    }

    /// Accepts every record of a batch, spelling its key as the request did.
    static let acceptAll: @Sendable (HTTPCall) throws -> HTTPAnswer = { call in
        let entities = try JSONValue(parsing: call.body)["entities"]?.object ?? [:]
        let results = JSONObject(entities.keys.map { ($0, ["status": 204]) })
        return HTTPAnswer(status: 200, body: JSONValue.object(["results": .object(results), "errors": [:]]).bytes)
    }
}

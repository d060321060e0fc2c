// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import NIOHTTP1

/// A real browser for tests: headless Chromium, driven over WebDriver. Every action waits until it can be done, so tests never do.
///
/// ```swift
/// try await Browser.run { browser in
///     try await browser.visit("http://127.0.0.1:8090/talent")
///     try await browser.fill("Keyword", with: "Ada")
///     try await browser.click("Search")
///     try await browser.expect("1 member", in: "main")
/// }
/// ```
package struct Browser: Sendable {
    /// How long something may take to come up.
    package static let patience = Duration.seconds(60)
    private static let gate = BrowserGate(places: 2)

    private let driver: Driver
    private let session: String

    /// Starts a browser with no history and no cookies, gives it to `body`, and ends it afterwards. At most two run at a time; others
    /// wait for their turn.
    ///
    /// - Throws: `BrowserError` `.missing` when there is no Chromium.
    package static func run<Value>(_ body: (Browser) async throws -> Value) async throws -> Value {
        await gate.enter()
        defer { gate.leave() }
        return try await Driver.run { driver in
            let arguments: JSONValue = [
                "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars",
                "--remote-debugging-pipe", "--lang=en", "--window-size=1280,1000",
            ]
            let session = try await driver.send(
                .POST, "/session",
                [
                    "capabilities": [
                        "alwaysMatch": [
                            "goog:loggingPrefs": ["browser": "ALL"], "goog:chromeOptions": ["args": arguments],
                            "unhandledPromptBehavior": "ignore",
                        ]
                    ]
                ])
            guard let id = session["sessionId"]?.string else {
                throw BrowserError(.missing, "Chromium does not start: run `chromium --headless --no-sandbox` by hand")
            }
            return try await body(Browser(driver: driver, session: "/session/" + id))
        }
    }

    /// One WebDriver command of this browser.
    @discardableResult
    func send(_ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil) async throws -> JSONValue {
        try await driver.send(method, session + path, body)
    }

    /// One command of Chromium's own protocol.
    @discardableResult
    func chromium(_ command: String, _ parameters: JSONValue) async throws -> JSONValue {
        try await send(.POST, "/goog/cdp/execute", ["cmd": .string(command), "params": parameters])
    }

    // MARK: Waiting

    /// Looks again and again until `look` gives something.
    ///
    /// - Throws: `BrowserError` `.never` naming `what`, after `patience`.
    @discardableResult
    package func until<Value>(
        _ what: String, within patience: Duration = patience, _ look: () async throws -> Value?
    ) async throws -> Value {
        let end = ContinuousClock.now + patience
        var lastProblem = ""
        while true {
            do {
                if let value = try await look() { return value }
            } catch let error as BrowserError where error.isPassing {
                lastProblem = " (\(error.message))"
            }
            guard ContinuousClock.now < end else {
                throw BrowserError(.never, "gave up waiting for \(what)\(lastProblem)\(await whereabouts())")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// What a person would see, for whoever reads that a test failed.
    private func whereabouts() async -> String {
        let script =
            "return location.href + ' “' + document.body.innerText.trim().replace(/\\s+/g, ' ').slice(0, 300) + '”'"
        guard let shown = try? await run(script).string else { return "" }
        return "; the page is \(shown)"
    }

    /// Looks again and again until `isTrue` is.
    package func until(
        _ what: String, within patience: Duration = patience, isTrue: () async throws -> Bool
    ) async throws {
        try await until(what, within: patience) { () async throws -> Void? in try await isTrue() ? () : nil }
    }
}

extension BrowserError {
    /// What another look may cure: the page is being replaced, something is on its way.
    fileprivate var isPassing: Bool {
        code == .refused
            && [
                "no such element", "stale element reference", "element not interactable", "element click intercepted",
                "no such frame", "no such window", "no such alert", "unknown error: cannot determine loading status",
                "detached shadow root", "move target out of bounds",
            ].contains { message.hasPrefix($0) }
    }
}

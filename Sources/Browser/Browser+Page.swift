// SPDX-License-Identifier: Apache-2.0

import Foundation
package import JSONBytes
import NIOHTTP1

extension Browser {
    /// Opens an address and returns when it has loaded.
    package func visit(_ url: String) async throws { try await send(.POST, "/url", ["url": .string(url)]) }

    package func reload() async throws { try await send(.POST, "/refresh") }

    package func back() async throws { try await send(.POST, "/back") }

    /// The address of the page.
    package var url: String { get async throws { try await send(.GET, "/url").string ?? "" } }

    package var title: String { get async throws { try await send(.GET, "/title").string ?? "" } }

    /// Runs the body of a function in the page, even when its own scripts are off.
    ///
    /// - Parameter arguments: what the script sees as `arguments`.
    /// - Returns: what it returns; a promise is waited for.
    @discardableResult
    package func run(_ script: String, _ arguments: JSONValue...) async throws -> JSONValue {
        try await send(.POST, "/execute/sync", ["script": .string(script), "args": .array(arguments)])
    }

    /// What the page's console said since the last look: scripts' errors, failed loads, breaches of the content policy.
    package func console() async throws -> [ConsoleLine] {
        try await send(.POST, "/se/log", ["type": "browser"]).array?.map {
            ConsoleLine(level: $0["level"]?.string ?? "", text: $0["message"]?.string ?? "")
        } ?? []
    }

    package struct ConsoleLine: Sendable, Hashable, CustomStringConvertible {
        /// `SEVERE` for errors, `WARNING`, `INFO`.
        package var level: String
        package var text: String
        package var description: String { "\(level): \(text)" }
    }

    // MARK: Frames, windows, dialogs

    /// Acts inside a frame from now on.
    package func enter(frame css: String) async throws {
        try await until("the frame \(css)") {
            let frame = try await send(.POST, "/element", ["using": "css selector", "value": .string(css)])
            try await send(.POST, "/frame", ["id": frame])
            return true
        }
    }

    /// Acts in the page itself again.
    package func leaveFrames() async throws { try await send(.POST, "/frame", ["id": .null]) }

    /// Acts inside a frame while `body` runs.
    package func inside<Value>(frame css: String, _ body: () async throws -> Value) async throws -> Value {
        try await enter(frame: css)
        let value = try await body()
        try await leaveFrames()
        return value
    }

    /// Acts in another window, one that was opened last, while `body` runs; closes it then if it still is open.
    package func inNewWindow<Value>(_ body: () async throws -> Value) async throws -> Value {
        let own = try await send(.GET, "/window")
        let new = try await until("a new window") {
            try await send(.GET, "/window/handles").array?.last { $0 != own }
        }
        try await send(.POST, "/window", ["handle": new])
        let value = try await body()
        if try await send(.GET, "/window/handles").array?.contains(new) == true { try await send(.DELETE, "/window") }
        try await send(.POST, "/window", ["handle": own])
        return value
    }

    /// What the page asks in a dialog, which is answered.
    @discardableResult
    package func answerDialog(_ isYes: Bool) async throws -> String {
        let text = try await until("a dialog") { try await send(.GET, "/alert/text").string }
        try await send(.POST, isYes ? "/alert/accept" : "/alert/dismiss")
        return text
    }

    // MARK: Devices

    /// The page's size, in pixels of CSS.
    package func resize(width: Int, height: Int = 1000) async throws {
        try await chromium(
            "Emulation.setDeviceMetricsOverride",
            ["width": .int(Int64(width)), "height": .int(Int64(height)), "deviceScaleFactor": 1, "mobile": false])
    }

    /// Whether the person prefers dark pages.
    package func prefer(dark isDark: Bool) async throws {
        try await chromium(
            "Emulation.setEmulatedMedia",
            [
                "features": [
                    ["name": "prefers-color-scheme", "value": .string(isDark ? "dark" : "light")],
                    // A button whose colour is still on its way would be judged half-way.
                    ["name": "prefers-reduced-motion", "value": "reduce"],
                ]
            ])
    }

    /// Whether pages' scripts run; from the next page on.
    package func scripts(on isOn: Bool) async throws {
        try await chromium("Emulation.setScriptExecutionDisabled", ["value": .bool(!isOn)])
    }

    package func forgetCookies() async throws { try await send(.DELETE, "/cookie") }

    /// Writes the page as a PNG: all of it, or what the window shows.
    package func screenshot(to path: String, wholePage isWhole: Bool = true) async throws {
        let shot = try await chromium(
            "Page.captureScreenshot", ["captureBeyondViewport": .bool(isWhole), "format": "png"])
        guard let data = Data(base64Encoded: shot["data"]?.string ?? "") else {
            throw BrowserError(.refused, "the browser gave no picture")
        }
        try data.write(to: URL(fileURLWithPath: path))
    }
}

// SPDX-License-Identifier: Apache-2.0

import Browser
import Foundation
import Testing

/// Photographs the main pages for the README and the docs; `scripts/screenshots` starts a demo and runs it.
@Suite(.enabled(if: screenshotFolder != nil, "scripts/screenshots takes them"))
struct Screenshots {
    private static let faces = (ProcessInfo.processInfo.environment["CROSSWALK_SCREENSHOTS_OF"] ?? "")
        .split(separator: " ").map(String.init)
    private static let password = ProcessInfo.processInfo.environment["CROSSWALK_SCREENSHOTS_PASSWORD"] ?? ""

    /// File name, path, and whether it is dark.
    private static let dashboard: [(name: String, path: String, isDark: Bool)] = [
        ("overview", "/ui", false),
        ("customer", "/ui/customers/demo", false),
        ("sync", "/ui/customers/demo/sync", false),
        ("records", "/ui/customers/demo/records", false),
        ("matches", "/ui/customers/demo/matches", true),
        ("inbox", "/ui/customers/demo/inbox", false),
        ("privacy", "/ui/customers/demo/privacy", false),
        ("accounts", "/ui/accounts", true),
    ]
    private static let recruiter: [(name: String, path: String, isDark: Bool)] = [
        ("recruiter-search", "/talent/search", false),
        ("recruiter-ats", "/talent/admin/ats", false),
        ("recruiter-seats", "/talent/admin/seats", true),
        ("developer-requests", "/developers/requests", false),
        ("developer-quotas", "/developers/quotas", true),
        ("demo-ats", "/_sandbox/demo-ats", false),
    ]

    @Test func `the dashboard`() async throws {
        let folder = try #require(screenshotFolder)
        try await Browser.run { browser in
            try await browser.resize(width: 1280, height: 900)
            try await browser.visit(Self.faces[0] + "/ui")
            try await browser.fill(.named("Name"), with: "demo")
            try await browser.fill(.named("Password"), with: Self.password)
            try await browser.click(.named("Sign in"))
            try await browser.expect("Overview")
            for shot in Self.dashboard { try await Self.take(shot, of: Self.faces[0], browser, folder) }
        }
    }

    @Test func `LinkedIn's side`() async throws {
        let folder = try #require(screenshotFolder)
        try await Browser.run { browser in
            try await browser.resize(width: 1280, height: 900)
            try await browser.visit(Self.faces[1] + "/talent/sign-in")
            try await browser.click(.css("form button[aria-label^='Sign in as']"))
            for shot in Self.recruiter { try await Self.take(shot, of: Self.faces[1], browser, folder) }
            try await browser.visit(Self.faces[1] + "/talent/search?ats=yes")
            try await browser.click(.css("main .people a, main table a"))
            try await Self.take(("recruiter-profile", nil, false), of: Self.faces[1], browser, folder)
        }
    }

    /// - Parameter shot: without a path, the page that is open.
    private static func take(
        _ shot: (name: String, path: String?, isDark: Bool), of face: String, _ browser: Browser, _ folder: String
    ) async throws {
        try await browser.prefer(dark: shot.isDark)
        if let path = shot.path { try await browser.visit(face + path) }
        try await browser.screenshot(to: folder + "/\(shot.name).png", wholePage: false)
    }
}

private let screenshotFolder = ProcessInfo.processInfo.environment["CROSSWALK_SCREENSHOTS"]

// SPDX-License-Identifier: Apache-2.0

/// An answer to a browser, before it meets a server: both faces turn it into their own.
package struct WebResponse: Sendable {
    package enum Body: Sendable {
        case bytes([UInt8])
        /// Pieces as they come; an open page's live updates.
        case stream(AsyncStream<[UInt8]>)
    }

    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: Body

    package init(status: Int, headers: [(name: String, value: String)] = [], body: Body = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A page. It is never cached: it holds people's data.
    package static func html(_ html: [UInt8], status: Int = 200, policy: ContentPolicy = ContentPolicy()) -> Self {
        Self(
            status: status,
            headers: [("content-type", "text/html; charset=utf-8"), ("cache-control", "no-store")] + policy.headers,
            body: .bytes(html))
    }

    /// After a form was taken: GET that page.
    package static func see(_ path: LocalPath, cookies: [Cookie] = []) -> Self {
        Self(
            status: 303,
            headers: [("location", path.text), ("cache-control", "no-store")]
                + cookies.map { ("set-cookie", $0.header) })
    }

    /// A file to save.
    package static func download(_ name: String, type: String, _ bytes: [UInt8]) -> Self {
        Self(
            status: 200,
            headers: [
                ("content-type", type), ("cache-control", "no-store"), ("x-content-type-options", "nosniff"),
                ("content-disposition", "attachment; filename=\"\(name.filter { $0 != "\"" && $0 >= " " })\""),
            ], body: .bytes(bytes))
    }

    /// Live updates for an open page.
    package static func events(_ pieces: AsyncStream<[UInt8]>) -> Self {
        Self(
            status: 200,
            headers: [
                ("content-type", "text/event-stream"), ("cache-control", "no-store"), ("x-accel-buffering", "no"),
            ], body: .stream(pieces))
    }
}

/// What a page may load, send to, and be shown in.
package struct ContentPolicy: Sendable {
    /// Origins besides our own that scripts and frames may come from: LinkedIn's widgets on the onboarding page.
    package var widgetOrigins: [String] = []
    /// Origins that may show the page in a frame; nobody by default.
    package var ancestors: [String] = []
    /// Origins besides our own that a form's answer may send the browser to.
    package var formTargets: [String] = []
    /// The page's address is a secret: no page that it leads to learns it.
    package var hidesAddress = false

    package init(
        widgetOrigins: [String] = [], ancestors: [String] = [], formTargets: [String] = [], hidesAddress: Bool = false
    ) {
        self.widgetOrigins = widgetOrigins
        self.ancestors = ancestors
        self.formTargets = formTargets
        self.hidesAddress = hidesAddress
    }

    var headers: [(name: String, value: String)] {
        let widgets = widgetOrigins.map { " " + $0 }.joined()
        let forms = formTargets.map { " " + $0 }.joined()
        let frames = widgetOrigins.isEmpty ? "'none'" : "'self'" + widgets
        let policy = [
            "default-src 'none'", "script-src 'self'\(widgets)", "style-src 'self'", "img-src 'self' data:",
            "connect-src 'self'", "font-src 'none'", "frame-src \(frames)", "form-action 'self'\(forms)",
            "base-uri 'none'", "frame-ancestors \(ancestors.isEmpty ? "'none'" : ancestors.joined(separator: " "))",
        ]
        return [
            ("content-security-policy", policy.joined(separator: "; ")), ("x-content-type-options", "nosniff"),
            ("referrer-policy", hidesAddress ? "no-referrer" : "same-origin"),
            // A widget signs people in by a window of its own.
            ("cross-origin-opener-policy", widgetOrigins.isEmpty ? "same-origin" : "same-origin-allow-popups"),
        ]
    }
}

// SPDX-License-Identifier: Apache-2.0

import Connector
import Crypto
import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Store
import Web

/// One request for a page before sign-in, by anybody.
struct DoorCall: Sendable {
    let call: Call
    let query: FormFields
    let form: FormFields
    let parts: Dashboard.Parts
    let renderer: Renderer
    /// What the tokens of forms are made with before there is a session: a cookie of its own, so that nobody's browser can be made to
    /// sign in as somebody else.
    let visit: OneTimeSecret
    private let isNew: Bool

    init(_ call: Call, _ form: FormFields, _ parts: Dashboard.Parts, _ renderer: Renderer) {
        self.call = call
        self.form = form
        self.parts = parts
        self.renderer = renderer
        query = DashboardCall.query(of: call)
        let known = Self.cookie(parts).read(call.request)
        visit = known ?? OneTimeSecret()
        isNew = known == nil
    }

    var now: Millis { parts.time.now() }
    var values: [String] { call.values }

    /// Whether the form came from a page that this browser was shown.
    var hasToken: Bool { FormToken.isValid(form, session: Array(visit.text.utf8)) }

    /// Where somebody wanted to go.
    var next: LocalPath {
        (form["next"] ?? query["next"]).flatMap { LocalPath($0) }.flatMap { $0.text.hasPrefix("/ui") ? $0 : nil }
            ?? "/ui"
    }

    /// The form that waits for the sign-in, sealed.
    var kept: KeptForm? {
        form.exact(KeptForm.field).flatMap { KeptForm($0, parts.store.vault, at: now) }
    }

    /// Where the browser is, for the throttle: an IPv6 network counts as one address.
    var address: String {
        let text = call.channel.remoteAddress?.ipAddress ?? "unknown"
        return text.contains(":") && !text.contains(".")
            ? text.split(separator: ":", omittingEmptySubsequences: false).prefix(4).joined(separator: ":") : text
    }

    /// What kind of browser it says it is.
    var browser: String { BrowserName.of(call.request.headers[.userAgent] ?? "") }

    func page(_ page: some Page, status: Int = 200, notice: Notice? = nil, policy: ContentPolicy = ContentPolicy())
        -> WebResponse
    {
        var shell = Shell(
            product: "Crosswalk", home: "/ui", notice: notice, csrf: FormToken.make(session: Array(visit.text.utf8)))
        shell.brand = shell.product
        var response = WebResponse.html(renderer.html(page, shell), status: status, policy: policy)
        if isNew { response.headers.append(("set-cookie", Self.cookie(parts).set(visit).header)) }
        return response
    }

    private static func cookie(_ parts: Dashboard.Parts) -> SessionCookie {
        SessionCookie(publicURL: parts.publicURL, purpose: "-visit")
    }

    /// For the throttle: what is tried, as a hash.
    static func subject(_ kind: String, _ text: String) -> [UInt8] {
        Array(SHA256.hash(data: Array("\(kind):\(text)".utf8)))
    }
}

/// A browser's name out of its `User-Agent`, for the list of sessions.
enum BrowserName {
    static func of(_ agent: String) -> String {
        let browsers = [
            ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
            ("curl/", "curl"),
        ]
        let systems = [
            ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
            ("Linux", "Linux"),
        ]
        let browser = browsers.first { agent.contains($0.0) }?.1 ?? "A browser"
        return systems.first { agent.contains($0.0) }.map { "\(browser) on \($0.1)" } ?? browser
    }
}

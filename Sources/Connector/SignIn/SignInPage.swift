// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Web

/// A small page for a person who is asked to sign in, or is told how it went.
struct SignInPage: Sendable {
    var title: String
    /// Paragraphs, as plain text.
    var texts: [String]
    var button: Button?
    var status: HTTPResponse.Status = .ok

    /// A form with one button.
    struct Button: Sendable {
        var action: String
        var label: String
        /// What the form's token is made with: the cookie's secret.
        var secret: OneTimeSecret
        /// The origin that the form's answer sends the browser on to: browsers also hold that redirect to `form-action`.
        var goesTo: String
    }

    private static let renderer = Renderer()

    func response(cookie: String? = nil) -> Response {
        let page = FramedMessage(
            title, texts, button: button.map { FramedMessage.Button($0.label, $0.action) })
        var shell = Shell(
            product: "Crosswalk", home: "/",
            csrf: button.map { FormToken.make(session: Array($0.secret.text.utf8)) } ?? "")
        shell.brand = shell.product
        var response = WebResponse.html(
            Self.renderer.html(page, shell), status: status.code,
            policy: ContentPolicy(formTargets: button.map { [$0.goesTo] } ?? [], hidesAddress: true))
        if let cookie { response.headers.append(("set-cookie", cookie)) }
        return response.response
    }
}

// SPDX-License-Identifier: Apache-2.0

import Web

/// What a member's browser sees: who signs in, and whether the application may know.
struct AuthorizationPage: Page {
    static let template = PageTemplate("authorization", utf8: PackageResources.authorization_mustache, layout: .frame)

    struct Parameter: Sendable {
        var name: String
        var value: String
    }

    struct Choice: Sendable {
        var seat: Int64
        var member: Int64
        var person: String
        var isFirst: Bool
    }

    let title = "Sign in to LinkedIn"
    var application: String
    var scopes: String
    /// Of the request, which the form sends again.
    var parameters: [Parameter]
    var choices: [Choice]
    var complaint: String?

    /// - Parameter target: where the browser goes with the answer.
    func answer(target: String) -> Answer {
        // A form's content policy is asked again when the answer sends the browser on.
        Self.answer(self, 200, ContentPolicy(formTargets: [WebOrigin(ofPage: target)?.description].compactMap { $0 }))
    }

    /// The request cannot be answered; the browser stays here [D].
    static func refuse(_ text: String) -> Answer {
        answer(AuthorizationRefusal(text: text), 401, ContentPolicy())
    }

    private static func answer(_ page: some Page, _ status: Int, _ policy: ContentPolicy) -> Answer {
        var shell = Shell(product: "LinkedIn sandbox", home: "/talent", face: "recruiter")
        shell.brand = shell.product
        let html = renderer.html(page, shell)
        return Answer(
            status: status, headers: WebResponse.html(html, policy: policy).headers.map { ($0.name, $0.value) },
            body: html)
    }

    private static let renderer = Renderer()
}

/// Why a sign-in cannot go on.
struct AuthorizationRefusal: Page {
    static let template = PageTemplate(
        "authorization_refusal", utf8: PackageResources.authorization_refusal_mustache, layout: .frame)
    let title = "This sign-in cannot go on"
    var text: String
}

// SPDX-License-Identifier: Apache-2.0

/// The pages a member's browser sees. Plain forms without a script; what came from outside is escaped by `HTML`.
enum AuthorizationPage {
    typealias Choice = (seat: Int64, member: Int64, name: String)

    /// Asks who signs in, and whether the application may know.
    ///
    /// - Parameter parameters: of the request, which the form sends again.
    static func ask(
        _ request: AuthorizationRequest, _ parameters: [(String, String)], _ choices: [Choice], complaint: String?
    ) -> Answer {
        let hidden = parameters.map { name, value -> HTML in
            "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
        }
        let options = choices.enumerated().map { index, choice -> HTML in
            let checked: HTML = index == 0 && complaint == nil ? " checked" : ""
            return """
                <label><input type="radio" name="who" value="\(String(choice.member))"\(checked)> \(choice.name), \
                seat \(String(choice.seat))</label>

                """
        }
        let problem: HTML = complaint.map { "<p role=\"alert\">\($0)</p>\n" } ?? ""
        return page(
            200, "Sign in to LinkedIn (sandbox)",
            """
            \(problem)<p><strong>\(request.application.name)</strong> asks for: \
            \(request.scopes.joined(separator: ", ")).</p>
            <form method="post" action="/oauth/v2/authorization">
            \(hidden)
            <fieldset><legend>Who are you?</legend>
            \(options)<label><input type="radio" name="who" value="other"> Another member: number, e-mail or \
            profile address</label>
            <label>Member <input name="member" autocomplete="off"></label>
            </fieldset>
            <p><button name="decision" value="allow">Allow</button>
            <button name="decision" value="refuse">Do not allow</button>
            <button name="decision" value="leave">Do not sign in</button></p>
            </form>
            """)
    }

    /// The request cannot be answered; the browser stays here [D].
    static func refuse(_ text: String) -> Answer {
        page(
            401, "This sign-in cannot go on", "<p role=\"alert\">\(text)</p>\n<p>Tell the application's developers.</p>"
        )
    }

    private static func page(_ status: Int, _ title: String, _ content: HTML) -> Answer {
        let html: HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title)</title>
            <style>
            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
            label { display: block; margin: .4rem 0 } fieldset { border: 1px solid #767676; border-radius: .4rem }
            input:not([type=radio]) { font: inherit; width: 100%; box-sizing: border-box; padding: .3rem }
            button { font: inherit; padding: .4rem 1rem; margin-right: .5rem } [role=alert] { color: #a00000 }
            </style>
            </head>
            <body>
            <main>
            <h1>\(title)</h1>
            \(content)
            </main>
            </body>
            </html>

            """
        return Answer(
            status: status,
            headers: [
                ("content-type", "text/html; charset=utf-8"), ("cache-control", "no-store"),
                (
                    "content-security-policy",
                    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
                ),
                ("referrer-policy", "no-referrer"), ("x-content-type-options", "nosniff"),
            ], body: Array(html.markup.utf8))
    }
}

// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// A small page for a person who is asked to sign in, or is told how it went: no script, no image, nothing from elsewhere.
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
        /// Proves that the form is ours.
        var formToken: String
        /// Origins that the form's answer may send the browser on to.
        var goesTo: String
    }

    func response(cookie: String? = nil) -> Response {
        var headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
            .contentSecurityPolicy: policy,
        ]
        // The address of the page is a secret.
        headers[HTTPField.Name("Referrer-Policy")!] = "no-referrer"
        if let cookie { headers[.setCookie] = cookie }
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: html)))
    }

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>\(Self.escaped(title))</title>
        <style>\(Self.style)</style>
        </head>
        <body>
        <main>
        <h1>\(Self.escaped(title))</h1>
        \(texts.map { "<p>\(Self.escaped($0))</p>" }.joined(separator: "\n"))
        \(button.map(Self.form) ?? "")
        </main>
        </body>
        </html>

        """
    }

    private static func form(_ button: Button) -> String {
        """
        <form method="post" action="\(escaped(button.action))">
        <input type="hidden" name="form" value="\(escaped(button.formToken))">
        <button type="submit">\(escaped(button.label))</button>
        </form>
        """
    }

    /// Browsers also hold the redirect that answers a form to `form-action`, so LinkedIn's origin is in it.
    private var policy: String {
        let form = button.map { "'self' \($0.goesTo)" } ?? "'none'"
        return
            "default-src 'none'; style-src '\(Self.styleHash)'; form-action \(form); base-uri 'none'; frame-ancestors 'none'"
    }

    /// Text for an element or a quoted attribute.
    static func escaped(_ text: String) -> String {
        var safe = ""
        for letter in text {
            switch letter {
            case "&": safe += "&amp;"
            case "<": safe += "&lt;"
            case ">": safe += "&gt;"
            case "\"": safe += "&quot;"
            case "'": safe += "&#39;"
            default: safe.append(letter)
            }
        }
        return safe
    }

    private static let style = """
        :root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;margin:0;padding:2rem 1rem}\
        main{max-width:36rem;margin:0 auto}h1{font-size:1.6rem;line-height:1.25}\
        button{font:inherit;font-weight:600;padding:.75rem 1.5rem;border:2px solid #0a4a8f;border-radius:.4rem;background:#0a4a8f;color:#fff}\
        button:focus-visible{outline:3px solid #e08700;outline-offset:3px}
        """
    private static let styleHash =
        "sha256-" + Data(SHA256.hash(data: Array(style.utf8))).base64EncodedString()
}

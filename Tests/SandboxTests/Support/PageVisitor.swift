// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Sandbox
import Testing

/// A browser without scripts: keeps its cookie, sends forms with the token of the page before, and follows nothing by itself.
final class PageVisitor {
    /// Another one stands for the same address after a restart.
    var sandbox: Sandbox
    private var cookie: String?
    private var token = ""

    init(_ sandbox: Sandbox) { self.sandbox = sandbox }

    func get(_ target: String) async throws -> SandboxResponse {
        try await send("GET", target, [])
    }

    /// - Parameter token: nil sends that of the last page.
    func post(_ target: String, _ fields: [(String, String)] = [], token: String? = nil) async throws -> SandboxResponse
    {
        let all = [("csrf", token ?? self.token)] + fields
        let body = all.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
        return try await send("POST", target, Array(body.utf8))
    }

    /// Presses the button of a page that shows what was entered, with the fields as they stand there.
    func sendAgain(_ page: SandboxResponse) async throws -> SandboxResponse {
        let start = try #require(page.text.firstRange(of: "Nothing of it was done"))
        let form = page.text[start.upperBound...]
        let action = try #require(form.firstMatch(of: /<form method="post" action="([^"]*)">/)?.1)
        let fields = form.matches(of: /<input type="hidden" name="([^"]*)" value="([^"]*)">/)
            .map { (String($0.1), Self.unescaped($0.2)) }.filter { $0.0 != "csrf" }
        return try await post(Self.unescaped(action), fields)
    }

    private static func unescaped(_ text: Substring) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")].reduce(
            String(text)
        ) {
            $0.replacing($1.0, with: $1.1)
        }
    }

    /// Signs in as a seat.
    @discardableResult
    func signIn(_ seat: Int64) async throws -> PageVisitor {
        _ = try await get("/talent/sign-in")
        let response = try await post("/talent/sign-in", [("seat", String(seat))])
        #expect(response.status == 303)
        return self
    }

    func send(_ method: String, _ target: String, _ body: [UInt8], headers: [(String, String)] = []) async throws
        -> SandboxResponse
    {
        let headers = headers + (cookie.map { [("cookie", $0)] } ?? [])
        let response = try await sandbox.respond(to: SandboxRequest(method, target, headers: headers, body: body))
        if let set = response.header("set-cookie") { cookie = String(set.prefix { $0 != ";" }) }
        if let start = response.text.firstRange(of: #"name="csrf" value=""#) {
            token = String(response.text[start.upperBound...].prefix { $0 != "\"" })
        }
        return response
    }

    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                String(UnicodeScalar(byte))
            default: (byte < 16 ? "%0" : "%") + String(byte, radix: 16)
            }
        }.joined()
    }
}

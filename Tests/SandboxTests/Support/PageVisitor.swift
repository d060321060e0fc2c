// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Sandbox
import Testing

/// A browser without scripts: keeps its cookie, sends forms with the token of the page before, and follows nothing by itself.
final class PageVisitor {
    let sandbox: Sandbox
    private var cookie: String?
    private var token = ""

    init(_ sandbox: Sandbox) { self.sandbox = sandbox }

    func get(_ target: String) async throws -> SandboxResponse {
        let response = try await send("GET", target, [])
        if let start = response.text.firstRange(of: #"name="csrf" value=""#) {
            token = String(response.text[start.upperBound...].prefix { $0 != "\"" })
        }
        return response
    }

    /// - Parameter token: nil sends that of the last page.
    func post(_ target: String, _ fields: [(String, String)] = [], token: String? = nil) async throws -> SandboxResponse
    {
        let all = [("csrf", token ?? self.token)] + fields
        let body = all.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
        return try await send("POST", target, Array(body.utf8))
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

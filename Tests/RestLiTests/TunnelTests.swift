// SPDX-License-Identifier: Apache-2.0

import RestLi
import Testing

/// Query tunnelling and the limits that make it necessary (jobs-oauth-restli 2.7).
@Suite struct TunnelTests {
    @Test func `a request without a body becomes a form`() throws {
        let request = Tunnel.encode(http: "GET", path: "/v2/x", query: "ids=1&ids=2", body: nil)
        #expect(request.method == "POST" && request.path == "/v2/x" && request.body == Array("ids=1&ids=2".utf8))
        #expect(request.headers.map(\.name) == ["X-HTTP-Method-Override", "Content-Type"])
        #expect(request.headers.map(\.value) == ["GET", "application/x-www-form-urlencoded"])
    }

    @Test(arguments: [
        ("PUT", #"{"entities":{}}"#), ("POST", "--crosswalk-0-boundary--\r\n"), ("PUT", "\r\n\r\n"), ("PUT", "\n--\n"),
        ("DELETE", "x\r"),
    ])
    func `a request with a body survives the tunnel`(http: String, body: String) throws {
        let request = Tunnel.encode(http: http, path: "/v2/x", query: "ids=List(a,b)", body: Array(body.utf8))
        let original = try Tunnel.decode(
            http: request.method, override: request.headers[0].value, query: "debug=1",
            contentType: request.headers[1].value, body: request.body)
        #expect(
            original
                == Tunnel.Original(
                    http: http, query: "debug=1&ids=List(a,b)", contentType: "application/json", body: Array(body.utf8))
        )
    }

    static let boundaries = ["boundary=B", "boundary=\"B\"", "charset=x; Boundary = B"]

    @Test(arguments: boundaries, ["\r\n", "\n"])
    func `line ends, preamble, epilogue and quotes are of no account`(parameter: String, end: String) throws {
        let body = [
            "preamble --B", "--B", "content-type: application/x-www-form-urlencoded; charset=UTF-8",
            "Content-Length: 5", "", "ids=1", "--B ",
            "Content-Type:application/json", "", #"{"a":"#, #""--Bx"}"#, "--B--", "epilogue",
        ].joined(separator: end)
        let original = try Tunnel.decode(
            http: "POST", override: "put", query: "", contentType: "Multipart/Mixed; \(parameter)",
            body: Array(body.utf8))
        #expect(original.http == "PUT" && original.query == "ids=1" && original.contentType == "application/json")
        #expect(original.body == Array((#"{"a":"# + end + #""--Bx"}"#).utf8))
    }

    @Test func `a form's trailing line end is no part of the query, and an empty form adds nothing`() throws {
        func query(_ body: String, _ own: String) throws -> String {
            try Tunnel.decode(
                http: "POST", override: "GET", query: own, contentType: "application/x-www-form-urlencoded",
                body: Array(body.utf8)
            ).query
        }
        #expect(try query("a=1\r\n", "") == "a=1" && query("", "b=2") == "b=2" && query("a=1", "b=2") == "b=2&a=1")
    }

    static let refused: [(String, String, String?, String)] = [
        ("GET", "PUT", "application/x-www-form-urlencoded", "a"),
        ("POST", "TRACE", "application/x-www-form-urlencoded", "a"),
        ("POST", "", "application/x-www-form-urlencoded", "a"), ("POST", "GET", nil, "a"),
        ("POST", "PUT", "application/json", "{}"),
        ("POST", "PUT", "multipart/mixed", "--B--"), ("POST", "PUT", "multipart/mixed; boundary=", "--B--"),
        ("POST", "PUT", "multipart/mixed; boundary=B", ""),
        ("POST", "PUT", "multipart/mixed; boundary=B", "--B\r\n\r\nx"),
        ("POST", "PUT", "multipart/mixed; boundary=B", "--B\r\nnonsense\r\n\r\nx\r\n--B--"),
        ("POST", "PUT", "multipart/mixed; boundary=B", String(repeating: "--B\n\nx\n", count: 40) + "--B--"),
    ]

    @Test(arguments: refused)
    func `a tunnel that is none is refused`(row: (http: String, override: String, type: String?, body: String)) {
        #expect(throws: RestLiError.self) {
            try Tunnel.decode(
                http: row.http, override: row.override, query: "", contentType: row.type, body: Array(row.body.utf8))
        }
    }

    @Test func `a part without headers, and a body without a query, are read`() throws {
        let original = try Tunnel.decode(
            http: "POST", override: "PUT", query: "q=1", contentType: "multipart/mixed; boundary=B",
            body: Array("--B\n\nx\n--B\n--B--".utf8))
        #expect(
            original == Tunnel.Original(http: "PUT", query: "q=1", contentType: "text/plain", body: Array("x".utf8)))
    }

    @Test func `each limit is found, at its exact length`() {
        func excess(path: Int = 1, query: Int = 0, origin: Int = 0, head: Int = 0) -> SizeLimits.Excess? {
            SizeLimits.excess(
                path: String(repeating: "/abc", count: path / 4) + String(repeating: "/", count: path % 4),
                query: String(repeating: "q", count: query), originBytes: origin, headBytes: head)
        }
        #expect(excess(query: 4096) == nil && excess(query: 4097) == .query)
        #expect(
            excess(path: 8192) == nil && excess(path: 8193) == .rawURL && excess(path: 8000, origin: 193) == .rawURL)
        #expect(excess(path: 4191, query: 4000) == nil && excess(path: 4192, query: 4000) == .rawURL)
        #expect(excess(head: 28 * 1024) == nil && excess(head: 28 * 1024 + 1) == .head)
        #expect(SizeLimits.excess(path: "/a/" + String(repeating: "x", count: 4096), query: "") == nil)
        #expect(SizeLimits.excess(path: "/a/" + String(repeating: "x", count: 4097), query: "") == .segment)
    }
}

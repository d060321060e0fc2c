// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import RestLi
import Testing

@Suite struct PageTests {
    /// start, count, total, elements on the page → the links.
    static let linked: [(Int, Int, Int?, Int, [String])] = [
        (0, 10, 2, 2, []), (0, 2, 5, 2, ["next 2"]), (2, 2, 5, 2, ["prev 0", "next 4"]), (4, 2, 5, 1, ["prev 2"]),
        (1, 2, nil, 2, ["prev 0", "next 3"]), (0, 2, 2, 2, ["next 2"]), (0, 0, 5, 0, []), (0, 10, 0, 10, ["next 10"]),
    ]

    @Test(arguments: linked)
    func `links are those of the framework`(row: (start: Int, count: Int, total: Int?, size: Int, links: [String])) {
        let page = CollectionPage(
            elements: Array(repeating: 1, count: row.size), start: row.start, count: row.count, total: row.total,
            path: "/x", query: "q=all&start=9&count=9&a=b")
        #expect(page.links.map(\.rel) == row.links.map { String($0.prefix(4)) })
        #expect(page.links.map(\.href) == row.links.map { "/x?q=all&a=b&start=\($0.dropFirst(5))&count=\(row.count)" })
    }

    @Test func `a page is written and read`() throws {
        var page = CollectionPage(elements: [["a": 1], 2], start: 2, count: 2, total: 9, path: "/x", query: "")
        page.metadata = ["m": true]
        #expect(try CollectionPage(page.bytes) == page)
        let bare = try CollectionPage(Array(#"{"elements":[{}]}"#.utf8))
        #expect(bare.start == 0 && bare.count == 10 && bare.total == nil && !bare.mayHaveMore && page.mayHaveMore)
        #expect(throws: JSONError.self) { try CollectionPage(Array("{}".utf8)) }
    }

    @Test(arguments: [
        ("", 0, 10), ("start=&count=", 0, 10), ("start=5", 5, 10), ("start=5&count=0", 5, 0),
    ])
    func `an absent or empty parameter means the default`(query: String, start: Int, count: Int) throws {
        let window = try CollectionPage.window(QueryCodec.decode(query, .v1))
        #expect(window.start == start && window.count == count)
    }

    @Test(arguments: [
        ("start=-1", "start/count parameters must be non-negative"),
        ("count=-5", "start/count parameters must be non-negative"),
        ("start=x", "Invalid (non-integer) start/count parameters"),
        ("count=1.5", "Invalid (non-integer) start/count parameters"),
        ("count=99999999999", "Invalid (non-integer) start/count parameters"),
    ])
    func `a window that is none is refused`(query: String, message: String) throws {
        let decoded = try QueryCodec.decode(query, .v1)
        #expect(throws: RestLiError(message)) { try CollectionPage.window(decoded) }
    }

    @Test func `an error body of any shape is read`() throws {
        let full =
            #"{"status":403,"serviceErrorCode":100,"code":"ACCESS_DENIED","message":"no","requestId":"r","docUrl":"d"}"#
        let error = ErrorBody.decode(Array(full.utf8), status: 500)
        #expect(
            error.status == 403 && error.serviceErrorCode == 100 && error.code == "ACCESS_DENIED"
                && error.message == "no")
        #expect(error.requestID == "r" && error.others == ["docUrl": "d"])
        #expect(try JSONValue(parsing: error.bytes) == JSONValue(parsing: full))
        #expect(ErrorBody.decode(Array("<html>".utf8), status: 502) == ErrorBody(status: 502))
        #expect(
            ErrorBody.decode(Array(#"{"status":"x","message":7,"code":12}"#.utf8), status: 400)
                == ErrorBody(status: 400, code: "12"))
        #expect(ErrorBody.decode([], status: 504) == ErrorBody(status: 504))
    }
}

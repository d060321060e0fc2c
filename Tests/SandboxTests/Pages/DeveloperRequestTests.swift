// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Sandbox
import Testing

@Suite struct DeveloperRequestTests {
    @Test func `requests stand newest first, are filtered, and paged by number`() async throws {
        let world = try await TestSandbox()
        let (acme, other) = (try await world.customer("acme"), try await world.customer("other", organization: 1001))
        for number in 0..<60 {
            _ = try await world.send(
                "PUT", acme.batch(["C\(number)"]), token: acme.token, json: acme.candidates(["C\(number)"]))
        }
        _ = try await world.send("GET", other.candidate("X-99"), token: other.token)
        _ = try await world.send("GET", "/v2/nothing", token: "no token")
        let visitor = PageVisitor(world.sandbox)
        func rows(_ query: String) async throws -> [Int] {
            let page = try await visitor.get("/developers/requests" + query).text
            return page.ranges(of: #"<a href="/developers/requests/"#).compactMap {
                Int(page[$0.upperBound...].prefix { $0.isNumber })
            }
        }
        let last = world.sandbox.journal.lastNumber
        #expect(try await rows("") == Array((last - 49...last).reversed()))
        #expect(try await rows("?before=\(last - 49)").first == last - 50)
        #expect(try await rows("?application=\(other.clientID)").first == last - 1)
        #expect(try await rows("?method=PUT&before=999999").count == 50)
        #expect(try await rows("?status=refused").first == last)
        #expect(try await rows("?path=atsCandidates&method=GET") == [last - 1])
        #expect(try await rows("?text=x-99") == [last - 1])
        #expect(try await rows("?text=C60%40POST.example").isEmpty)
        #expect(try await rows("?text=c59%40post.EXAMPLE").isEmpty == false)
        #expect(try await rows("?status=dropped").isEmpty)
        let filtered = try await visitor.get("/developers/requests?method=PUT&path=atsCandidates").text
        #expect(filtered.contains("method=PUT&amp;path=atsCandidates&amp;before="))
        #expect(filtered.contains(#"<option value="PUT" selected>"#))
        #expect(try await visitor.get("/developers/requests?text=nowhere").text.contains("No request is like that"))
    }

    @Test func `a request's page lays out both bodies, also a long one's beginning, and withholds credentials`()
        async throws
    {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        let ids = (0..<12).map { "C\($0)" }
        _ = try await world.send("PUT", acme.batch(ids), token: acme.token, json: acme.candidates(ids))
        let visitor = PageVisitor(world.sandbox)
        let last = world.sandbox.journal.lastNumber
        let page = try await visitor.get("/developers/requests/\(last)").text
        #expect(page.contains("atsCandidates.batch_update"))
        #expect(page.contains("  &quot;entities&quot;: {\n    &quot;atsCandidateId=C0&amp;dataProvider"))
        #expect(page.contains("The first 2,048 of"))
        #expect(page.contains(#"<a href="/developers/applications/700002"><bdi>acme</bdi></a>"#))
        #expect(page.contains("/developers/requests/\(last - 1)"))
        let token = try await visitor.get("/developers/requests/1").text
        #expect(token.contains("/oauth/v2/accessToken") && token.contains("Withheld: it holds credentials."))
        #expect(!token.contains(acme.secret))
        for gone in ["0", "-1", "abc", "99999"] {
            #expect(try await visitor.get("/developers/requests/\(gone)").status == 404)
        }
    }

    @Test func `what a caller sends is shown as text`() async throws {
        let world = try await TestSandbox()
        _ = try await world.send(
            "POST", #"/v2/<b>x"'?q=<script>alert(1)</script>"#, json: ["x": "</pre><script>alert(2)</script>"])
        let visitor = PageVisitor(world.sandbox)
        for path in [
            "/developers", "/developers/requests", "/developers/requests/1", "/developers/requests?text=%3Cscript%3E",
        ] {
            let page = try await visitor.get(path).text
            #expect(!page.contains("<script>alert") && !page.contains("<b>x"), "\(path)")
            #expect(page.contains("&lt;b&gt;x") || page.contains("%3Cb%3Ex"), "\(path)")
        }
    }

    @Test func `an open page is told of the next request`() async throws {
        let world = try await TestSandbox()
        let visitor = PageVisitor(world.sandbox)
        #expect(
            try await visitor.get("/developers/requests?method=GET").text
                .contains(#"data-live="/developers/requests/live?limit=50&amp;method=GET""#))
        #expect(try await visitor.get("/developers/requests?before=7").text.contains("data-live") == false)
        let stream = try #require(try await visitor.get("/developers/requests/live?limit=50&method=GET").stream)
        var pieces = stream.makeAsyncIterator()
        let first = String(decoding: try #require(await pieces.next()), as: UTF8.self)
        #expect(first.hasPrefix("event: update\ndata: requests\n") && first.contains("No request is like that"))
        _ = try await world.send("POST", "/v2/elsewhere")
        _ = try await world.send("GET", "/v2/somewhere")
        let second = String(decoding: try #require(await pieces.next()), as: UTF8.self)
        #expect(second.contains("/v2/somewhere") && !second.contains("/v2/elsewhere"))
    }

    @Test func `the journal is cleared only after a question`() async throws {
        let world = try await TestSandbox()
        _ = try await world.send("GET", "/v2/somewhere")
        let visitor = PageVisitor(world.sandbox)
        #expect(try await visitor.get("/developers/requests/clear").text.contains("Forget the requests"))
        #expect(try await visitor.get("/developers/requests").text.contains("/v2/somewhere"))
        let cleared = try await visitor.post("/developers/requests/clear")
        #expect(cleared.header("location") == "/developers/requests?done=journal-cleared")
        let page = try await visitor.get("/developers/requests?done=journal-cleared").text
        #expect(page.contains("The journal is empty.") && page.contains("No request yet"))
    }
}

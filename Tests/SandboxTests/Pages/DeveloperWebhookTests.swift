// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Sandbox
import Testing

@Suite struct DeveloperWebhookTests {
    @Test func `a notification is listed, shown with its body and signature, and sent again`() async throws {
        let desk = try await Recruiting(callback: nil)
        let callback = Callback(secret: desk.customer.secret)
        try await callback.run { url in
            try await desk.configure("CALLBACK_URL", of: "ONE_CLICK_EXPORT", url)
            let exported = try await desk.world.control(
                "POST", "integrations/disable",
                ["organization": 1000, "unique_foreign_id": "acme", "types": ["PROFILE_PLUGIN"]])
            #expect(exported["integrations"]?.array?.count == 1)
            let visitor = PageVisitor(desk.world.sandbox)
            let list = try await visitor.get("/developers/webhooks?state=waiting").text
            #expect(list.contains("INTEGRATION_STATUS_CHANGE") && list.contains("to be sent"))
            try await desk.world.sandbox.deliverPushes()
            #expect(callback.deliveries.count == 1)
            #expect(
                try await visitor.get("/developers/webhooks?state=waiting").text.contains(
                    "No notification is to be sent"))
            let pushes = try await desk.world.control("GET", "pushes")["pushes"]?.array ?? []
            let id = try #require(pushes.first?["request_id"]?.string)
            let page = try await visitor.get("/developers/webhooks/\(id)").text
            #expect(page.contains("answered 200") && page.contains(callback.deliveries[0].signature))
            #expect(page.contains("&quot;type&quot;: &quot;INTEGRATION_STATUS_CHANGE&quot;"))
            let again = try await visitor.post("/developers/webhooks/\(id)/resend")
            #expect(again.header("location") == "/developers/webhooks/\(id)?done=push-resent")
            #expect(callback.deliveries.count == 2)
            #expect(callback.deliveries[0].signature == callback.deliveries[1].signature)
            let stream = try #require(try await visitor.get("/developers/webhooks/live?state=").stream)
            var pieces = stream.makeAsyncIterator()
            #expect(String(decoding: try #require(await pieces.next()), as: UTF8.self).contains(id))
            #expect(try await visitor.get("/developers/webhooks/404").status == 404)
        }
    }

    @Test func `a callback is blocked, unblocked and challenged by hand`() async throws {
        let desk = try await Recruiting(callback: nil) { $0.switches.callbackValidation = .enforce }
        let callback = Callback(secret: desk.customer.secret)
        try await callback.run { url in
            try await desk.configure("CALLBACK_URL", of: "ONE_CLICK_EXPORT", url)
            let visitor = PageVisitor(desk.world.sandbox)
            #expect(try await visitor.get("/developers/webhooks").text.contains(url))
            #expect(try await visitor.post("/developers/webhooks/block", [("url", url)]).status == 303)
            #expect(try await visitor.get("/developers/webhooks").text.contains("blocked by hand"))
            #expect(
                try await visitor.get("/developers").text.contains("<strong>1</strong><span>callbacks blocked</span>"))
            #expect(try await visitor.post("/developers/webhooks/unblock", [("url", url)]).status == 303)
            #expect(try await visitor.get("/developers/webhooks").text.contains("unblocked by hand"))
            #expect(try await visitor.post("/developers/webhooks/validate", [("url", url)]).status == 303)
            #expect(try await visitor.get("/developers/webhooks").text.contains("passed"))
            let unknown = try await visitor.post("/developers/webhooks/block", [("url", "https://else.example")])
            #expect(unknown.status == 404 && unknown.text.contains("no callback URL that is configured"))
        }
    }

    @Test func `without callbacks and notifications the page says how they come to be`() async throws {
        let page = try await PageVisitor(try await TestSandbox().sandbox).get("/developers/webhooks").text
        #expect(page.contains("No callback URL is configured") && page.contains("No notification yet"))
    }
}

// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Sandbox
import Testing

@Suite struct DeveloperApplicationTests {
    @Test func `children stand below their partner, with their customers`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer("acme")
        let visitor = PageVisitor(world.sandbox)
        let page = try await visitor.get("/developers/applications").text
        #expect(page.contains("Default partner") && page.contains(acme.clientID) && page.contains("<bdi>acme</bdi>"))
        #expect(page.contains("1 of 1 child application"))
        #expect(!page.contains(acme.secret))
        let overview = try await visitor.get("/developers").text
        #expect(overview.contains("<strong>2</strong><span>applications</span>"))
    }

    @Test func `secrets are shown on demand, rotated, and the last one stays`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer("acme")
        let visitor = PageVisitor(world.sandbox)
        let path = "/developers/applications/700002"
        #expect(try await visitor.get(path).text.contains("1 secret, hidden"))
        #expect(try await visitor.get(path).text.contains(acme.secret.prefix(8)) == false)
        #expect(try await visitor.get(path + "?secrets=shown").text.contains(acme.secret.prefix(8)))
        #expect(try await visitor.post(path + "/secrets").status == 303)
        let two = try await visitor.get(path + "?secrets=shown").text
        #expect(two.contains("the older one") && two.contains("the newer one") && !two.contains("Rotate"))
        #expect(try await visitor.post(path + "/secrets").status == 400)
        _ = try await world.sandbox.token(clientID: acme.clientID, secret: acme.secret)
        let question = try await visitor.get(
            path + "/secrets/remove?secret=\(PageVisitor.encoded(acme.secret))"
        ).text
        #expect(question.contains("Remove the secret"))
        #expect(try await visitor.post(path + "/secrets/remove", [("secret", acme.secret)]).status == 303)
        let left = try #require(world.sandbox.core.applications.application(number: 700_002)?.secrets)
        #expect(left.count == 1 && left != [acme.secret])
        let refused = try await visitor.post(path + "/secrets/remove", [("secret", left[0])])
        #expect(refused.status == 409 && refused.text.contains("the last one stays"))
    }

    @Test func `domains and callbacks are kept line by line`() async throws {
        let world = try await TestSandbox()
        let visitor = PageVisitor(world.sandbox)
        _ = try await visitor.get("/developers/applications/700001")
        let saved = try await visitor.post(
            "/developers/applications/700001",
            [
                ("domains", " https://a.example \r\n\r\nhttps://b.example\n"),
                ("callbacks", "https://a.example/</textarea><script>alert(1)</script>"),
            ])
        #expect(saved.status == 303)
        let partner = try #require(world.sandbox.core.applications.defaultPartner)
        #expect(partner.jsDomains == ["https://a.example", "https://b.example"])
        let page = try await visitor.get("/developers/applications/700001?done=application-saved").text
        #expect(page.contains("https://a.example\nhttps://b.example</textarea>"))
        #expect(page.contains("&lt;/textarea&gt;&lt;script&gt;") && page.contains("The application is changed."))
        #expect(try await visitor.get("/developers/applications/1").status == 404)
        #expect(try await visitor.get("/developers/applications/x").status == 404)
    }
}

// SPDX-License-Identifier: Apache-2.0

import Browser
import JSONBytes
import Store
import TestSupport
import Testing

@testable import crosswalk

/// Somebody asks to be forgotten.
@Suite struct ErasureJourneyTests {
    @Test func `a person is erased on the dashboard, goes from LinkedIn too, and leaves a receipt that verifies`()
        async throws
    {
        try await BrowserWorld.run { world in
            try await world.put("candidates/C-1", Furniture.candidate("Ada", "Byron"))
            try await world.put("candidates/C-2", Furniture.candidate("Grace", "Hopper"))
            try await world.settled()
            #expect(try await world.held("candidates").count == 2)

            let browser = world.browser
            try await world.visitDashboard("/ui/customers/acme/privacy")
            try await browser.fill("Candidate id, or person URN", with: "C-1")
            try await browser.click("Look up")
            try await browser.expect("Erase this candidate?")
            try await browser.fill("Type the id once more", with: "C-2")
            try await browser.click("Erase for good")
            try await browser.expect("Nothing was erased")
            try await browser.fill("Type the id once more", with: "C-1")
            try await browser.click("Erase for good")

            // The page follows by itself what happens at LinkedIn.
            try await browser.click("Show the receipt")
            try await browser.expect("The signature is valid")
            try await browser.expect("has none of them")
            try await browser.expectNo("C-1")
            #expect(try await world.held("candidates").count == 1)

            let erasures = try await world.api.send(.GET, "/api/v1/erasures?candidate=C-1")
            let id = try #require(erasures["items"]?[0]?["id"]?.string)
            let shown = try await world.api.send(.GET, "/api/v1/erasures/\(id)")
            let receipt = try #require(shown["receipt"].flatMap { Receipt($0.bytes) })
            #expect(receipt.verdict(key: world.connector.workspace.store.receipts.publicKey) == .valid)

            try await world.visitDashboard("/ui/customers/acme/privacy?about=C-1")
            try await browser.expect(id)
        }
    }
}

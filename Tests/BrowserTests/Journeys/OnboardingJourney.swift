// SPDX-License-Identifier: Apache-2.0

import Browser
import Domain
import JSONBytes
import TestSupport
import Testing

@testable import crosswalk

/// From a customer that LinkedIn hardly knows to one whose records are there, by hand and in a browser.
@Suite struct OnboardingJourney {
    @Test func `a customer is onboarded through the embedded plugin`() async throws {
        try await BrowserWorld.run(enabled: false) { world in
            let browser = world.browser
            try await world.control.send(
                .POST, "/_sandbox/contracts",
                ["contract": .int(BrowserWorld.contract), "organization": .int(BrowserWorld.organization)])
            try await world.addSeat("Rita", "Moss", roles: ["ADMIN_SEAT", "SOURCER_ADD_PROSPECT"])
            try await world.put("candidates/C-1", Furniture.candidate("Ada", "Byron"))
            try await world.becomeAdministrator()

            // The overview leads to the customer, the customer to the plugin.
            try await world.visitDashboard("/ui")
            try await browser.expect("Its administrator has not asked for the integration yet.")
            try await browser.click("Go on")
            try await browser.click("Show the plugin")
            try await browser.expect("LinkedIn's own plugin")

            // LinkedIn's side, in its frame: sign in with the admin's seat, ask for everything.
            try await browser.inside(frame: ".widget iframe") {
                try await browser.click(.css("button[name=seat]"))
                try await browser.click("Request all")
                try await browser.expect("Requested")
            }
            try await browser.expect("Crosswalk knows")
            try await browser.click("go on")

            // The engine names and configures; the page follows by itself.
            try await browser.expect("LinkedIn has the name and the settings of 4 integrations.")
            try await browser.expect("– Crosswalk", in: .css("#integrations"))
            try await world.control.send(
                .POST, "/_sandbox/integrations/enable",
                [
                    "organization": .int(BrowserWorld.organization), "contract": .int(BrowserWorld.contract),
                    "unique_foreign_id": "acme",
                ])
            try await browser.expect("Everything was at LinkedIn for the first time")
            try await world.visitDashboard("/ui")
            try await browser.expect("All is well.")
            #expect(try await world.held("candidates").count == 1)
        }
    }
}

/// Watching without reloading.
@Suite struct BackfillJourney {
    @Test func `a back-fill is watched live, paused and resumed`() async throws {
        try await BrowserWorld.run { world in
            let browser = world.browser
            try await world.becomeAdministrator()
            try await world.visitDashboard("/ui/customers/acme/sync")
            try await browser.expect("The ATS has not sent anything yet.")
            try await browser.click("Pause sending")
            try await browser.expect("Sending is paused since", in: .css("#state"))
            for number in 1...20 {
                try await world.put("candidates/C-\(number)", Furniture.candidate("Ada \(number)", "Byron"))
            }
            // Nobody touches the page: what came in is shown, and nothing is sent.
            try await browser.expect("0 of 20", in: .css("#progress"))
            try await browser.expect("20 records wait here.", in: .css("#progress"))
            #expect(try await world.held("candidates").isEmpty)
            try await browser.click("Resume sending")
            try await browser.expect("20 of 20 · 100 %", in: .css("#progress"))
            try await browser.expect("Everything that can be at LinkedIn is there.", in: .css("#state"))
            try await browser.expect("LinkedIn took 20 records, refused 0", in: .css("#history"))
            let problems = try await browser.console().filter { $0.level == "SEVERE" }
            #expect(problems.isEmpty, "\(problems)")
        }
    }
}

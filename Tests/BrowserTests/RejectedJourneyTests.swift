// SPDX-License-Identifier: Apache-2.0

import Browser
import Domain
import JSONBytes
import Sandbox
import Testing

@testable import crosswalk

/// What LinkedIn refuses: from the number on the page to the record that is there.
@Suite struct RejectedJourneyTests {
    private static func job(_ more: JSONObject = [:]) -> JSONValue {
        var job: JSONObject = [
            "title": "Cook",
            "description":
                "Cooks for everybody in the house, every day of the week, with care, and cleans the kitchen afterwards.",
            "location": "London, United Kingdom", "applyUrl": "https://ats.example/j/1", "createdAt": "2026-01-02",
        ]
        for (name, value) in more { job[name] = value }
        return .object(job)
    }

    @Test
    func `a rejected record is found by its reason, corrected by the ATS or sent again, and then it is at LinkedIn`()
        async throws
    {
        try await BrowserWorld.run(options: { $0.posterEmailRequired = true }) { world in
            let browser = world.browser
            try await world.put("jobs/J-1", Self.job())
            try await world.put("jobs/J-2", Self.job())
            try await world.settled()
            try await world.visitDashboard("/ui/customers/acme/rejected")
            try await browser.expect("posterEmail")
            try await browser.click("2")
            try await browser.expect("Rejected: 2 jobs", in: .css("h1"))
            try await browser.click("J-1")
            try await browser.expect("rejected", in: .css("main .badge"))
            try await browser.expect("LinkedIn's request id")

            // LinkedIn asks for it no longer, and the ATS corrects one of them: that one goes by itself.
            try await world.control.send(.POST, "/_sandbox/config", ["poster_email_required": false])
            try await world.put("jobs/J-1", Self.job(["title": "Head cook"]))
            try await world.settled()
            try await browser.reload()
            try await browser.expect("synced", in: .css("main .badge"))
            try await browser.expect("LinkedIn accepted this version.")

            // The other one was right all along: somebody sends it again.
            try await world.visitDashboard("/ui/customers/acme/rejected")
            try await browser.click("1")
            try await browser.click("J-2")
            try await browser.click("Retry")
            try await browser.expect("It is sent again now.")
            try await world.settled()
            try await browser.reload()
            try await browser.expect("synced", in: .css("main .badge"))
            try await world.visitDashboard("/ui/customers/acme/rejected")
            try await browser.expect("Nothing is rejected")
            let held = try await world.held("jobs")
            #expect(held.count == 2)
        }
    }
}

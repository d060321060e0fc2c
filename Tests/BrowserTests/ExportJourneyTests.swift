// SPDX-License-Identifier: Apache-2.0

import Browser
import JSONBytes
import TestSupport
import Testing

@testable import crosswalk

/// A recruiter finds somebody and wants them in the ATS.
@Suite struct ExportJourneyTests {
    @Test func `a member exported in Recruiter arrives in the ATS and on the dashboard, and Recruiter sees it fetched`()
        async throws
    {
        try await BrowserWorld.run { world in
            try await world.addSeat("Rita", "Moss")
            let member = try await world.addMember("Grace", "Hopper", title: "Compiler engineer")
            try await world.put("jobs/J-1", Furniture.job("Head of compilers"))
            try await world.put("jobs/J-2", Furniture.job("Gardener"))
            try await world.settled()

            let browser = world.browser
            try await world.visitSandbox("/talent/profile/\(member)")
            try await browser.click("Sign in as Rita Moss")
            try await browser.expect("Compiler engineer at Engines Ltd")
            try await browser.click("Export to ATS")
            try await browser.expect("Gardener")
            try await browser.fill("Job name or id", with: "compilers")
            try await browser.click(.css("main form[role=search] button"))
            try await browser.expectNo("Gardener")
            try await browser.click("Choose Head of compilers")
            try await browser.expect("no e-mail and no telephone number")
            try await browser.click(.css("main form[method=post] button.main"))
            try await browser.expect("Announced to the ATS")
            let result = try await browser.run("return location.href").string ?? ""

            try await eventually("the export to reach the ATS") {
                let exports = try await world.api.send(.GET, "/api/v1/exports")["items"]?.array ?? []
                return exports.count == 1 && String(decoding: exports[0].bytes, as: UTF8.self).contains("Hopper")
            }
            try await browser.visit(result)
            try await browser.expect("The ATS has asked for the profile.")
            try await world.visitDashboard("/ui/customers/acme/inbox")
            try await browser.expect("Grace Hopper")
            try await browser.expect("J-1")
        }
    }
}

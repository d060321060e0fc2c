// SPDX-License-Identifier: Apache-2.0

import Browser
import JSONBytes
import TestSupport
import Testing

@testable import crosswalk

/// The configuration plugin in an ATS's page. Source: modules 1–2, 2.3.
@Suite struct ConfigurationPluginTests {
    @Test func `an administrator asks for all integrations, the page is told, and the partner's part is shown`()
        async throws
    {
        try await BrowserWorld.run(enabled: false) { world in
            let browser = world.browser
            try await world.control.send(.POST, "/_sandbox/contracts", ["contract": 5000, "organization": 1000])
            try await world.addSeat("Rita", "Moss", roles: ["ADMIN_SEAT"])
            try await world.addSeat("Sam", "Okafor")
            let tags = world.tags
            try await ATSSite.run({
                Tags.page(
                    tags.loader([("ATSIntegrationWidget", "/recruiter/widget/ATSIntegration")], older: true)
                        + tags.setup())
            }) { site in
                try await world.allow(site.url)
                try await browser.visit(site.url)
                try await browser.inside(frame: "iframe") {
                    try await browser.click("Sam Okafor")
                    try await browser.expect("Only an administrator of Recruiter can do this")
                    try await browser.click("Sign out")
                    try await browser.click("Rita Moss")
                    try await browser.click("Request all")
                    try await browser.expect("Your ATS has been told")
                }
                func element(_ type: String, _ context: String) -> JSONValue {
                    [
                        "integrationContext": .string(context), "integrationType": .string(type),
                        "tenantType": "RECRUITER",
                        "onboardingStatus": "REQUESTED",
                    ]
                }
                let all: JSONValue = [
                    element("ONE_CLICK_EXPORT", "urn:li:organization:1000"),
                    element("IN_ATS_INDICATOR", "urn:li:organization:1000"),
                    element("PROFILE_PLUGIN", "urn:li:organization:1000"), element("CSA_API", "urn:li:contract:5000"),
                ]
                try await browser.until(
                    "the page to be told", isTrue: { try await world.told() == [["integrated": all]] })
                // The connector names and configures what it finds.
                try await browser.inside(frame: "iframe") {
                    try await browser.until(
                        "the partner to be ready",
                        isTrue: {
                            try await browser.click("Look again")
                            return try await browser.texts(".badge") == ["Partner Ready", "Partner Ready"]
                        })
                    try await browser.click("Notify partner of Company level access")
                    try await browser.expect("Your ATS has been told again")
                }
                try await browser.until(
                    "the page to be told again", isTrue: { try await world.told().array?.count == 2 })
            }
        }
    }
}

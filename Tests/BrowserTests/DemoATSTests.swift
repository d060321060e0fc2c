// SPDX-License-Identifier: Apache-2.0

import Browser
import JSONBytes
import TestSupport
import Testing

@testable import crosswalk

/// The demo ATS: all four widgets in one page, and what they call.
@Suite struct DemoATSTests {
    @Test func `the demo ATS shows four widgets, and tells the connector about a link`() async throws {
        try await BrowserWorld.run { world in
            let browser = world.browser
            let furniture = try await Furniture.bring(into: world)
            try await world.signInToRecruiter("Rita Moss")
            try await world.visitSandbox("/_sandbox/demo-ats?candidate=C-2&job=J-1")
            try await browser.click("Let this page call your connector")
            try await browser.fill("Connector's address", with: world.connectorURL)
            try await browser.fill("API key of the customer", with: world.tenant.apiKey)
            try await browser.click("Use it")
            try await browser.until("four widgets", isTrue: { try await browser.texts("iframe").count == 4 })
            for (title, text) in [
                ("LinkedIn integrations", "Company level access"), ("LinkedIn profile", "No LinkedIn profile yet"),
                ("Recommended matches", "Engineer"), ("LinkedIn search", "Keyword"),
            ] {
                try await browser.inside(frame: "iframe[title='\(title)']") { try await browser.expect(text) }
            }
            try await browser.inside(frame: "iframe[title='LinkedIn profile']") {
                try await browser.fill("Name, e-mail or profile address", with: "Grace Hopper")
                try await browser.click("Search")
                try await browser.click("Link Grace Hopper")
                try await browser.expect("Linked by a person")
            }
            let person = try await world.person(furniture.stranger)
            try await browser.expect("onlink(\"\(person)\")", in: .css("#log"))
            try await browser.expect("to the connector, which answered 20", in: .css("#log"))
            try await world.settled()
            let candidate = try await world.held("candidates").first { $0["id"]?.string == "C-2" }
            #expect(candidate?["manualMatchedMember"]?.string == person)
        }
    }

    @Test func `Save and InMail in recommended matches exports the member to the job and writes to them`() async throws
    {
        try await BrowserWorld.run { world in
            let browser = world.browser
            _ = try await Furniture.bring(into: world)
            try await world.signInToRecruiter("Sam Okafor")
            try await world.visitSandbox("/_sandbox/demo-ats?candidate=C-1&job=J-1")
            try await browser.inside(frame: "iframe[title='Recommended matches']") {
                try await browser.click("Save Grace Hopper to the job and write an InMail")
                try await browser.expect("InMail to Grace Hopper")
                try await browser.fill("Subject", with: "A role")
                try await browser.fill("Message", with: "Dear Grace")
                try await browser.click("Send")
                try await browser.expect("the InMail is sent")
            }
            try await eventually("the export to arrive") {
                try await world.api.send(.GET, "/api/v1/exports")["items"]?.array?.count == 1
            }
        }
    }
}

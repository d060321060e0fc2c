// SPDX-License-Identifier: Apache-2.0

import Browser
import JSONBytes
import TestSupport
import Testing

@testable import crosswalk

/// The profile plugin in an ATS's page. Source: profile-plugin and cert-3 (modules 3–5, B.1 and E.2).
@Suite struct ProfilePluginTests {
    @Test func `RSC-304: link and unlink in the plugin change manualMatchedMember through the connector`() async throws
    {
        try await BrowserWorld.run { world in
            let browser = world.browser
            try await world.addSeat("Rita", "Moss")
            let grace = try await world.addMember("Grace", "Hopper")
            try await world.put("candidates/C-1", Furniture.candidate("Gracie", "Invented"))
            try await world.settled()
            let tags = world.tags
            try await ATSSite.run({
                Tags.page(tags.loader([("HcmWidget", "/rsc/extensions/profile-widget")]) + tags.profile("C-1"))
            }) {
                site in
                try await world.allow(site.url)
                try await browser.visit(site.url)
                try await browser.inside(frame: "iframe") {
                    try await browser.click("Rita Moss")
                    try await browser.expect("No LinkedIn profile yet")
                    try await browser.fill("Name, e-mail or profile address", with: "grace-hopper@post.example")
                    try await browser.click("Search")
                    try await browser.click("Link Grace Hopper")
                    try await browser.expect("Linked by a person")
                }
                let person = try await world.person(grace)
                try await browser.until(
                    "the page to be told", isTrue: { try await world.told() == [["linked": .string(person)]] })

                // What the ATS does then.
                try await world.api.send(.PUT, "/api/v1/candidates/C-1/ties/\(person)")
                try await world.settled()
                #expect(try await world.held("candidates").first?["manualMatchedMember"]?.string == person)

                try await browser.reload()
                try await browser.inside(frame: "iframe") {
                    try await browser.expect("Grace Hopper", in: .css("h1"))
                    try await browser.click("Unlink")
                    try await browser.expect("Is Grace Hopper not this candidate?")
                    try await browser.click("Unlink the profile")
                    try await browser.expect("No LinkedIn profile yet")
                }
                try await browser.until(
                    "the page to be told", isTrue: { try await world.told() == [["unlinked": .string(person)]] })
                try await world.api.send(.DELETE, "/api/v1/candidates/C-1/ties/\(person)")
                try await world.settled()
                #expect(try await world.held("candidates").first?["manualMatchedMember"] == nil)
            }
        }
    }

    @Test func `RSC-305: the plugin asks who is signed out to sign in, and shows the profile to who is signed in`()
        async throws
    {
        try await BrowserWorld.run { world in
            let browser = world.browser
            try await world.addSeat("Rita", "Moss")
            try await world.addMember("Ada", "Byron")
            try await world.put("candidates/C-1", Furniture.candidate("Ada", "Byron"))
            try await world.settled()
            let tags = world.tags
            try await ATSSite.run({
                Tags.page(tags.loader([("HcmWidget", "/recruiter/widget/hcm")], older: true) + tags.profile("C-1"))
            }) {
                site in
                try await world.allow(site.url, site.elsewhere)
                for address in [site.url, site.elsewhere] {
                    try await browser.visit(address)
                    try await browser.inside(frame: "iframe") {
                        try await browser.expect("Sign in to LinkedIn", in: .css("h1"))
                        try await browser.click("Rita Moss")
                        try await browser.expect("Ada Byron", in: .css("h1"))
                        try await browser.expect("Matched by LinkedIn")
                    }
                    try await browser.visit(address)
                    try await browser.inside(frame: "iframe") { try await browser.expect("Ada Byron", in: .css("h1")) }
                    try await world.expectNoInnerScrolling()

                    try await browser.inside(frame: "iframe") {
                        try await browser.click("Sign out")
                        try await browser.expect("Sign in to LinkedIn", in: .css("h1"))
                    }
                    try await world.expectNoInnerScrolling()
                }
            }
        }
    }

    @Test func `signing in to Recruiter signs the plugin in, and signing out there signs it out`() async throws {
        try await BrowserWorld.run { world in
            let browser = world.browser
            try await world.addSeat("Rita", "Moss")
            try await world.put("candidates/C-1", Furniture.candidate("Ada", "Byron"))
            try await world.settled()
            let tags = world.tags
            try await ATSSite.run({
                Tags.page(tags.loader([("HcmWidget", "/rsc/extensions/profile-widget")]) + tags.profile("C-1"))
            }) {
                site in
                try await world.allow(site.url)
                try await world.visitSandbox("/talent/sign-in")
                try await browser.click("Rita Moss")
                try await browser.visit(site.url)
                try await browser.inside(frame: "iframe") { try await browser.expect("No LinkedIn profile yet") }
                try await world.visitSandbox("/talent/sign-in")
                try await browser.click("Sign out")
                try await browser.visit(site.url)
                try await browser.inside(frame: "iframe") {
                    try await browser.expect("Sign in to LinkedIn", in: .css("h1"))
                }
            }
        }
    }

    @Test func `a site that is not among validJsSdkDomains gets no widget and an error in its console`() async throws {
        try await BrowserWorld.run { world in
            let browser = world.browser
            let tags = world.tags
            try await ATSSite.run({
                Tags.page(
                    "<meta name=referrer content=no-referrer>"
                        + tags.loader([("HcmWidget", "/rsc/extensions/profile-widget")])
                        + tags.profile("C-1"))
            }) { site in
                try await world.allow("https://ats.example.com")
                try await browser.visit(site.url)
                try await browser.until(
                    "the error",
                    isTrue: {
                        try await browser.console().contains {
                            $0.text.contains("You must specify a valid JavaScript API Domain")
                        }
                    })
                #expect(try await browser.texts("iframe") == [])
                // Somebody who frames the widget without the loader is stopped by the browser.
                let frame =
                    "\(world.sandboxURL)/rsc/extensions/profile-widget/frame?api_key=\(tags.key)&origin=https://ats.example.com"
                try await browser.run(
                    "const f = document.createElement('iframe'); f.src = arguments[0]; document.body.append(f)",
                    .string(frame))
                try await browser.until(
                    "the breach",
                    isTrue: {
                        try await browser.console().contains { $0.text.contains("frame-ancestors") }
                    })
            }
        }
    }

    @Test func `tags that a page adds later become widgets, from one loader or several`() async throws {
        try await BrowserWorld.run { world in
            let browser = world.browser
            try await world.addSeat("Rita", "Moss", roles: ["ADMIN_SEAT"])
            let tags = world.tags
            try await ATSSite.run({
                Tags.page(
                    tags.loader([("HcmWidget", "/rsc/extensions/profile-widget")])
                        + tags.loader([("ATSIntegrationWidget", "/rsc/extensions/onboarding-widget")]) + tags.setup())
            }) { site in
                try await world.allow(site.url)
                try await browser.visit(site.url)
                try await browser.until("the first widget", isTrue: { try await browser.texts("iframe").count == 1 })
                try await browser.run(
                    "const box = document.createElement('div'); document.body.append(box); "
                        + "const tag = document.createElement('script'); tag.type = 'IN/HcmWidget'; tag.dataset.widgetType = 'ATS'; "
                        + "tag.dataset.atsCandidateId = 'C-9'; tag.dataset.integrationContext = 'urn:li:organization:1000'; "
                        + "box.id = 'late'; box.append(tag)")
                try await browser.inside(frame: "#late iframe") {
                    try await browser.click("Rita Moss")
                    try await browser.expect("LinkedIn does not know this candidate yet")
                }
            }
        }
    }
}

extension BrowserWorld {
    /// The page scrolls, and not the frame: it is as tall and as wide as what it shows.
    fileprivate func expectNoInnerScrolling() async throws {
        try await browser.until(
            "the frame to fit its content",
            isTrue: {
                try await browser.inside(frame: "iframe") {
                    try await browser.run(
                        "const page = document.documentElement; return page.scrollHeight <= innerHeight && page.scrollWidth <= innerWidth"
                    ).bool == true
                }
            })
    }
}

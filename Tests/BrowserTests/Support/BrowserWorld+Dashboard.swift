// SPDX-License-Identifier: Apache-2.0

import Browser
import Dashboard

@testable import crosswalk

extension BrowserWorld {
    /// Makes the dashboard's first account, as whoever started the connector does, and is signed in then; later it only signs in, and
    /// nothing happens when the browser is signed in already.
    func becomeAdministrator() async throws {
        try await visitDashboard("/ui")
        if try await browser.shows(.css("form[action='/ui/sign-in'] #password")) {
            try await browser.fill(.css("#name"), with: "ada")
            try await browser.fill(.css("#password"), with: "correct horse battery staple")
            try await browser.click(.css("form[action='/ui/sign-in'] button"))
            try await browser.expect("Overview", in: .css("h1"))
        }
        guard try await browser.shows(.css("#code")) else { return }
        try await browser.fill("Setup code", with: connector.setupCode.text)
        try await browser.fill("Your name here", with: "ada")
        try await browser.fill(.css("#password"), with: "correct horse battery staple")
        try await browser.fill(.css("#again"), with: "correct horse battery staple")
        try await browser.click("Create the administrator")
        try await browser.expect("Overview", in: .css("h1"))
    }
}

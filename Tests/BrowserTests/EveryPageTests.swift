// SPDX-License-Identifier: Apache-2.0

import Browser
import Testing

/// Every page of both faces once, at three widths, light and dark, and without scripts.
@Suite struct EveryPageTests {
    @Test
    func
        `every page of LinkedIn's side is readable at every width, in light and dark, by keyboard and without scripts`()
        async throws
    {
        try await BrowserWorld.run(members: 50) { world in
            try await world.look(at: PageList.sandbox, on: world.sandboxURL)
        }
    }

    @Test
    func `every page of the dashboard is readable at every width, in light and dark, by keyboard and without scripts`()
        async throws
    {
        try await BrowserWorld.run { world in try await world.look(at: PageList.dashboard, on: world.connectorURL) }
    }
}

extension BrowserWorld {
    fileprivate func look(at lists: [PageList], on base: String) async throws {
        let furniture = try await Furniture.bring(into: self)
        let names = try await furniture.names(in: self)
        for list in lists {
            try await signIn(as: list.visitor, furniture)
            for (index, path) in list.paths.enumerated() {
                let url = base + PageList.filled(path, names)
                let headings = try await look(at: url)
                // What stands around a page is the same on all of a list; that nothing changes the order is looked at on each.
                if index == 0 { for one in try await browser.tabComplaints() { Issue.record("\(url): \(one)") } }
                for line in try await browser.console() where line.level == "SEVERE" {
                    // The browser reports that the page itself is a 404.
                    if list.isMissing, "\(line)".contains(url) { continue }
                    Issue.record("\(url): \(line)")
                }
                guard list.worksWithoutScripts else { continue }
                try await browser.scripts(on: false)
                try await browser.visit(url)
                #expect(try await browser.texts("h1, h2") == headings, "\(url) without scripts")
                try await browser.scripts(on: true)
            }
        }
    }

    /// Loads a page once and looks at it at every width, in light and dark.
    ///
    /// - Returns: its headings.
    private func look(at url: String) async throws -> [String] {
        try await browser.prefer(dark: false)
        try await browser.resize(width: 1024)
        _ = try await browser.console()
        try await browser.visit(url)
        let headings = try await browser.texts("h1, h2")
        for isDark in [false, true] {
            try await browser.prefer(dark: isDark)
            for width in [390, 1024, 1600] {
                try await browser.resize(width: width)
                for complaint in try await browser.complaints() {
                    Issue.record("\(url) at \(width)\(isDark ? ", dark" : ""): \(complaint)")
                }
            }
        }
        return headings
    }

    fileprivate func signIn(as visitor: PageList.Visitor, _ furniture: Furniture) async throws {
        switch visitor {
        case .nobody: try await browser.forgetCookies()
        case .account: try await becomeAdministrator()
        case .seat: try await signInToRecruiter("Sam Okafor")
        case .admin: try await signInToRecruiter("Rita Moss")
        }
    }
}

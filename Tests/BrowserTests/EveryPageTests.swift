// SPDX-License-Identifier: Apache-2.0

import Browser
import Testing

/// Every page of both faces once, at three widths, light and dark.
@Suite struct EveryPageTests {
    @Test func `every page of LinkedIn's side is readable at every width, in light and dark, and by keyboard`()
        async throws
    {
        try await BrowserWorld.run(members: 50) { world in
            let furniture = try await Furniture.bring(into: world)
            for list in PageList.sandbox {
                try await world.signIn(as: list.visitor, furniture)
                for path in list.paths {
                    try await world.look(at: world.sandboxURL + PageList.filled(path, furniture))
                }
            }
        }
    }

    @Test func `every page of the dashboard is readable at every width, in light and dark, and by keyboard`()
        async throws
    {
        try await BrowserWorld.run { world in
            let furniture = try await Furniture.bring(into: world)
            for list in PageList.dashboard {
                try await world.signIn(as: list.visitor, furniture)
                for path in list.paths {
                    try await world.look(at: world.connectorURL + PageList.filled(path, furniture))
                }
            }
        }
    }

    @Test func `pages show the same headings without scripts`() async throws {
        try await BrowserWorld.run { world in
            let furniture = try await Furniture.bring(into: world)
            let faces = [(world.sandboxURL, PageList.sandbox), (world.connectorURL, PageList.dashboard)]
            for (base, lists) in faces {
                for list in lists where list.worksWithoutScripts {
                    try await world.signIn(as: list.visitor, furniture)
                    for path in list.paths.map({ base + PageList.filled($0, furniture) }) {
                        try await world.browser.visit(path)
                        let wanted = try await world.browser.texts("h1, h2")
                        try await world.browser.scripts(on: false)
                        try await world.browser.visit(path)
                        #expect(try await world.browser.texts("h1, h2") == wanted, "\(path)")
                        try await world.browser.scripts(on: true)
                    }
                }
            }
        }
    }
}

extension BrowserWorld {
    /// Loads a page once and looks at it at every width, in light and dark.
    fileprivate func look(at url: String) async throws {
        try await browser.prefer(dark: false)
        try await browser.resize(width: 1024)
        _ = try await browser.console()
        try await browser.visit(url)
        for isDark in [false, true] {
            try await browser.prefer(dark: isDark)
            for width in [390, 1024, 1600] {
                try await browser.resize(width: width)
                for complaint in try await browser.complaints() {
                    Issue.record("\(url) at \(width)\(isDark ? ", dark" : ""): \(complaint)")
                }
            }
        }
        for complaint in try await browser.tabComplaints() { Issue.record("\(url): \(complaint)") }
        for line in try await browser.console() where line.level == "SEVERE" { Issue.record("\(url): \(line)") }
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

// SPDX-License-Identifier: Apache-2.0

import Testing
import Web

@testable import Sandbox

/// That no page of LinkedIn's side is forgotten where each is looked at.
@Suite struct PageListTests {
    /// What is no page to look at: scripts, files, streams, and addresses that only lead on.
    private static let noPages: Set = [
        "/", "/talent", "/assets/{hash}/demo-ats.js", "/assets/{hash}/widget.js", "/xdoor/scripts/in.js",
        "/talent/search.csv", "/talent/admin/seats/export.csv", "/developers/requests/live",
        "/developers/webhooks/live",
    ]

    @Test func `every page of LinkedIn's side is in the list of those that are looked at`() {
        let routes = PageRouter().routes.filter { $0.method == "GET" }.map(\.pattern)
        let extensions = Set(Widget.allCases.flatMap(\.extensionPaths))
        let paths = PageList.sandbox.flatMap(\.paths).map { path in
            path.prefix { $0 != "?" }.split(separator: "/").map { String($0) }
        }
        // The first that fits answers, as in the router.
        let seen = Set(paths.compactMap { path in routes.first { $0.match(path) != nil } })
        let forgotten = routes.filter { route in
            !seen.contains(route) && !Self.noPages.contains(route.description)
                && !extensions.contains(route.description)
        }
        #expect(forgotten.map(\.description) == [])
    }
}

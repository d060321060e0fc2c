// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing
import Web

@testable import Dashboard

/// A page that nobody put into the list would be looked at by no test.
@Suite struct DashboardPageListTests {
    /// What is asked for with GET and is no page: a way to one, and files.
    private static let others = [
        "/", "/ui/audit/download", "/ui/customers/{id}/privacy/erasures/{erasure}/receipt",
        "/ui/customers/{id}/rejected/rows.csv", "/ui/customers/{id}/records/{type}/{recordId}",
    ]

    @Test func `every page of the dashboard is in the list of pages`() {
        let pages = Dashboard.routes.filter { $0.method == .get }
        let paths = PageList.dashboard.flatMap(\.paths).map { path in
            path.prefix { $0 != "?" }.split(separator: "/").map(String.init)
        }
        // Of two patterns that fit, the first one answers.
        let looked = Set(
            paths.compactMap { path in pages.first { $0.pattern.match(path) != nil }?.pattern.description })
        for page in pages.map(\.pattern.description) where !page.hasSuffix("/live") && !Self.others.contains(page) {
            #expect(looked.contains(page))
        }
        for other in Self.others { #expect(pages.contains { $0.pattern.description == other }, "\(other) is gone") }
    }
}

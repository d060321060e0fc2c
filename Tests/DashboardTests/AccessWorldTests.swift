// SPDX-License-Identifier: Apache-2.0

import Domain
import Testing

@testable import Dashboard

@Suite struct PlainPageTests {
    @Test func `the first page is there for everybody who is signed in`() async throws {
        let world = try await DashboardWorld()
        for role in [Role.viewer, .operator, .admin] {
            let page = try await world.get("/ui", as: role)
            #expect(page.status == 200)
        }
    }
}

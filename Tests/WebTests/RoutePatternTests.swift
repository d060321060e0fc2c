// SPDX-License-Identifier: Apache-2.0

import Testing
import Web

struct RoutePatternTests {
    @Test func `the root is one slash, however its path was cut`() {
        let root = RoutePattern("/")
        #expect(root.match([]) == [])
        #expect(root.match([""]) == [])
        #expect(root.match(["ui"]) == nil)
    }

    @Test func `a parameter takes one segment that is not empty`() {
        let pattern = RoutePattern("/ui/customers/{id}/records/{type}")
        #expect(pattern.match(["ui", "customers", "acme", "records", "job"]) == ["acme", "job"])
        #expect(pattern.match(["ui", "customers", "", "records", "job"]) == nil)
        #expect(pattern.match(["ui", "customers", "acme", "records"]) == nil)
    }
}

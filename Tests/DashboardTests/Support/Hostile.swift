// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Store

@testable import Dashboard

/// Texts that try to break out of a page: markup, quotes, another direction, and 5,000 characters.
enum Hostile {
    static let text =
        "</textarea><script>alert('x')</script>\"'&{{csrf}} \u{202E}مرحبا " + String(repeating: "w", count: 5_000)

    /// Nothing of it may stand in a page as it is.
    static func isLoose(in page: PageAnswer) -> Bool {
        page.has("<script>alert") || page.has("</textarea><script") || page.has("'x')</script>")
    }
}

extension DashboardWorld {
    /// An export of a member whose every field is hostile.
    func addExport(
        _ id: String = "r-1", person: String = "urn:li:person:a", name: String = "Ada", of customer: Customer,
        at: Millis = DashboardWorld.start
    ) async throws {
        let profile: JSONValue = [
            "person": .string(person), "firstName": .string(name), "lastName": "Byron",
            "headline": .string(Hostile.text),
            "profileUrl": "javascript:alert(1)", "currentCompanies": ["Engines", .string(Hostile.text)],
        ]
        try await store.write { tx in
            _ = try tx.storeExport(
                CandidateExport(request: id, person: person, job: "J-1", profile: profile.bytes, at: at),
                customer: customer.number)
        }
    }
}

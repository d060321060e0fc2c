// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Testing

@testable import Sandbox

/// A customer whose ATS shows widgets on `https://ats.example.com`, and a browser in one of them.
struct WidgetStage {
    static let site = "https://ats.example.com"

    let desk: Recruiting
    let visitor: PageVisitor
    /// Of an administrator.
    let admin: Int64

    init(_ change: (inout SandboxOptions) -> Void = { _ in }) async throws {
        desk = try await Recruiting { options in
            options.switches.matchSeconds = 0
            change(&options)
        }
        visitor = PageVisitor(desk.world.sandbox)
        admin = try #require(
            try await desk.world.control(
                "POST", "seats",
                [
                    "contract": 5000, "email": "pia@example.com", "first_name": "Pia", "last_name": "Park",
                    "roles": ["ADMIN_SEAT"],
                ])["seat"]?.int)
        try await allow([Self.site])
    }

    func allow(_ sites: [String]) async throws {
        let applications = desk.world.sandbox.core.applications
        let application = try #require(applications.application(clientID: desk.customer.clientID))
        try await applications.update(number: application.number, jsDomains: sites, callbackURLs: nil)
    }

    /// The address of a frame, or of a form in it.
    func url(_ widget: Widget, _ act: String = "", _ attributes: [(String, String)] = [], site: String = site) -> String
    {
        let query = [("api_key", desk.customer.clientID), ("origin", site)] + attributes
        return widget.framePath + (act.isEmpty ? "" : "/" + act) + "?"
            + query.map { "\($0.0)=\(PageVisitor.encoded($0.1))" }.joined(separator: "&")
    }

    /// The attributes of a profile plugin's tag.
    func profile(_ candidate: String, organization: Int64 = 1000) -> [(String, String)] {
        [
            ("widget-type", "ATS"), ("ats-candidate-id", candidate),
            ("integration-context", "urn:li:organization:\(organization)"), ("show-unlink-url", "true"),
        ]
    }

    /// What the page around the frame is told after a form was sent: the attribute and its argument.
    func told(after response: SandboxResponse) async throws -> (String, JSONValue)? {
        #expect(response.status == 303, "\(response.text)")
        let page = try await visitor.get(try #require(response.header("location")))
        #expect(page.status == 200)
        guard let call = page.text.firstMatch(of: /data-call="([a-z]+)" data-value="([^"]*)"/) else { return nil }
        return (String(call.1), try JSONValue(parsing: Array(String(call.2).replacing("&quot;", with: "\"").utf8)))
    }
}

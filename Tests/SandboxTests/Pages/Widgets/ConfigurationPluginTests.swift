// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Testing

@testable import Sandbox

/// The configuration plugin: modules 1–2, 2.3 and 2.4.4.
@Suite struct ConfigurationPluginTests {
    private let bundles = [
        (
            "supported-bundled-integration-types",
            "RECRUITER_SYSTEM_CONNECT_COMPANY,RECRUITER_SYSTEM_CONNECT_CONTRACT,UNIFIED_SEARCH,APPLY_STARTERS_EXP"
        )
    ]

    @Test func `each contract of the company is a level of its own, and what is on is shown as enabled`() async throws {
        let stage = try await WidgetStage()
        try await stage.desk.world.control(
            "POST", "contracts", ["contract": 5001, "organization": 1000, "name": "Acme <Europe>"])
        try await stage.visitor.signIn(stage.admin)
        let page = try await stage.visitor.get(stage.url(.setup, "", bundles)).text
        #expect(page.contains("Company level access") && page.contains("Contract level access: Acme &lt;Europe&gt;"))
        #expect(page.matches(of: />Enabled</).count == 2)
        #expect(page.matches(of: />Not requested</).count == 2)
        #expect(page.contains("does not play <code>APPLY_STARTERS_EXP</code>"))
    }

    @Test func `asking tells the page what was asked for, and asking again tells it again`() async throws {
        let stage = try await WidgetStage()
        try await stage.desk.world.control("POST", "contracts", ["contract": 5001, "organization": 1000])
        try await stage.visitor.signIn(stage.admin)
        _ = try await stage.visitor.get(stage.url(.setup, "", bundles))
        let level = [("level", "RECRUITER_SYSTEM_CONNECT_CONTRACT 5001")]
        let announcement: JSONValue = [
            [
                "integrationContext": "urn:li:contract:5001", "integrationType": "CSA_API", "tenantType": "RECRUITER",
                "onboardingStatus": "REQUESTED",
            ]
        ]
        for _ in 0..<2 {
            let told = try await stage.told(after: stage.visitor.post(stage.url(.setup, "request", bundles), level))
            #expect(told?.0 == "onintegrate" && told?.1 == announcement)
        }
        let all = try await stage.told(after: stage.visitor.post(stage.url(.setup, "request", bundles)))
        #expect(all?.1.array?.map { $0["integrationType"]?.string } == ["UNIFIED_SEARCH"])
        let known = try await stage.desk.world.control("GET", "integrations")["integrations"]?.array ?? []
        #expect(known.count == 6)
    }

    @Test func `what was said once is not said again when the frame is loaded again`() async throws {
        let stage = try await WidgetStage()
        try await stage.visitor.signIn(stage.admin)
        let response = try await stage.visitor.post(
            stage.url(.setup, "request"), [("level", "RECRUITER_SYSTEM_CONNECT_COMPANY")])
        #expect(try await stage.told(after: response) != nil)
        #expect(try await stage.told(after: response) == nil)
    }

    @Test func `another level than those that are shown is refused, and so is a seat without the role`() async throws {
        let stage = try await WidgetStage()
        try await stage.visitor.signIn(stage.admin)
        let strange = try await stage.visitor.post(
            stage.url(.setup, "request"), [("level", "RECRUITER_SYSTEM_CONNECT_CONTRACT 7777")])
        #expect(strange.status == 409)
        try await stage.visitor.signIn(stage.desk.seat)
        #expect(try await stage.visitor.get(stage.url(.setup)).text.contains("Only an administrator"))
        #expect(try await stage.visitor.post(stage.url(.setup, "request")).status == 403)
    }

    @Test func `once the ATS has named and configured it, the partner is ready`() async throws {
        let stage = try await WidgetStage()
        try await stage.desk.world.control(
            "POST", "integrations/disable", ["organization": 1000, "contract": 5000, "unique_foreign_id": "acme"])
        try await stage.visitor.signIn(stage.admin)
        #expect(try await stage.visitor.get(stage.url(.setup)).text.matches(of: />Disabled</).count == 2)
        try await stage.desk.world.control("POST", "contracts", ["contract": 5001, "organization": 1000])
        _ = try await stage.visitor.post(stage.url(.setup, "request"))
        #expect(try await stage.visitor.get(stage.url(.setup)).text.contains(">Requested<"))
        let key =
            "integrationContext=urn:li:contract:5001&integrationType=CSA_API&tenantType=RECRUITER&dataProvider=ATS"
        let query = key.split(separator: "&").map { "ids[0].\($0)" }.joined(separator: "&")
        let patch: JSONValue = ["patch": ["$set": ["integrationName": "Acme ATS"]]]
        let named = try await stage.desk.send(
            "POST", "/v2/atsIntegrations?\(query)", ["entities": .object(JSONObject([(key, patch)]))],
            headers: [("x-restli-method", "batch_partial_update")])
        #expect(named.status == 200, "\(named.text)")
        #expect(try await stage.visitor.get(stage.url(.setup)).text.contains(">Partner Ready<"))
    }
}

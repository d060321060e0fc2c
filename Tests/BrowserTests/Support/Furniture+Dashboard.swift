// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import JSONBytes
import Store
import TestSupport
import Web

@testable import Dashboard
@testable import crosswalk

extension Furniture {
    /// Brings what no page of the dashboard shall be without, the source `people` among it, after the export.
    ///
    /// - Returns: `webhook`, `notification`, `conversation`, `erasure` and `rejected`.
    func dashboardNames(in world: BrowserWorld) async throws -> [String: String] {
        try await bringSource(into: world)
        var names = try await bringEvents(into: world)
        names["rejected"] = try await bringRejection(into: world)
        return names
    }

    /// A job that LinkedIn refuses.
    ///
    /// - Returns: the query of its reason's page.
    private func bringRejection(into world: BrowserWorld) async throws -> String {
        try await world.control.send(.POST, "/_sandbox/config", ["poster_email_required": true])
        try await world.put("jobs/J-3", Furniture.job(Furniture.markup))
        let store = world.connector.workspace.store
        let customer = try await world.connector.workspace.customer("acme").number
        try await eventually("LinkedIn to refuse the job") {
            try await store.read { try !$0.rejectionGroups(customer: customer).isEmpty }
        }
        try await world.control.send(.POST, "/_sandbox/config", ["poster_email_required": false])
        let group = try await store.read { try $0.rejectionGroups(customer: customer)[0] }
        return RejectedGroup(kind: group.kind, reason: group.reason).fields.query()
    }

    /// A source that ran: of its three rows one is markup, and one is refused.
    private func bringSource(into world: BrowserWorld) async throws {
        let folder = world.folder.path("files")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let rows = [
            "id,first,last,email", "P-1,Mary,Shelley,mary@post.example",
            "P-2,\"\(Furniture.markup.replacing("\"", with: "\"\""))\",\(Furniture.long),p2@post.example",
            "P-3,Nobody,At All,no address",
        ]
        try rows.joined(separator: "\n").write(toFile: folder + "/people.csv", atomically: true, encoding: .utf8)
        let mapping = """
            version: 1
            source:
              kind: csv
              folder: \(folder)
            records:
              - type: candidate
                file: people.csv
                fields:
                  id: id
                  firstName: first
                  lastName: last
                  email: email
                  createdAt: {constant: '2026-01-05T09:00:00Z'}
                  profileUrl: {template: 'https://ats.example.org/c/{id}'}

            """
        let store = world.connector.workspace.store
        let customer = try await world.connector.workspace.customer("acme").number
        try await store.write { tx in
            let now = SystemTime().now()
            _ = try tx.saveSource(
                "people", mapping: mapping, basis: 0, author: BrowserWorld.administrator, customer: customer, at: now)
            _ = try tx.askForRun(
                of: "people", isFull: true, by: BrowserWorld.administrator, customer: customer, at: now)
        }
        try await eventually("the source to be read") {
            try await store.read { try $0.sourceRuns(of: "people", customer: customer, limit: 1) }.first?.endedAt != nil
        }
    }

    /// What comes from LinkedIn, an endpoint that nobody answers, and somebody who is forgotten.
    private func bringEvents(into world: BrowserWorld) async throws -> [String: String] {
        var names: [String: String] = [:]
        let erased = try await world.api.send(.POST, "/api/v1/erasures", ["candidate": "C-9"])
        names["erasure"] = erased["erasure"]?.string
        let added = try await world.api.send(
            .POST, "/api/v1/webhooks", ["url": "http://127.0.0.1:1/hook", "after": 0])
        let id = added["id"]?.string ?? ""
        names["webhook"] = id
        try await eventually("LinkedIn's side to be read") {
            let exports = try await world.api.send(.GET, "/api/v1/exports")["items"]?.array ?? []
            let threads = try await world.api.send(.GET, "/api/v1/inmails")["items"]?.array ?? []
            return !exports.isEmpty && !threads.isEmpty
        }
        names["notification"] = try await world.api.send(.GET, "/api/v1/pushes")["items"]?[0]?["id"]?.string
        let thread = try await world.api.send(.GET, "/api/v1/inmails")["items"]?[0]?["thread"]?.string ?? ""
        names["conversation"] = thread.urlComponent
        let store = world.connector.workspace.store
        let customer = try await world.connector.workspace.customer("acme").number
        try await store.write { tx in
            guard let webhook = try tx.webhook(customer: customer, id: id) else { return }
            let given = WebhookAttempt(
                number: 1, attempt: 12, at: SystemTime().now(), took: .seconds(15), status: 500, outcome: "answered 500"
            )
            _ = try tx.settle(given, .dead, of: webhook, health: webhook.health, cursor: webhook.cursor)
        }
        return names
    }
}

// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import JSONBytes
import Store

/// What a customer decides for all of its jobs. The engine compares the stored customer every few seconds and tells LinkedIn.
struct SettingsRoutes: Sendable {
    let store: Store
    let time: any Timekeeper
    let limits: ConnectorLimits

    var endpoints: [Endpoint] {
        [.customer(.get, "/api/v1/settings", get), .customer(.put, "/api/v1/settings", put)]
    }

    private func get(_ call: Call, _ caller: Caller) async throws -> Response {
        let settings = try await store.read { try $0.customer(number: caller.number)?.settings }
        return .json { $0.member("visibility", (settings ?? caller.settings).visibility.name) }
    }

    private func put(_ call: Call, _ caller: Caller) async throws -> Response {
        let json = try await call.object(limits)
        guard let visibility = json["visibility"]?.string.flatMap(JobVisibility.init(name:)) else {
            let words = JobVisibility.allCases.map(\.name).joined(separator: " or ")
            throw HTTPProblem.invalidBody([Fault("/visibility", "choice", "visibility is \(words)")])
        }
        let now = time.now()
        try await store.write { tx in
            guard var settings = try tx.customer(number: caller.number)?.settings else { return }
            settings.visibility = visibility
            try tx.setSettings(customer: caller.number, settings)
            try tx.audit(caller.entry("settings.change"), at: now)
        }
        return .json { $0.member("visibility", visibility.name) }
    }
}

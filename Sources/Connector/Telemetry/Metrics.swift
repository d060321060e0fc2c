// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Metrics
import Synchronization
import Web

/// `crosswalk_http_requests_total` and `crosswalk_http_request_seconds`, by route pattern, method and status; never by
/// raw path.
final class RequestMetrics: Sendable {
    private struct Key: Hashable {
        var method: String
        var route: String
        var status: Int
    }

    private struct Handles {
        var total: Counter
        var seconds: Metrics.Timer
    }

    private let handles = Mutex<[Key: Handles]>([:])
    private let registry: MetricsRegistry

    init(_ registry: MetricsRegistry) { self.registry = registry }

    func record(_ method: HTTPRequest.Method, _ route: Endpoint?, _ status: HTTPResponse.Status, _ duration: Duration) {
        // A method nobody knows is a label somebody else chooses.
        let known = route == nil ? "other" : method.rawValue
        let key = Key(method: known, route: route?.pattern.description ?? "none", status: status.code)
        let handles = handles.withLock { handles in
            if let known = handles[key] { return known }
            let labels = [("route", key.route), ("method", key.method), ("status", String(key.status))]
            let new = Handles(
                total: Counter(label: "crosswalk_http_requests_total", dimensions: labels, factory: registry),
                seconds: Metrics.Timer(
                    label: "crosswalk_http_request_seconds", dimensions: Array(labels.prefix(2)), factory: registry))
            handles[key] = new
            return new
        }
        handles.total.increment()
        handles.seconds.record(duration: duration)
    }
}

/// What bulk bodies and callbacks did.
struct IntakeMetrics: Sendable {
    private let accepted: Counter
    private let rejected: Counter
    private let pushes: [PushOutcome: Counter]

    enum PushOutcome: String, CaseIterable {
        /// Signed as it should be, and no JSON.
        case stored, repeated, refused, unreadable
    }

    init(_ registry: MetricsRegistry) {
        func counter(_ label: String, _ outcome: String) -> Counter {
            Counter(label: label, dimensions: [("outcome", outcome)], factory: registry)
        }
        accepted = counter("crosswalk_intake_records_total", "accepted")
        rejected = counter("crosswalk_intake_records_total", "rejected")
        pushes = Dictionary(
            uniqueKeysWithValues: PushOutcome.allCases.map {
                ($0, counter("crosswalk_callback_pushes_total", $0.rawValue))
            })
    }

    func records(accepted: Int = 0, rejected: Int = 0) {
        if accepted > 0 { self.accepted.increment(by: accepted) }
        if rejected > 0 { self.rejected.increment(by: rejected) }
    }

    func push(_ outcome: PushOutcome) { pushes[outcome]?.increment() }
}

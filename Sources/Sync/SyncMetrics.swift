// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import Metrics

/// Every metric of the engine. Labels are bounded: kinds, endpoint groups, statuses and outcomes only.
enum SyncMetrics {
    static func records(_ kind: RecordKind, _ outcomes: [Outcome]) {
        var counts: [String: Int] = [:]
        for outcome in outcomes { counts[name(outcome.result), default: 0] += 1 }
        for (outcome, count) in counts {
            Counter(label: "crosswalk_sync_records_total", dimensions: [("kind", kind.rawValue), ("outcome", outcome)])
                .increment(by: count)
        }
    }

    /// - Parameter status: 0 when there was no answer.
    static func request(_ group: EndpointGroup, status: Int) {
        Counter(
            label: "crosswalk_sync_requests_total", dimensions: [("group", group.rawValue), ("status", "\(status)")]
        ).increment()
    }

    static func batch(_ group: EndpointGroup, took: Duration) {
        Timer(label: "crosswalk_sync_batch_seconds", dimensions: [("group", group.rawValue)]).record(duration: took)
    }

    /// LinkedIn answered 429.
    static func throttled(_ group: EndpointGroup) {
        Counter(label: "crosswalk_sync_throttled_total", dimensions: [("group", group.rawValue)]).increment()
    }

    /// We waited for our own budget, which is how it should be.
    static func waited(_ group: EndpointGroup) {
        Counter(label: "crosswalk_sync_budget_waits_total", dimensions: [("group", group.rawValue)]).increment()
    }

    private static func name(_ result: Outcome.Result) -> String {
        switch result {
        case .accepted: "accepted"
        case .confirming: "confirming"
        case .rejected: "rejected"
        case .retry: "retry"
        }
    }
}

/// The keys of the engine's log lines. Values are names, numbers and LinkedIn's request ids; never a record's content.
enum LogKey {
    static let customer = "customer.id"
    static let kind = "record.kind"
    static let endpoint = "linkedin.endpoint"
    static let status = "linkedin.status"
    static let requestID = "linkedin.request_id"
    static let outcome = "outcome"
    static let count = "count"
    static let error = "error"
}

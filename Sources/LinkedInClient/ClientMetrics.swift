// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import Metrics

/// Counts calls and their duration; labels are endpoints and classes of status, never ids.
enum ClientMetrics {
    static func record(_ resource: Resource, outcome: String, since start: ContinuousClock.Instant) {
        let dimensions = [("endpoint", resource.rawValue), ("outcome", outcome)]
        Counter(label: "crosswalk_linkedin_calls_total", dimensions: dimensions).increment()
        Metrics.Timer(label: "crosswalk_linkedin_call_seconds", dimensions: [("endpoint", resource.rawValue)])
            .record(duration: .now - start)
    }
}

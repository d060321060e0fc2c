// SPDX-License-Identifier: Apache-2.0

import Domain
import Metrics

/// The metrics of reading what recruiters did. Labels are bounded: feeds and outcomes.
enum PullMetrics {
    static func call(_ feed: PullFeed, _ outcome: String) {
        Counter(label: "crosswalk_pull_calls_total", dimensions: [("feed", feed.rawValue), ("outcome", outcome)])
            .increment()
    }

    /// How old the oldest thing is that was not read yet, whenever a window was read to its end.
    static func lag(_ feed: PullFeed, _ lag: Duration) {
        Timer(label: "crosswalk_pull_lag_seconds", dimensions: [("feed", feed.rawValue)]).record(
            duration: max(lag, .zero))
    }
}

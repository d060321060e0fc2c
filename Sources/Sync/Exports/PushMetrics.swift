// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import Metrics

/// The metrics of reading pushes. Labels are bounded: a type that is not known counts as `other`.
enum PushMetrics {
    static func ended(_ type: String, _ state: StoredPush.State) {
        let known = [PushNotification.exportCandidateProfile, PushNotification.integrationStatusChange]
        Counter(
            label: "crosswalk_pushes_total",
            dimensions: [("type", known.contains(type) ? type : "other"), ("outcome", state.name)]
        ).increment()
    }
}

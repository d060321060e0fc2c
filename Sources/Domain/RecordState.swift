// SPDX-License-Identifier: Apache-2.0

/// Where a record stands. The number is stored; a CHECK in the schema and `allowed` say the same thing.
package enum RecordState: Int64, Sendable, CaseIterable {
    /// LinkedIn accepted exactly what the ATS last said.
    case synced = 0
    /// Desired and observed differ, and nothing stands in the way: this is the outbox.
    case due = 1
    /// LinkedIn took it and works on it (a job with a task that is not finished).
    case confirming = 2
    /// Its parent is not at LinkedIn yet (or, for a deletion, a child still is).
    case waiting = 3
    /// LinkedIn refused the data; somebody must fix it. The next change from the ATS makes it due again.
    case rejected = 4

    /// Which states may follow this one. A record may always stay where it is.
    package var allowed: Set<RecordState> {
        switch self {
        case .synced: [.due]
        case .due: [.synced, .confirming, .waiting, .rejected]
        case .confirming: [.synced, .due, .rejected]
        case .waiting: [.due]
        case .rejected: [.due]
        }
    }
}

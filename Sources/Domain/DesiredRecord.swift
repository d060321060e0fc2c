// SPDX-License-Identifier: Apache-2.0

/// The ATS's latest word about one record, checked and ready to be stored.
package struct DesiredRecord: Sendable {
    package var key: RecordKey
    /// The record as LinkedIn will receive it: one JSON object in UTF-8 without the key's parts and without `integrationContext`,
    /// which the sender splices in because they are the customer's and not the record's.
    package var body: [UInt8]
    package var hash: ContentHash
    /// The job and the candidate that an application names; nil for every other kind.
    package var job: String?
    package var candidate: String?

    package init(key: RecordKey, body: [UInt8], hash: ContentHash, job: String? = nil, candidate: String? = nil) {
        self.key = key
        self.body = body
        self.hash = hash
        self.job = job
        self.candidate = candidate
    }
}

/// What the ATS told us about one record.
package enum Change: Sendable {
    case put(DesiredRecord)
    case delete(RecordKey)

    package var key: RecordKey {
        switch self {
        case .put(let record): record.key
        case .delete(let key): key
        }
    }
}

/// Who overtakes whom inside one budget.
package enum Priority: Int64, Sendable, Comparable {
    /// Somebody is waiting: a single PUT or DELETE.
    case interactive = 0
    /// Bulk: history, files, database runs.
    case backfill = 1

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}

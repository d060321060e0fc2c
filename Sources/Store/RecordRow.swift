// SPDX-License-Identifier: Apache-2.0

import Domain
import SQLFile

/// The narrow row of a record, as far as decisions need it.
struct RecordRow {
    var rid: Int64
    var kind: RecordKind
    var revision: Int64
    var desired: ContentHash?
    /// nil: LinkedIn holds nothing; empty: something older or unknown; else the hash of what it holds.
    var observed: [UInt8]?
    var state: RecordState
    var priority: Priority
    var job: String?
    var candidate: String?
    var fills: Fills

    /// The columns in the order that `init(_:)` reads.
    static let columns = "rid, kind, revision, desired, observed, state, priority, job, candidate, fills"
    static let columnCount: Int32 = 10

    init(_ row: borrowing SQLRow) throws {
        guard let kind = RecordKind(number: row.int(1)), let state = RecordState(rawValue: row.int(5)) else {
            throw StoreError(.schema, "a record of the database is not readable")
        }
        rid = row.int(0)
        self.kind = kind
        revision = row.int(2)
        desired = row.optionalBlob(3).map(ContentHash.init)
        observed = row.optionalBlob(4)
        self.state = state
        priority = Priority(rawValue: row.int(6)) ?? .backfill
        job = row.optionalText(7)
        candidate = row.optionalText(8)
        fills = Fills(rawValue: row.int(9))
    }

    var counted: Counted { Counted(isDesired: desired != nil, isObserved: observed != nil, state: state) }

    /// LinkedIn holds exactly a version that we know, and the ATS still wants it: children may be sent.
    var isReadyParent: Bool { desired != nil && observed?.count == 16 }
}

/// What an application's bytes lack and its parents provide.
struct Fills: OptionSet, Hashable, Sendable {
    let rawValue: Int64
    static let title = Fills(rawValue: 1)
    static let person = Fills(rawValue: 2)
}

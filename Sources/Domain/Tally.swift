// SPDX-License-Identifier: Apache-2.0

/// How many records of one kind stand where.
package struct Tally: Hashable, Sendable {
    /// The ATS wants it at LinkedIn.
    package var desired = 0
    /// LinkedIn holds some version of it.
    package var observed = 0
    /// To be sent or deleted.
    package var due = 0
    package var rejected = 0
    package var waiting = 0
    package var confirming = 0
    /// Tombstones whose deletion is not settled; each is also counted under its state.
    package var deleting = 0
    /// Candidates that LinkedIn matched to a member.
    package var matched = 0

    package init() {}

    /// Nothing is left to do: no call would change anything at LinkedIn.
    package var isIdle: Bool { due == 0 && waiting == 0 && confirming == 0 }
}

/// What became of the changes of one `accept`.
package struct AcceptTally: Hashable, Sendable {
    package var added = 0
    package var changed = 0
    package var unchanged = 0
    /// Records that were asked to go.
    package var deleted = 0
    /// Records that go with a deleted parent.
    package var cascaded = 0
    /// Deletions of records that nobody knows.
    package var unknown = 0

    package init() {}

    package static func += (lhs: inout Self, rhs: Self) {
        lhs.added += rhs.added
        lhs.changed += rhs.changed
        lhs.unchanged += rhs.unchanged
        lhs.deleted += rhs.deleted
        lhs.cascaded += rhs.cascaded
        lhs.unknown += rhs.unknown
    }
}

/// What was spent of a quota at one moment.
package struct Spend: Hashable, Sendable {
    package var at: Millis
    package var records: Int
    package var requests: Int

    package init(at: Millis, records: Int, requests: Int) {
        self.at = at
        self.records = records
        self.requests = requests
    }
}

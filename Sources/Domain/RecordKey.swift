// SPDX-License-Identifier: Apache-2.0

/// The ATS's own name for one record of a customer.
package struct RecordKey: Hashable, Sendable {
    package var kind: RecordKind
    /// The id of the candidate or application that a note, stage or feedback belongs to; empty for the other kinds.
    package var parent: String
    /// The ATS's id, any text of 1…500 characters.
    package var id: String

    package init(_ kind: RecordKind, parent: String = "", id: String) {
        self.kind = kind
        self.parent = parent
        self.id = id
    }
}

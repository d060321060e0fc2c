// SPDX-License-Identifier: Apache-2.0

/// A page of a customer's feed, ready to be sent.
package struct EventPage: Sendable, Hashable {
    /// The events as JSON objects with commas between them: stored bytes, spliced and not read again.
    package var json: [UInt8] = []
    package var count = 0
    /// Where the next page begins: everything up to this number was looked at.
    package var next: Int64
    /// The newest event's number when the page was read.
    package var head: Int64

    package init(next: Int64, head: Int64) {
        self.next = next
        self.head = head
    }
}

// SPDX-License-Identifier: Apache-2.0

/// What a record's LinkedIn-ready bytes hash to: the first 16 bytes of their SHA-256. Two records with one hash are the same record.
package struct ContentHash: Hashable, Sendable {
    package var bytes: [UInt8]

    /// - Precondition: 16 bytes.
    package init(_ bytes: [UInt8]) {
        precondition(bytes.count == 16, "a content hash has 16 bytes")
        self.bytes = bytes
    }
}

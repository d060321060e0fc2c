// SPDX-License-Identifier: Apache-2.0

package import Domain

/// Where a run's records go: the connector's bulk endpoint, over HTTP or in its own process.
package protocol RecordSink: Sendable {
    /// Stores NDJSON records, and says so only once they are on the disk.
    ///
    /// - Throws: when the connector refused the whole body or cannot be reached; sending again does no harm.
    func send(_ lines: [UInt8]) async throws -> BulkReply

    /// Tells which keys of a type the ATS still has; everything else of it is deleted.
    ///
    /// - Parameters:
    ///   - keys: `{"id"}` lines and the last line `{"end": count}`.
    ///   - force: delete although more than half of the type would go.
    /// - Returns: how many records were deleted.
    func keepOnly(_ kind: RecordKind, _ keys: [UInt8], force: Bool) async throws -> Int

    /// How far a source was read, by entry of its mapping.
    func watermarks(of source: String) async throws -> [String: String]

    func keep(_ watermark: String, of entry: String, in source: String) async throws
}

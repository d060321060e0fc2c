// SPDX-License-Identifier: Apache-2.0

package import Domain

/// Some hundred records of one entry of the mapping, ready to be posted to `/api/v1/records`.
package struct Chunk: Sendable {
    /// The entry's name in the mapping; the watermark is kept under it.
    package var name: String
    package var kind: RecordKind
    /// Whole NDJSON lines, each with its line feed.
    package var lines: [UInt8] = []
    /// For each line the row of the query or the line of the file it came from, so that an answer about line n can
    /// name it.
    package var rows: [Int] = []
    /// How many of the lines are deletions.
    package var deletions = 0
    /// Rows that became no line, each with its place and remedy.
    package var problems: [SourceError] = []
    /// Set on the last chunk of an entry.
    package var end: End?

    /// What is known when an entry has been read to its end.
    package struct End: Sendable, Hashable {
        /// What the next run should start from; nil when the entry has no watermark or no row had one.
        ///
        /// Keep it only once everything read so far has been acknowledged.
        package var watermark: String?
        /// True when a limit ended the reading, so that neither watermark nor deletions may be concluded from it.
        package var isLimited: Bool
    }
}

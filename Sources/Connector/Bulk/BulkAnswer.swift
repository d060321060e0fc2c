// SPDX-License-Identifier: Apache-2.0

import Hummingbird

/// Where the report of a bulk body goes.
protocol BulkAnswer {
    var report: BulkReport { get set }
    /// Called after every commit.
    @concurrent mutating func flush() async throws
}

/// Kept until everything is stored.
struct WholeAnswer: BulkAnswer {
    var report: BulkReport

    @concurrent mutating func flush() async throws {}
}

/// Written while the body is read; waits for a reader that is slower than we are.
struct StreamedAnswer: BulkAnswer {
    var report: BulkReport
    var writer: any ResponseBodyWriter

    @concurrent mutating func flush() async throws {
        let bytes = report.take()
        if !bytes.isEmpty { try await writer.write(ByteBuffer(bytes: bytes)) }
    }
}

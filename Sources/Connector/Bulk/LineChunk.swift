// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import JSONBytes
import NIOCore

/// Some whole lines of a bulk body, copied out of the stream so that they can be checked elsewhere.
struct LineChunk: Sendable {
    enum Line: Sendable {
        case line(number: Int, Range<Int>)
        case tooLong(number: Int, length: Int)
    }

    fileprivate(set) var bytes: [UInt8] = []
    fileprivate(set) var lines: [Line] = []
}

/// A body in chunks of whole lines.
protocol LineChunks {
    /// - Returns: nil after the last line of the body.
    @concurrent mutating func next() async throws -> LineChunk?
}

/// A body that is in memory already.
struct WholeLines: LineChunks {
    private let bytes: [UInt8]
    private var splitter: LineSplitter
    private var offset = 0

    /// - Parameter lineLimit: the longest line that is a record, in bytes.
    init(_ bytes: [UInt8], lineLimit: Int) {
        self.bytes = bytes
        splitter = LineSplitter(limit: lineLimit)
    }

    @concurrent mutating func next() async throws -> LineChunk? {
        guard offset < bytes.count else { return nil }
        var chunk = LineChunk()
        while offset < bytes.count, chunk.bytes.count < ChunkReader.bytes, chunk.lines.count < ChunkReader.lines {
            let piece = bytes[offset..<min(offset + ChunkReader.piece, bytes.count)]
            piece.withUnsafeBytes { splitter.feed($0) { chunk.append($0) } }
            offset += piece.count
        }
        if offset == bytes.count { splitter.finish { chunk.append($0) } }
        return chunk
    }
}

/// Cuts a body into chunks of whole lines. A body that is cut off loses its last, unfinished line and never turns it
/// into a record.
struct ChunkReader: LineChunks {
    private var body: BodyReader
    private var splitter: LineSplitter
    private var hasEnded = false

    /// About as many bytes and lines as a chunk has: large enough for one commit, small enough for the memory of many
    /// bodies at once.
    fileprivate static let bytes = 1 << 19
    fileprivate static let lines = 2_000
    fileprivate static let piece = 1 << 16

    /// - Parameter lineLimit: the longest line that is a record, in bytes.
    init(_ request: Request, lineLimit: Int) {
        body = BodyReader(request)
        splitter = LineSplitter(limit: lineLimit)
    }

    /// - Returns: nil after the last line of the body.
    /// - Throws: `HTTPProblem` when the body is cut off.
    @concurrent mutating func next() async throws -> LineChunk? {
        var chunk = LineChunk()
        while !hasEnded, chunk.bytes.count < Self.bytes, chunk.lines.count < Self.lines {
            if let piece = try await body.next() {
                if chunk.bytes.isEmpty { chunk.bytes.reserveCapacity(Self.bytes + piece.readableBytes) }
                piece.withUnsafeReadableBytes { splitter.feed($0) { chunk.append($0) } }
            } else {
                splitter.finish { chunk.append($0) }
                hasEnded = true
            }
        }
        return chunk.lines.isEmpty && hasEnded ? nil : chunk
    }
}

extension LineChunk {
    fileprivate mutating func append(_ line: LineSplitter.Line) {
        switch line {
        case .line(let number, let line):
            let start = bytes.count
            bytes.append(contentsOf: line)
            lines.append(.line(number: number, start..<bytes.count))
        case .tooLong(let number, let length):
            lines.append(.tooLong(number: number, length: length))
        }
    }
}

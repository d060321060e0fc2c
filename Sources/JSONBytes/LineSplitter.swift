// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Splits NDJSON into lines: feed it chunks of any size, get whole lines.
///
/// Lines end with `\n`; a `\r` before it is not part of the line, and empty lines are counted but not handed on. A
/// line over the limit is reported and skipped; never more than one line of the limit's size is kept.
package struct LineSplitter {
    package enum Line {
        /// A line without its end; the bytes are valid during the call only.
        case line(number: Int, bytes: UnsafeRawBufferPointer)
        /// A line over the limit; `length` is its whole length in bytes.
        case tooLong(number: Int, length: Int)
    }

    private let limit: Int
    private var number = 1
    /// The start of a line that an earlier chunk brought. Empty while a line over the limit is being skipped.
    private var pending: [UInt8] = []
    /// How many bytes of the current line earlier chunks brought, kept or not.
    private var seen = 0

    /// - Parameter limit: the longest line that is handed on, in bytes without its end.
    package init(limit: Int) { self.limit = limit }

    /// Hands on every line that ends in `chunk`, and keeps what follows the last one.
    package mutating func feed(_ chunk: UnsafeRawBufferPointer, _ line: (Line) throws -> Void) rethrows {
        var rest = chunk
        while let start = rest.baseAddress, let found = memchr(start, 0x0A, rest.count) {
            let length = UnsafeRawPointer(found) - start
            try complete(UnsafeRawBufferPointer(rebasing: rest[..<length]), line)
            rest = UnsafeRawBufferPointer(rebasing: rest[(length + 1)...])
        }
        keep(rest)
    }

    /// The input has ended: hands on a last line that has no line end.
    package mutating func finish(_ line: (Line) throws -> Void) rethrows {
        if seen > 0 { try complete(UnsafeRawBufferPointer(start: nil, count: 0), line) }
    }
}

extension LineSplitter {
    private mutating func keep(_ part: UnsafeRawBufferPointer) {
        if part.isEmpty { return }
        seen += part.count
        // One more than the limit is kept, because the last byte may be the `\r` of the line end.
        if seen > limit + 1 {
            pending = []
        } else {
            pending.append(contentsOf: part)
        }
    }

    private mutating func complete(_ tail: UnsafeRawBufferPointer, _ line: (Line) throws -> Void) rethrows {
        defer {
            number += 1
            seen = 0
            pending.removeAll(keepingCapacity: pending.capacity <= 1 << 16)
        }
        if seen == 0 { return try hand(tail, line) }
        let total = seen + tail.count
        guard total <= limit + 1 else { return try line(.tooLong(number: number, length: total)) }
        pending.append(contentsOf: tail)
        try pending.withUnsafeBytes { try hand($0, line) }
    }

    private func hand(_ whole: UnsafeRawBufferPointer, _ line: (Line) throws -> Void) rethrows {
        let bytes = whole.last == 0x0D ? UnsafeRawBufferPointer(rebasing: whole.dropLast()) : whole
        if bytes.isEmpty { return }
        guard bytes.count <= limit else { return try line(.tooLong(number: number, length: bytes.count)) }
        try line(.line(number: number, bytes: bytes))
    }
}

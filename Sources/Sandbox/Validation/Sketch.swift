// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes

/// What one pass over a record found: the problems, and where the top-level values lie.
///
/// Offsets count from the start of the checked bytes. One sketch is used for a whole batch, so that nothing is
/// allocated per record.
struct Sketch {
    var complaints = Complaints()
    /// By the field's index in the record's shape; nil when absent or null.
    private(set) var values: [Range<Int>?]
    /// Whether the record had members that the shape does not know.
    var hasUnknown = false

    init(for shape: RecordShape) { values = Array(repeating: nil, count: shape.fields.count) }

    mutating func begin() {
        complaints = Complaints()
        hasUnknown = false
        for index in values.indices { values[index] = nil }
    }

    mutating func found(_ index: Int, _ range: Range<Int>?) { values[index] = range }

    /// The text of a string field, escapes resolved; nil when the field is absent or no string.
    func string(_ index: Int?, in bytes: UnsafeRawBufferPointer) -> String? {
        guard let index, let range = values[index] else { return nil }
        var reader = JSONReader(UnsafeRawBufferPointer(rebasing: bytes[range]))
        return try? reader.string()
    }

    func int(_ index: Int?, in bytes: UnsafeRawBufferPointer) -> Int64? {
        guard let index, let range = values[index] else { return nil }
        var reader = JSONReader(UnsafeRawBufferPointer(rebasing: bytes[range]))
        return try? reader.int()
    }

    /// Visits the strings of a list field without making any.
    func each(_ index: Int?, in bytes: UnsafeRawBufferPointer, _ visit: (JSONName) -> Void) {
        guard let index, let range = values[index] else { return }
        var reader = JSONReader(UnsafeRawBufferPointer(rebasing: bytes[range]))
        try? reader.array { reader, _ in
            if try reader.peek() == .string { visit(try reader.text()) } else { _ = try reader.skip() }
        }
    }

    /// How many elements a list field has; 0 when it is absent.
    func count(_ index: Int?, in bytes: UnsafeRawBufferPointer) -> Int {
        guard let index, let range = values[index] else { return 0 }
        var reader = JSONReader(UnsafeRawBufferPointer(rebasing: bytes[range]))
        var count = 0
        try? reader.array { reader, _ in
            _ = try reader.skip()
            count += 1
        }
        return count
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONBytes

/// JSONBytes against itself and against Foundation: whatever we accept, Foundation accepts and reads alike; skipping
/// and reading agree; what we write we read back; lines come out the same whatever the chunks.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeRawBufferPointer(start: start, count: count)
    let skipped = attempt(input) { _ = try $0.skip() }
    var value: JSONValue?
    let read = attempt(input) { value = try $0.value() }
    // Skipping makes no numbers, so it goes past one that is too large.
    check(read == skipped || read == .range, "reading and skipping disagree")
    if let value, read == nil {
        let written = value.bytes
        check((try? JSONValue(parsing: written)) == value, "not read back")
        let theirs = try? JSONSerialization.jsonObject(with: Data(input), options: .fragmentsAllowed)
        check(theirs.map { same(value, $0) } ?? false, "Foundation disagrees")
    }
    split(Array(input))
    return 0
}

private func attempt(_ input: UnsafeRawBufferPointer, _ body: (inout JSONReader) throws -> Void) -> JSONError.Code? {
    var reader = JSONReader(input)
    do {
        try body(&reader)
        try reader.end()
        return nil
    } catch {
        return (error as! JSONError).code
    }
}

private func same(_ ours: JSONValue, _ theirs: Any) -> Bool {
    switch ours {
    case .null: return theirs is NSNull
    case .bool(let flag): return theirs as? Bool == flag
    case .int(let number): return (theirs as? NSNumber)?.int64Value == number
    case .double(let number):
        // Foundation on Linux goes through a decimal number and may be a little off; very small and large ones it
        // cannot hold.
        guard let other = (theirs as? NSNumber)?.doubleValue, abs(number) > 1e-100, abs(number) < 1e100 else {
            return true
        }
        return abs(other - number) <= abs(number) * 1e-14
    case .string(let text): return (theirs as? String).map { $0.utf8.elementsEqual(text.utf8) } ?? false
    case .array(let elements):
        guard let array = theirs as? [Any], array.count == elements.count else { return false }
        return zip(elements, array).allSatisfy { same($0, $1) }
    case .object(let object):
        guard let members = theirs as? [String: Any], members.count == object.count else { return false }
        // Which of two equal names wins is our own rule.
        return object.keys.allSatisfy { members[$0] != nil }
    }
}

private func split(_ bytes: [UInt8]) {
    func lines(_ size: Int) -> [[UInt8]] {
        var splitter = LineSplitter(limit: 16)
        var lines: [[UInt8]] = []
        let note: (LineSplitter.Line) -> Void = { line in
            switch line {
            case .line(let number, let bytes): lines.append(Array("\(number) ".utf8) + Array(bytes))
            case .tooLong(let number, _): lines.append(Array("\(number) too long".utf8))
            }
        }
        for start in stride(from: 0, to: bytes.count, by: size) {
            bytes[start..<min(start + size, bytes.count)].withUnsafeBytes { splitter.feed($0, note) }
        }
        splitter.finish(note)
        return lines
    }
    let whole = lines(max(bytes.count, 1))
    check(lines(1) == whole && lines(7) == whole, "chunks change the lines")
}

/// Ends the run with a message, also in an optimised build.
private func check(_ holds: Bool, _ message: String) {
    if !holds { fatalError(message) }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONBytes
import TestSupport
import Testing

/// Against an implementation we did not write, and against ourselves.
@Suite struct DifferentialTests {
    @Test(arguments: 0..<40)
    func `random values survive writing and reading`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<50 {
            let value = JSONValue.random(depth: 5, &random)
            #expect(try JSONValue(parsing: value.bytes) == value)
        }
    }

    @Test(arguments: 0..<20)
    func `Foundation reads what we write, and we read what it writes`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed &+ 1000)
        for _ in 0..<30 {
            let value = JSONValue.random(depth: 4, &random)
            let theirs = try JSONSerialization.jsonObject(with: Data(value.bytes), options: .fragmentsAllowed)
            #expect(same(value, theirs))
            let again = try JSONSerialization.data(withJSONObject: theirs, options: .fragmentsAllowed)
            #expect(same(try JSONValue(parsing: [UInt8](again)), theirs))
        }
    }

    @Test(arguments: 0..<20)
    func `damaged documents never crash, and skipping agrees with reading`(seed: UInt64) {
        var random = SeededRandom(seed: seed &+ 2000)
        for _ in 0..<200 {
            var bytes = JSONValue.random(depth: 3, &random).bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[index] = .random(in: 0...255, using: &random)
                case 1: bytes.remove(at: index)
                default: bytes.insert(bytes.randomElement(using: &random)!, at: index)
                }
            }
            let read = failure(bytes) { _ = try $0.value() }
            let skipped = failure(bytes) { _ = try $0.skip() }
            #expect(read == skipped || read == .range)
            if read == nil {
                #expect((try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil)
            }
        }
    }
}

/// Whether Foundation's reading of a document is ours.
private func same(_ ours: JSONValue, _ theirs: Any) -> Bool {
    switch ours {
    case .null: return theirs is NSNull
    case .bool(let flag): return theirs as? Bool == flag
    case .int(let number): return (theirs as? NSNumber)?.int64Value == number
    case .double(let number):
        // Foundation on Linux goes through a decimal number and may be off by one unit in the last place.
        return (theirs as? NSNumber).map { abs($0.doubleValue - number) <= abs(number) * 1e-15 } ?? false
    case .string(let text): return (theirs as? String).map { $0.utf8.elementsEqual(text.utf8) } ?? false
    case .array(let elements):
        guard let array = theirs as? [Any], array.count == elements.count else { return false }
        return zip(elements, array).allSatisfy { same($0, $1) }
    case .object(let object):
        guard let members = theirs as? [String: Any], members.count == object.count else { return false }
        return object.allSatisfy { name, value in members[name].map { same(value, $0) } ?? false }
    }
}

extension JSONValue {
    static func random(depth: Int, _ random: inout SeededRandom) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2: return .int(Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: 0..<64, using: &random))
        case 3: return .double(Double.random(in: -1e6...1e6, using: &random) + 0.123)
        case 4, 5: return .string(text(&random))
        case 6:
            return .array((0..<Int.random(in: 0..<5, using: &random)).map { _ in .random(depth: depth - 1, &random) })
        default:
            let members = (0..<Int.random(in: 0..<20, using: &random)).map { _ in
                (text(&random), JSONValue.random(depth: depth - 1, &random))
            }
            return .object(JSONObject(members))
        }
    }

    private static func text(_ random: inout SeededRandom) -> String {
        let pieces = [
            "a", "Z", "0", " ", "\"", "\\", "/", "\n", "\u{1}", "\u{1F}", "\u{7F}", "é", "€", "😀", "ß", "\u{2028}",
            "日本", "plain text ",
        ]
        return (0..<Int.random(in: 0..<20, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined()
    }
}

// SPDX-License-Identifier: Apache-2.0

import Domain
import Intake
import JSONBytes
import TestSupport
import Testing

@Suite struct PropertyTests {
    private let desk = Desk()

    /// A valid record: the required fields, a random half of the others, in random order and spelling.
    private func random(_ kind: RecordKind, _ seed: UInt64) -> (spelled: JSONValue, plain: JSONValue) {
        var generator = SeededRandom(seed: seed)
        var members: [(String, JSONValue)] = []
        var plain: JSONValue = ["type": .string(kind.rawValue)]
        for field in ATSLanguage.fields(of: kind) {
            if field.requirement == .optional, Bool.random(using: &generator) { continue }
            let value = value(field.type, &generator)
            members.append((spelling(field, &generator), value))
            plain[field.name] = value
        }
        members.shuffle(using: &generator)
        members.insert(("type", .string(kind.rawValue)), at: Int.random(in: 0...members.count, using: &generator))
        return (.object(JSONObject(members)), plain)
    }

    private func spelling(_ field: ATSField, _ generator: inout SeededRandom) -> String {
        field.spellings.randomElement(using: &generator)!
    }

    private func value(_ type: ATSType, _ generator: inout SeededRandom) -> JSONValue {
        switch type {
        case .id:
            Bool.random(using: &generator)
                ? .int(Int64.random(in: 1...Int64.max, using: &generator)) : .string(word(1...70, &generator))
        case .text(let min, let max): .string(word(Swift.max(1, min)...Swift.min(max, min + 300), &generator))
        case .email: .string("\(latin(1...20, &generator))@\(latin(1...10, &generator)).\(latin(2...5, &generator))")
        case .url: .string("https://\(latin(1...10, &generator)).example/\(latin(0...30, &generator))")
        case .linkedInURL: .string("linkedin.com/in/\(latin(1...20, &generator))")
        case .time: .int(Desk.now.value)
        case .flag: .bool(Bool.random(using: &generator))
        case .country: .string(latin(2...2, &generator).uppercased())
        case .person: .string("urn:li:person:\(latin(3...12, &generator))")
        case .choice(let choices): .string(choices.randomElement(using: &generator)!.word.uppercased())
        case .list(let element):
            .array((0..<Int.random(in: 1...4, using: &generator)).map { _ in value(element, &generator) })
        case .record(let record):
            .object(JSONObject(record.fields.map { ($0.name, value($0.type, &generator)) }))
        }
    }

    /// Letters of several scripts, quotes, escapes and controls; never blank.
    private func word(_ length: ClosedRange<Int>, _ generator: inout SeededRandom) -> String {
        let letters: [Unicode.Scalar] = [
            "a", "Z", "0", "é", "漢", "😀", "\"", "\\", "/", "\n", "\u{1}", " ", "&", "=", "%",
        ]
        var text = String.UnicodeScalarView()
        text.append("x")
        for _ in 1..<max(2, Int.random(in: length, using: &generator)) {
            text.append(letters.randomElement(using: &generator)!)
        }
        return String(text.prefix(length.upperBound))
    }

    private func latin(_ length: ClosedRange<Int>, _ generator: inout SeededRandom) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        return String(
            (0..<Int.random(in: length, using: &generator)).map { _ in letters.randomElement(using: &generator)! })
    }

    @Test(arguments: RecordKind.allCases)
    func `a random valid record is accepted, and its bytes are canonical JSON`(kind: RecordKind) throws {
        for seed in 0..<300 {
            let (line, plain) = random(kind, UInt64(seed))
            let checked = desk.line(line)
            #expect(checked.complaints == [], "seed \(seed): \(String(decoding: line.bytes, as: UTF8.self))")
            let record = try #require(checked.record)
            #expect(try JSONValue(parsing: record.body).bytes == record.body, "seed \(seed)")
            #expect(desk.line(plain).record?.hash == record.hash, "spelling and order changed the bytes: seed \(seed)")
        }
    }

    @Test func `bytes that were damaged never trap`() {
        var generator = SeededRandom(seed: 7)
        for (_, sample) in Samples.all {
            let bytes = sample.bytes
            for _ in 0..<400 {
                var damaged = bytes
                for _ in 0...Int.random(in: 0...2, using: &generator) {
                    damaged[Int.random(in: 0..<damaged.count, using: &generator)] = UInt8.random(
                        in: 0...255, using: &generator)
                }
                if Bool.random(using: &generator) {
                    damaged.removeLast(Int.random(in: 1..<damaged.count, using: &generator))
                }
                let checked = damaged.withUnsafeBytes { desk.intake.bulkLine($0) }
                #expect((checked.change == nil) == !checked.problems.isEmpty)
            }
        }
    }
}

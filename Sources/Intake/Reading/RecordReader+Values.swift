// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn

extension RecordReader {
    /// Reads one value that is not null and writes LinkedIn's form of it to `scratch`.
    mutating func single(
        _ reader: inout JSONReader, _ plan: ObjectTable.Plan, _ table: ObjectTable, _ base: Int, _ slot: inout Slot
    ) throws -> Slot.State {
        let kind = try reader.peek()
        switch plan.reading {
        case .flag: return try flag(&reader, kind, &slot)
        case .time where kind == .number: return try epoch(&reader, &slot)
        case .id where kind == .number: return try integerID(&reader)
        case .record:
            let inner = table.inner[plan.part]
            if kind == .object { return try record(&reader, inner) }
            switch table.plains[plan.part] {
            case .nothing: return try wrongType(&reader, "an object with \(inner.names(required: true))")
            case .firstField where kind == .string: return try phoneText(&reader)
            case .personName where kind == .string: return try personName(&reader)
            default: return try wrongType(&reader, "a text, or an object with \(inner.names(required: true))")
            }
        case .spread:
            let inner = table.inner[plan.part]
            guard kind == .object else {
                return try wrongType(&reader, "an object with \(inner.names(required: false))")
            }
            let before = problems.count
            try members(&reader, inner, base: base + plan.base)
            return problems.count > before ? .bad : .filled
        default: break
        }
        guard kind == .string else { return try wrongType(&reader, plan.reading.expectation) }
        let text = try reader.text()
        return text.withUTF8 { bytes in read(text, bytes, plan, table, &slot) }
    }

    /// - Parameter bytes: the text with its escapes resolved.
    private mutating func read(
        _ text: JSONName, _ bytes: UnsafeRawBufferPointer, _ plan: ObjectTable.Plan, _ table: ObjectTable,
        _ slot: inout Slot
    ) -> Slot.State {
        if plan.reading == .id {
            guard checkID(bytes) else { return .bad }
            ids.append((-1, String(decoding: bytes, as: UTF8.self)))
            return write(text)
        }
        if bytes.allSatisfy({ $0 <= 0x20 }) { return .absent }
        if bytes.count > plan.max || plan.min > 1 {
            let count = LengthRule.characters(bytes)
            if count > plan.max { return bad(.tooLong, "has \(count) characters; at most \(plan.max) are allowed") }
            if count < plan.min { return bad(.tooShort, "has \(count) characters; at least \(plan.min) are needed") }
        }
        let utf8 = bytes.assumingMemoryBound(to: UInt8.self)
        switch plan.reading {
        case .email where !EmailRule.matches(utf8):
            return bad(.format, "is not an e-mail address; write name@host.domain, or leave it out")
        case .url where !URLRule.isAbsoluteHTTP(utf8):
            return bad(.format, "is not an absolute URL; write it with https:// (or http://) and a host")
        case .linkedInURL: return linkedInURL(text, utf8)
        case .country where bytes.count == 2: return country(text, bytes)
        case .person where PersonURN(String(decoding: bytes, as: UTF8.self)) == nil:
            return bad(.format, "is not a LinkedIn person; write urn:li:person: and the id that LinkedIn gave")
        case .time: return time(bytes, &slot)
        case .choice:
            let choices = table.choices[plan.part]
            guard let symbol = choices.symbols[ChoiceTable.fold(String(decoding: bytes, as: UTF8.self))] else {
                return bad(.choice, "is not a known word; write \(choices.words)")
            }
            scratch.append(contentsOf: symbol)
            return .filled
        case .recordType: return recordType(String(decoding: bytes, as: UTF8.self))
        default: return write(text)
        }
    }

    /// True when the text can be an id; adds the problem otherwise.
    mutating func checkID(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if bytes.isEmpty {
            problem(.required, "is empty; an id has 1…\(ATSType.longestID) characters")
        } else if bytes.count > ATSType.longestID, LengthRule.characters(bytes) > ATSType.longestID {
            problem(.tooLong, "has more than \(ATSType.longestID) characters; use a shorter id")
        } else if bytes.contains(0) {
            problem(.format, "contains a NUL character; leave it out")
        } else {
            return true
        }
        return false
    }

    private mutating func integerID(_ reader: inout JSONReader) throws -> Slot.State {
        let start = reader.offset
        let range = try reader.skip()
        let bytes = reader.bytes(range)
        guard range.lowerBound >= start, bytes.allSatisfy({ $0 == UInt8(ascii: "-") || (48...57).contains($0) }) else {
            return bad(.type, "must be a text or an integer; put it in quotes")
        }
        ids.append((-1, String(decoding: bytes, as: UTF8.self)))
        scratch.append(UInt8(ascii: "\""))
        scratch.append(contentsOf: bytes)
        scratch.append(UInt8(ascii: "\""))
        return .filled
    }

    private mutating func flag(_ reader: inout JSONReader, _ kind: JSONKind, _ slot: inout Slot) throws -> Slot.State {
        guard kind == .bool else { return try wrongType(&reader, "true or false, without quotes") }
        let value = try reader.bool()
        slot.number = value ? 1 : 0
        scratch.append(contentsOf: (value ? "true" : "false").utf8)
        return .filled
    }

    private mutating func recordType(_ word: String) -> Slot.State {
        guard let expectedKind, let named = KindName(word), named.covers(expectedKind) else {
            return bad(.mismatch, "names another type of record than this one; leave it out or correct it")
        }
        return .filled
    }

    mutating func wrongType(_ reader: inout JSONReader, _ expected: String) throws -> Slot.State {
        _ = try reader.skip()
        return bad(.type, "must be \(expected)")
    }

    mutating func bad(_ code: Problem.Code, _ reason: String) -> Slot.State {
        problem(code, reason)
        return .bad
    }

    /// The text as JSON: as it was written when that is canonical, otherwise written anew.
    mutating func write(_ text: JSONName) -> Slot.State {
        if text.hasEscapes {
            write(text.string)
        } else {
            scratch.append(UInt8(ascii: "\""))
            scratch.append(contentsOf: text.raw)
            scratch.append(UInt8(ascii: "\""))
        }
        return .filled
    }

    mutating func write(_ text: String) {
        var writer = JSONWriter(capacity: text.utf8.count + 16)
        writer.string(text)
        scratch.append(contentsOf: writer.bytes)
    }
}

extension JSONName {
    /// The bytes of the text, escapes resolved; valid during the call only.
    func withUTF8<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        hasEscapes ? Array(string.utf8).withUnsafeBytes(body) : body(raw)
    }
}

extension ObjectTable.Reading {
    /// What JSON is expected, in words.
    var expectation: String {
        switch self {
        case .id: "a text or an integer"
        case .time: "a text with an ISO 8601 time, or milliseconds since 1970 as an integer"
        case .flag: "true or false"
        case .recordType: "a text that names the type of record"
        default: "a text in quotes"
        }
    }
}

extension ObjectTable {
    func names(required: Bool) -> String {
        let all = fields.indices.filter { !required || plans[$0].isRequired }
        return (all.isEmpty ? Array(fields.indices) : all).map { fields[$0].name }.joined(separator: ", ")
    }
}

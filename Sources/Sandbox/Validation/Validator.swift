// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes

/// Checks a record against its shape in one pass over the bytes, and notes where the top-level values lie.
///
/// Values are looked at where they are; a `String` is made only for a complaint.
struct Validator: Sendable {
    var shape: RecordShape
    /// Whether an unknown field is a problem; LinkedIn's own behaviour is not known (protocol reference 9, item 34),
    /// so tolerant by default.
    var refusesUnknown = false

    /// - Parameter bytes: one JSON value.
    /// - Throws: `JSONError` when it is not JSON; a value that is no object is a complaint.
    func check(_ bytes: UnsafeRawBufferPointer, into sketch: inout Sketch) throws {
        sketch.begin()
        var reader = JSONReader(bytes)
        guard try reader.peek() == .object else {
            _ = try reader.skip()
            sketch.complaints.add("/", Complaints.notRecord)
            return try reader.end()
        }
        var path = Path()
        var seen: UInt64 = 0
        var hint = 0
        try reader.object { reader, name in
            let known = name.hasEscapes ? shape.index(of: name.string) : shape.index(of: name.raw, hint: hint)
            guard let index = known else {
                sketch.hasUnknown = true
                if refusesUnknown { sketch.complaints.add("/" + name.string, Complaints.unknownField) }
                _ = try reader.skip()
                return
            }
            hint = index + 1
            if try reader.null() { return }
            seen |= 1 << UInt64(index)
            _ = try reader.peek()
            let start = reader.offset
            try path.inside(.field(shape.fields[index].name)) { path in
                try value(shape.fields[index].shape, &reader, &path, &sketch.complaints)
            }
            sketch.found(index, start..<reader.offset)
        }
        report(shape, missing: shape.required & ~seen, path, &sketch.complaints)
        try reader.end()
    }

    private func value(_ shape: Shape, _ reader: inout JSONReader, _ path: inout Path, _ complaints: inout Complaints)
        throws
    {
        switch shape {
        case .text(let least, let most, let never):
            guard let text = try text(&reader, path, &complaints) else { return }
            check(text, least, most, never, path, &complaints)
        case .url:
            try match(&reader, path, &complaints, "an absolute URL", Formats.isURL)
        case .email:
            try match(&reader, path, &complaints, "X@X.X", Formats.isEmail)
        case .urn(let prefixes):
            guard let text = try text(&reader, path, &complaints) else { return }
            if !Self.holds(text, { Formats.isURN($0, prefixes) }) {
                complaints.add(path.description, Complaints.badURN)
            }
        case .long(let isPositive):
            try long(isPositive, &reader, path, &complaints)
        case .flag:
            guard try reader.peek() == .bool else { return try refuse(&reader, path, "Boolean", &complaints) }
            _ = try reader.bool()
        case .symbol(let words):
            guard try reader.peek() == .string else {
                _ = try reader.skip()
                return complaints.add(path.description, Complaints.enumWithoutString)
            }
            let text = try reader.text()
            if !words.contains(where: { $0.elementsEqual(text.raw) }) {
                complaints.add(path.description, Complaints.notSymbol(text.string))
            }
        case .list(let element, let least, let most):
            guard try reader.peek() == .array else {
                _ = try reader.skip()
                return complaints.add(path.description, Complaints.notList)
            }
            var count = 0
            try reader.array { reader, index in
                count += 1
                try path.inside(.position(index)) { path in try value(element, &reader, &path, &complaints) }
            }
            if count < least || count > most ?? .max {
                complaints.add(path.description, Complaints.length(count, least: least, most: most))
            }
        case .record(let record):
            guard try reader.peek() == .object else {
                _ = try reader.skip()
                return complaints.add(path.description, Complaints.notRecord)
            }
            try inner(record, &reader, &path, &complaints)
        case .union(let record):
            try union(record, &reader, &path, &complaints)
        case .anything:
            _ = try reader.skip()
        }
    }

    private func inner(
        _ record: RecordShape, _ reader: inout JSONReader, _ path: inout Path, _ complaints: inout Complaints
    ) throws {
        var seen: UInt64 = 0
        var hint = 0
        try reader.object { reader, name in
            guard let index = name.hasEscapes ? record.index(of: name.string) : record.index(of: name.raw, hint: hint)
            else {
                if refusesUnknown { complaints.add("\(path)/\(name.string)", Complaints.unknownField) }
                _ = try reader.skip()
                return
            }
            hint = index + 1
            if try reader.null() { return }
            seen |= 1 << UInt64(index)
            try path.inside(.field(record.fields[index].name)) { path in
                try value(record.fields[index].shape, &reader, &path, &complaints)
            }
        }
        report(record, missing: record.required & ~seen, path, &complaints)
    }

    private func union(
        _ record: RecordShape, _ reader: inout JSONReader, _ path: inout Path, _ complaints: inout Complaints
    ) throws {
        guard try reader.peek() == .object else {
            _ = try reader.skip()
            return complaints.add(path.description, Complaints.notUnion)
        }
        var members = 0
        try reader.object { reader, name in
            members += 1
            guard let index = record.index(of: name.string) else {
                complaints.add(path.description, Complaints.badUnionMember(name.string))
                _ = try reader.skip()
                return
            }
            try path.inside(.field(record.fields[index].name)) { path in
                try value(record.fields[index].shape, &reader, &path, &complaints)
            }
        }
        if members != 1 { complaints.add(path.description, Complaints.notUnion) }
    }
}

extension Validator {
    private func check(
        _ text: JSONName, _ least: Int, _ most: Int?, _ never: [[UInt8]], _ path: Path, _ complaints: inout Complaints
    ) {
        if never.contains(where: { $0.elementsEqual(text.raw) }) {
            complaints.add(path.description, Complaints.forbidden(text.string))
        }
        if least == 0 && most == nil { return }
        // The shortest way to say "not empty": escapes make a text longer than it is, never empty.
        if least <= 1 && most == nil {
            if text.raw.count < least {
                complaints.add(path.description, Complaints.length(0, least: least, most: most))
            }
            return
        }
        let count = text.hasEscapes ? text.string.unicodeScalars.count : Formats.characters(text.raw)
        if count < least || count > most ?? .max {
            complaints.add(path.description, Complaints.length(count, least: least, most: most))
        }
    }

    /// A string, or nil and a complaint.
    private func text(_ reader: inout JSONReader, _ path: Path, _ complaints: inout Complaints) throws -> JSONName? {
        guard try reader.peek() == .string else {
            try refuse(&reader, path, "String", &complaints)
            return nil
        }
        return try reader.text()
    }

    private func match(
        _ reader: inout JSONReader, _ path: Path, _ complaints: inout Complaints, _ pattern: String,
        _ holds: (UnsafeRawBufferPointer) -> Bool
    ) throws {
        guard let text = try text(&reader, path, &complaints) else { return }
        if !Self.holds(text, holds) { complaints.add(path.description, Complaints.noMatch(text.string, pattern)) }
    }

    /// Asks about the text's bytes with escapes resolved.
    private static func holds(_ text: JSONName, _ question: (UnsafeRawBufferPointer) -> Bool) -> Bool {
        guard text.hasEscapes else { return question(text.raw) }
        return Array(text.string.utf8).withUnsafeBytes(question)
    }

    private func long(_ isPositive: Bool, _ reader: inout JSONReader, _ path: Path, _ complaints: inout Complaints)
        throws
    {
        guard try reader.peek() == .number else { return try refuse(&reader, path, "Long", &complaints) }
        let place = try reader.skip()
        guard isPositive else { return }
        let written = String(decoding: reader.bytes(place), as: UTF8.self)
        // The framework takes any number for a long and cuts the fraction off.
        if let number = Double(written), number < 1 {
            complaints.add(path.description, Complaints.notPositive(written))
        }
    }

    /// Skips a value of the wrong type and says which type was wanted. Strings are printed without quotes, as
    /// LinkedIn does.
    private func refuse(_ reader: inout JSONReader, _ path: Path, _ type: String, _ complaints: inout Complaints) throws
    {
        let written: String
        if try reader.peek() == .string {
            written = try reader.text().string
        } else {
            let place = try reader.skip()
            written = String(decoding: reader.bytes(place), as: UTF8.self)
        }
        complaints.add(path.description, Complaints.notCoerced(written, to: type))
    }

    private func report(_ record: RecordShape, missing: UInt64, _ path: Path, _ complaints: inout Complaints) {
        guard missing != 0 else { return }
        for (index, field) in record.fields.enumerated() where missing & 1 << UInt64(index) != 0 {
            complaints.add("\(path)/\(field.name)", Complaints.missing)
        }
    }
}

/// Where in a record the validator is; turned into text only for a complaint.
struct Path: CustomStringConvertible {
    enum Step {
        case field(String)
        case position(Int)
    }

    private var steps: [Step] = []

    mutating func inside(_ step: Step, _ body: (inout Path) throws -> Void) throws {
        steps.append(step)
        try body(&self)
        steps.removeLast()
    }

    var description: String {
        steps.reduce(into: "") { text, step in
            switch step {
            case .field(let name): text += "/\(name)"
            case .position(let index): text += "/\(index)"
            }
        }
    }
}

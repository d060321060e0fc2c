// SPDX-License-Identifier: Apache-2.0

/// Protocol 1.0.0's way to say objects and lists in a query: `ids[0].part=x` (jobs-oauth-restli 2.3, confidence C).
enum Flattening {
    /// Appends every leaf of `value` as `name=text`, separated by `&`; brackets are percent-encoded as Java does.
    static func append(_ name: String, _ value: Parameter, to out: inout [UInt8]) {
        if Parameter.verbatim.contains(name), case .text(let text) = value {
            leaf(name, text, to: &out)
        } else if case .list(let elements) = value, elements.allSatisfy({ $0.text != nil }) {
            // A top-level list of plain values is the repeated bare name.
            for element in elements { leaf(escape(name), element.text ?? "", to: &out) }
        } else {
            append(path: escape(name), value, to: &out)
        }
    }

    private static func append(path: String, _ value: Parameter, to out: inout [UInt8]) {
        switch value {
        case .text(let text): leaf(path, text, to: &out)
        case .list(let elements):
            for (index, element) in elements.enumerated() { append(path: "\(path)[\(index)]", element, to: &out) }
        case .map(let members):
            for name in members.keys.sorted() {
                append(path: "\(path).\(escape(name))", members[name] ?? .text(""), to: &out)
            }
        }
    }

    private static func leaf(_ path: String, _ text: String, to out: inout [UInt8]) {
        QueryCodec.separate(&out)
        PercentEncoding.append(path, keeping: .queryV1, to: &out)
        out.append(UInt8(ascii: "="))
        PercentEncoding.append(text, keeping: .queryV1, to: &out)
    }

    /// Escapes `.` `[` `]` `~` of one name segment as `~XX`.
    static func escape(_ name: String) -> String {
        guard name.utf8.contains(where: { ".[]~".utf8.contains($0) }) else { return name }
        var out: [UInt8] = []
        for byte in name.utf8 {
            if ".[]~".utf8.contains(byte) {
                out += [UInt8(ascii: "~"), PercentEncoding.upperHex(byte >> 4), PercentEncoding.upperHex(byte & 15)]
            } else {
                out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Reverses `escape`.
    static func unescape(_ name: Substring) throws(RestLiError) -> String {
        guard name.utf8.contains(UInt8(ascii: "~")) else { return String(name) }
        var out: [UInt8] = []
        var rest = Array(name.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "~") else {
                out.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(PercentEncoding.hexDigit),
                let low = rest.popFirst().flatMap(PercentEncoding.hexDigit)
            else { throw RestLiError("Cannot decode key name \(name)") }
            out.append(high << 4 | low)
        }
        return String(decoding: out, as: UTF8.self)
    }
}

extension Flattening {
    /// `name` or `name[index]`.
    struct Segment {
        var name: String
        var index: Int?

        /// - Throws: `RestLiError` 400 for `[12]`, `abc[]`, `abc[-1]`, `abc[12a]`, `abc[1][2]` and the empty text.
        init(_ text: Substring) throws(RestLiError) {
            guard text.contains(where: { $0 == "[" || $0 == "]" }) else {
                if text.isEmpty { throw Self.syntax }
                name = try Flattening.unescape(text)
                return
            }
            guard let open = text.firstIndex(of: "["), open > text.startIndex, text.last == "]" else {
                throw Self.syntax
            }
            let digits = text[text.index(after: open)...].dropLast()
            guard !digits.isEmpty, digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let index = Int32(digits) else {
                throw Self.syntax
            }
            name = try Flattening.unescape(text[..<open])
            self.index = Int(index)
        }

        var text: String { index.map { "\(name)[\($0)]" } ?? name }

        private static let syntax = RestLiError("Path segment parsing error.")
    }

    /// The parameters as they come in, before indices have become places.
    struct Tree {
        private var root: [String: Branch] = [:]

        fileprivate indirect enum Branch {
            case leaf(String)
            /// A bare name that came more than once.
            case repeated([String])
            case list([Int: Branch])
            case map([String: Branch])
        }

        /// Enters one parameter by its decoded name.
        mutating func insert(_ name: String, _ value: String) throws(RestLiError) {
            if name.isEmpty {
                throw RestLiError("Error parsing query parameters: query parameter name cannot be empty")
            }
            if Parameter.verbatim.contains(name) {
                root[name] = .leaf(value)
                return
            }
            let parts = name.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count <= Parameter.depthLimit else {
                throw RestLiError("Path segment parsing error.")
            }
            var path: [Segment] = []
            for part in parts { path.append(try Segment(part)) }
            try Self.insert(path[...], value, into: &root, isTop: true)
        }

        private static func insert(
            _ path: ArraySlice<Segment>, _ value: String, into map: inout [String: Branch], isTop: Bool
        ) throws(RestLiError) {
            guard let segment = path.first else { return }
            let rest = path.dropFirst()
            let existing = map.removeValue(forKey: segment.name)  // taken out, so that it is changed in place
            guard let index = segment.index else {
                map[segment.name] = try branch(existing, segment, rest, value, isTop: isTop)
                return
            }
            var items: [Int: Branch] = [:]
            switch existing {
            case nil: break
            case .list(let list): items = list
            default: throw conflict(segment)
            }
            items[index] = try branch(items.removeValue(forKey: index), segment, rest, value, isTop: isTop)
            map[segment.name] = .list(items)
        }

        /// What stands at `segment` once the parameter has been entered.
        private static func branch(
            _ existing: Branch?, _ segment: Segment, _ rest: ArraySlice<Segment>, _ value: String, isTop: Bool
        ) throws(RestLiError) -> Branch {
            guard rest.isEmpty else {
                var members: [String: Branch] = [:]
                switch existing {
                case nil: break
                case .map(let map): members = map
                default: throw conflict(segment)
                }
                try insert(rest, value, into: &members, isTop: false)
                return .map(members)
            }
            switch existing {
            case nil: return .leaf(value)
            case .leaf(let first) where isTop && segment.index == nil: return .repeated([first, value])
            case .repeated(let values): return .repeated(values + [value])
            case .leaf:
                throw RestLiError(
                    "Multiple values of \(isTop ? "indexed" : "complex") query parameter are not supported")
            case .list, .map: throw conflict(segment)
            }
        }

        private static func conflict(_ segment: Segment) -> RestLiError {
            RestLiError("Conflicting references to key \(segment.name)[\(segment.index ?? 0)]")
        }

        /// The data model: holes between indices close up.
        func parameters() throws(RestLiError) -> [String: Parameter] { root.mapValues(Self.parameter) }

        private static func parameter(_ branch: Branch) -> Parameter {
            switch branch {
            case .leaf(let text): .text(text)
            case .repeated(let texts): .list(texts.map { .text($0) })
            case .map(let members): .map(members.mapValues(parameter))
            case .list(let items): .list(items.sorted { $0.key < $1.key }.map { parameter($0.value) })
            }
        }
    }
}

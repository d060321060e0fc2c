// SPDX-License-Identifier: Apache-2.0

import Yams

/// One `{…}` of the mapping file, all of whose keys are known. Everything it hands out knows its line.
struct Section {
    let reader: MappingText
    /// What messages call it: `source`, `the candidate record`.
    let what: String
    let line: Int
    private var members: [String: Node] = [:]
    /// The keys in the order of the file.
    private(set) var names: [String] = []

    /// - Parameter keys: the allowed keys; nil allows any.
    /// - Throws: `SourceError` `.mapping` for anything but a mapping, and for a key that is not allowed, with the
    ///   nearest that is.
    init(_ node: Node, _ what: String, in reader: MappingText, keys: [String]?) throws(SourceError) {
        self.reader = reader
        self.what = what
        line = node.line
        guard case .mapping(let mapping) = node else {
            throw reader.error(
                node.line, "\(what) must have keys and values", remedy: "write 'key: value' lines below it")
        }
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            if let keys, !keys.contains(name) {
                throw reader.error(
                    key.line, "'\(name)' is not a key of \(what)", remedy: Nearest.hint(for: name, in: keys))
            }
            members[name] = value
            names.append(name)
        }
    }

    func has(_ name: String) -> Bool { members[name] != nil }

    func node(_ name: String) -> Node? { members[name] }

    func line(of name: String) -> Int { members[name]?.line ?? line }

    /// A text; nil when the key is absent.
    func text(_ name: String) throws(SourceError) -> String? {
        guard let node = members[name] else { return nil }
        return try reader.text(node, "'\(name)' of \(what)")
    }

    /// A text with `${NAME}` replaced.
    func expanded(_ name: String, isSecret: Bool = false) throws(SourceError) -> String? {
        guard let text = try text(name) else { return nil }
        return try reader.expand(text, line: line(of: name), isSecret: isSecret)
    }

    func required(_ name: String) throws(SourceError) -> String {
        guard let text = try text(name), !text.isEmpty else {
            throw reader.error(line, "\(what) lacks '\(name)'", remedy: "add it")
        }
        return text
    }

    /// A list of texts; a single text is a list of one; nil when absent.
    func texts(_ name: String) throws(SourceError) -> [String]? {
        guard let node = members[name] else { return nil }
        guard case .sequence(let items) = node else { return [try reader.text(node, "'\(name)' of \(what)")] }
        var result: [String] = []
        for item in items { result.append(try reader.text(item, "each of '\(name)' of \(what)")) }
        return result
    }

    func flag(_ name: String) throws(SourceError) -> Bool? {
        guard let text = try text(name) else { return nil }
        guard let flag = ["true": true, "false": false][text] else {
            throw reader.error(line(of: name), "'\(name)' of \(what) must be true or false")
        }
        return flag
    }

    func number(_ name: String, in range: ClosedRange<Int>) throws(SourceError) -> Int? {
        guard let text = try text(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw reader.error(
                line(of: name),
                "'\(name)' of \(what) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// The value among `choices`; nil when absent.
    func choice(_ name: String, _ choices: [String]) throws(SourceError) -> String? {
        guard let text = try text(name) else { return nil }
        guard choices.contains(text) else {
            throw reader.error(
                line(of: name), "'\(text)' is no value for '\(name)' of \(what)",
                remedy: Nearest.hint(for: text, in: choices))
        }
        return text
    }
}

extension Node {
    /// The line in the file, from 1.
    var line: Int { mark?.line ?? 1 }
}

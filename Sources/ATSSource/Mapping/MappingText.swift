// SPDX-License-Identifier: Apache-2.0

import Yams

/// The text of a mapping file while it is being read: makes errors with its name, expands variables.
struct MappingText {
    let file: String
    let environment: [String: String]
    /// What `${NAME}` may stand for in the connection as well, and nowhere else: messages may show any other place.
    var secrets: [String: String] = [:]

    func error(_ line: Int, _ message: String, remedy: String = "") -> SourceError {
        SourceError(.mapping, at: Place(file: file, line: line), message, remedy: remedy)
    }

    /// The tree of `yaml`.
    func root(_ yaml: String) throws(SourceError) -> Node {
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch let failure as YamlError {
            throw Self.explain(failure, self)
        } catch {
            throw self.error(1, "not YAML")
        }
        guard let root else { throw error(1, "the file is empty", remedy: "a mapping begins with 'version: 1'") }
        return root
    }

    func text(_ node: Node, _ what: String) throws(SourceError) -> String {
        guard case .scalar(let scalar) = node else { throw error(node.line, "\(what) must be a single value") }
        return scalar.string
    }

    /// Replaces `${NAME}` and `${NAME:-default}` by the environment.
    ///
    /// - Parameter isSecret: the result is shown nowhere.
    /// - Throws: `.mapping` when a variable without a default is not set.
    func expand(_ text: String, line: Int, isSecret: Bool = false) throws(SourceError) -> String {
        let environment = isSecret ? environment.merging(secrets) { _, secret in secret } : environment
        var result = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "${") {
            result += rest[..<start.lowerBound]
            rest = rest[start.upperBound...]
            guard let end = rest.firstIndex(of: "}") else { throw error(line, "a ${ is never closed") }
            let inside = rest[..<end]
            rest = rest[rest.index(after: end)...]
            let name = inside.firstRange(of: ":-").map { inside[..<$0.lowerBound] } ?? inside
            if let value = environment[String(name)], !value.isEmpty {
                result += value
            } else if let separator = inside.firstRange(of: ":-") {
                result += inside[separator.upperBound...]
            } else {
                throw error(
                    line, "the environment variable \(name) is not set",
                    remedy: "set it, or give a default with ${\(name):-…}")
            }
        }
        return result + rest
    }

    private static func explain(_ failure: YamlError, _ reader: MappingText) -> SourceError {
        switch failure {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let detail = context.map { $0.text + " " } ?? ""
            return reader.error(
                mark.line, "not YAML: \(detail)\(problem)", remedy: "check the indentation and the quotes around here")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.joined(separator: ", ")
            return reader.error(context.mark.line, "a key stands here twice: \(names)", remedy: "keep one of them")
        default:
            return reader.error(1, "not YAML that can be read", remedy: "is the file UTF-8?")
        }
    }
}

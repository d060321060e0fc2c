// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes

extension RecordReader {
    /// A problem with the value that is being read.
    mutating func problem(_ code: Problem.Code, _ reason: String) {
        guard problems.count < Problem.limit else { return }
        problems.append(Problem(pointer: pointer, code: code, message: "\(place) \(reason)"))
    }

    /// A problem with a member of the object that is being read.
    mutating func problem(_ code: Problem.Code, below name: String, _ message: String) {
        guard problems.count < Problem.limit else { return }
        problems.append(Problem(pointer: pointer + Self.token(name), code: code, message: message))
    }

    mutating func warnUnknown(_ name: String, _ table: ObjectTable) {
        guard warnings.count < Problem.limit else { return }
        let message = unknownNames.message(name, table)
        warnings.append(Problem(pointer: pointer + Self.token(name), code: .unknownField, message: message))
    }

    /// Takes back what was said about a member that is given again: the last one counts.
    mutating func forget(_ name: JSONName?) {
        guard let name else { return }
        let place = pointer + Self.token(name.string)
        problems.removeAll { $0.pointer == place || $0.pointer.hasPrefix(place + "/") }
    }

    /// RFC 6901.
    var pointer: String {
        path.reduce(into: "") { text, part in
            switch part {
            case .member(let name): text += Self.token(name.string)
            case .index(let index): text += "/\(index)"
            }
        }
    }

    /// `emails[1]`, `addresses[0].country`.
    private var place: String {
        path.reduce(into: "") { text, part in
            switch part {
            case .member(let name): text += text.isEmpty ? name.string : ".\(name.string)"
            case .index(let index): text += "[\(index)]"
            }
        }
    }

    static func token(_ name: String) -> String {
        guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
            return "/\(name)"
        }
        return name.reduce(into: "/") { text, letter in
            switch letter {
            case "~": text += "~0"
            case "/": text += "~1"
            default: text.append(letter)
            }
        }
    }
}

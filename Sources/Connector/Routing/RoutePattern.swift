// SPDX-License-Identifier: Apache-2.0

/// A path as `openapi.yaml` writes it: literal segments and `{parameters}`.
package struct RoutePattern: Hashable, Sendable, CustomStringConvertible {
    enum Segment: Hashable, Sendable {
        case literal(String)
        case parameter
    }

    package let description: String
    let segments: [Segment]

    init(_ text: String) {
        description = text
        segments = text.split(separator: "/").map { $0.first == "{" ? .parameter : .literal(String($0)) }
    }

    /// The values of the parameters, in order, or nil when `path` is another path. A parameter never matches the empty
    /// segment.
    func match(_ path: [String]) -> [String]? {
        guard path.count == segments.count else { return nil }
        var values: [String] = []
        for (segment, text) in zip(segments, path) {
            switch segment {
            case .literal(let literal): if literal != text { return nil }
            case .parameter:
                if text.isEmpty { return nil }
                values.append(text)
            }
        }
        return values
    }
}

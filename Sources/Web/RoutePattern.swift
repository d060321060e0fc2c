// SPDX-License-Identifier: Apache-2.0

/// A path as a route table and `openapi.yaml` write it: literal segments and `{parameters}`.
package struct RoutePattern: Hashable, Sendable, CustomStringConvertible {
    package enum Segment: Hashable, Sendable {
        case literal(String)
        case parameter
    }

    package let description: String
    package let segments: [Segment]

    package init(_ text: String) {
        description = text
        segments = text.split(separator: "/").map { $0.first == "{" ? .parameter : .literal(String($0)) }
    }

    /// The values of the parameters, in order, or nil when `path` is another path. A parameter never matches the empty
    /// segment.
    package func match(_ path: [String]) -> [String]? {
        if segments.isEmpty { return path.isEmpty || path == [""] ? [] : nil }
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

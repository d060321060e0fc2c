// SPDX-License-Identifier: Apache-2.0

/// Reads and writes query strings of both versions.
package enum QueryCodec {
    /// Query to data model.
    ///
    /// - Parameter rawQuery: what stands after `?`, still encoded; empty for none.
    /// - Returns: the parameters; a bare name that repeats (1.0.0 only) is a list of texts. The values of `fields`,
    ///   `metadataFields` and `pagingFields` are percent-decoded text and nothing more.
    /// - Throws: `RestLiError` 400 with the framework's text.
    /// - Source: jobs-oauth-restli 2.3 and 2.4, confidence C.
    package static func decode(_ rawQuery: String, _ version: ProtocolVersion) throws(RestLiError) -> [String:
        Parameter]
    {
        try withBytes(rawQuery) { (bytes) throws(RestLiError) in
            switch version {
            case .v1: try decodeV1(bytes)
            case .v2: try decodeV2(bytes)
            }
        }
    }

    /// Data model to query, in the order given (Java clients sort by name, which has no meaning).
    ///
    /// - Returns: an encoded query string without `?`.
    package static func encode(_ parameters: [(String, Parameter)], _ version: ProtocolVersion) -> String {
        var out: [UInt8] = []
        for (name, value) in parameters {
            switch version {
            case .v1: Flattening.append(name, value, to: &out)
            case .v2:
                separate(&out)
                PercentEncoding.append(name, keeping: .queryV1, to: &out)
                out.append(UInt8(ascii: "="))
                if Parameter.verbatim.contains(name), let text = value.text {
                    PercentEncoding.append(text, keeping: .queryV1, to: &out)
                } else {
                    Element.append(value, .query, to: &out)
                }
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    static func separate(_ out: inout [UInt8]) {
        if !out.isEmpty { out.append(UInt8(ascii: "&")) }
    }
}

extension QueryCodec {
    private static func decodeV1(_ query: UnsafeBufferPointer<UInt8>) throws(RestLiError) -> [String: Parameter] {
        var tree = FlattenedTree()
        try eachPair(query) { (name, value) throws(RestLiError) in
            let name = try PercentEncoding.decode(name, plusAsSpace: true)
            try tree.insert(name, try PercentEncoding.decode(value, plusAsSpace: true))
        }
        return tree.parameters
    }

    private static func decodeV2(_ query: UnsafeBufferPointer<UInt8>) throws(RestLiError) -> [String: Parameter] {
        var parameters: [String: Parameter] = [:]
        try eachPair(query) { (name, value) throws(RestLiError) in
            let name = try PercentEncoding.decode(name, plusAsSpace: false)
            // UNVERIFIED: the text. The rule is jobs-oauth-restli 2.1.
            if parameters[name] != nil { throw RestLiError("Duplicate query parameter: '\(name)'") }
            if Parameter.verbatim.contains(name) {
                parameters[name] = .text(try PercentEncoding.decode(value, plusAsSpace: false))
            } else if value.isEmpty {
                // Differs from the grammar, which wants `''`: Python's client writes nothing (2.4), and `start=`
                // means the default (2.2).
                parameters[name] = .text("")
            } else {
                parameters[name] = try Element.parse(value)
            }
        }
        return parameters
    }

    /// Calls `body` with the raw name and value of each `name=value` between `&`s; without `=` the value is empty.
    static func eachPair(
        _ query: UnsafeBufferPointer<UInt8>,
        _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) throws(RestLiError) -> Void
    ) throws(RestLiError) {
        try query.split(at: UInt8(ascii: "&")) { (pair) throws(RestLiError) in
            if pair.isEmpty { return }
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.count
            try body(pair[part: 0..<equals], pair[part: min(equals + 1, pair.count)..<pair.count])
        }
    }
}

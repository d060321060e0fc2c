// SPDX-License-Identifier: Apache-2.0

/// Protocol 1.0.0: `a=x&b=y`, escaped differently in each place (jobs-oauth-restli 2.3, confidence C).
extension KeyCodec {
    static func appendSimpleV1(_ text: String, in place: KeyPlace, to out: inout [UInt8]) {
        switch place {
        case .query: PercentEncoding.append(text, keeping: .queryV1, to: &out)
        // Differs from Java's `+` for a space: `%20` is read alike by servers that decode a path as form text and
        // those that do not.
        case .path: PercentEncoding.append(text, keeping: .form, to: &out)
        case .requestBody, .responseBody, .header: out += text.utf8
        }
    }

    static func appendPartsV1(_ parts: KeyParts, in place: KeyPlace, to out: inout [UInt8]) {
        switch place {
        case .requestBody: join(parts, keeping: .requestBodyV1, spaceAsPlus: false, to: &out)
        case .path, .responseBody, .header: join(parts, keeping: .form, spaceAsPlus: true, to: &out)
        case .query:
            // A compound key in a batch is the joined text, encoded once more: `part1%3Dtwo%26part2%3D3`.
            var joined: [UInt8] = []
            join(parts, keeping: .form, spaceAsPlus: true, to: &joined)
            PercentEncoding.append(String(decoding: joined, as: UTF8.self), keeping: .queryV1, to: &out)
        }
    }

    private static func join(
        _ parts: KeyParts, keeping kept: ASCIISet, spaceAsPlus: Bool, to out: inout [UInt8]
    ) {
        var isFirst = true
        for part in parts {
            if !isFirst { out.append(UInt8(ascii: "&")) }
            isFirst = false
            PercentEncoding.append(Flattening.escape(part.name), keeping: kept, spaceAsPlus: spaceAsPlus, to: &out)
            out.append(UInt8(ascii: "="))
            PercentEncoding.append(part.value, keeping: kept, spaceAsPlus: spaceAsPlus, to: &out)
        }
    }

    /// Reads `a=x&b=y` by the query algorithm: `+` is a space, `%XX` is decoded.
    ///
    /// Bodies are lenient about a `%` that is none and about characters that no URI may hold, because LinkedIn's
    /// samples and older servers write values as they are.
    static func partsV1(_ bytes: UnsafeBufferPointer<UInt8>, in place: KeyPlace) throws(RestLiError) -> KeyParts {
        let isURI = place == .query || place == .path
        if isURI && !bytes.contains(UInt8(ascii: "=")) {
            // The joined text, encoded once more: a compound key in a batch, or a segment that a proxy has encoded.
            let text = try PercentEncoding.decode(bytes, plusAsSpace: false)
            return try withBytes(text) { (inner) throws(RestLiError) in
                try joined(inner) { (value) throws(RestLiError) in try PercentEncoding.decode(value, plusAsSpace: true)
                }
            }
        }
        if isURI {
            return try joined(bytes) { (value) throws(RestLiError) in
                try PercentEncoding.decode(value, plusAsSpace: true)
            }
        }
        return try joined(bytes) { PercentEncoding.decodeLeniently($0, plusAsSpace: true) }
    }

    /// Splits a joined key. When no part has an `=`, the legacy form `a:x;b:y` is tried.
    ///
    /// Differs from the framework, where the reading with more parts wins: ids may hold `;` and `:`, and a modern key
    /// always has an `=`.
    static func joined(
        _ bytes: UnsafeBufferPointer<UInt8>, decode: (String) throws(RestLiError) -> String
    ) throws(RestLiError) -> KeyParts {
        let isLegacy = !bytes.contains(UInt8(ascii: "="))
        var parts = KeyParts()
        try bytes.split(at: UInt8(ascii: isLegacy ? ";" : "&")) { (part) throws(RestLiError) in
            guard let mark = part.firstIndex(of: UInt8(ascii: isLegacy ? ":" : "=")), mark > 0 else {
                throw RestLiError("not a key of parts")
            }
            let name = try decode(String(decoding: part[part: 0..<mark], as: UTF8.self))
            if name.hasPrefix("$params.") { return }
            let value = try decode(String(decoding: part[part: (mark + 1)..<part.count], as: UTF8.self))
            let segment = try withBytes(name) { (bytes) throws(RestLiError) in try Flattening.unescape(bytes) }
            guard parts.insert(value, for: segment) else {
                throw RestLiError("Multiple values of a key part")
            }
        }
        guard !parts.isEmpty else { throw RestLiError("not a key of parts") }
        return parts
    }
}

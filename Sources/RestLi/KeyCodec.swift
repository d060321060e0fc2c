// SPDX-License-Identifier: Apache-2.0

/// Spells and reads entity keys in every place and version (jobs-oauth-restli 2.3 and 2.4, confidence C unless said).
package enum KeyCodec {
    /// Spells a key. Parts are sorted by name, as Java does.
    package static func encode(_ key: EntityKey, in place: KeyPlace, _ version: ProtocolVersion) -> String {
        var out: [UInt8] = []
        append(key, in: place, version, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// Appends a key's spelling in UTF-8.
    static func append(_ key: EntityKey, in place: KeyPlace, _ version: ProtocolVersion, to out: inout [UInt8]) {
        switch (key, version) {
        case (.simple(let text), .v1): appendSimpleV1(text, in: place, to: &out)
        case (.parts(let parts), .v1): appendPartsV1(parts, in: place, to: &out)
        case (.simple(let text), .v2):
            switch place {
            case .query: Element.append(text, .query, to: &out)
            case .path: Element.append(text, .path, to: &out)
            // The framework writes simple keys raw here, in both versions (2.4).
            case .requestBody, .responseBody, .header: out += text.utf8
            }
        case (.parts(let parts), .v2):
            let members = parts.map { ($0.name, Parameter.text($0.value)) }
            Element.append(.map(Dictionary(uniqueKeysWithValues: members)), rendering(of: place), to: &out)
        }
    }

    /// Reads a key.
    ///
    /// Order of parts, raw or percent-encoded characters, the case of escapes and `$params` are of no account.
    ///
    /// - Parameters:
    ///   - text: as it stands in `place`, still encoded.
    ///   - simple: whether the resource has simple keys; decides how a text is read, not what it looks like.
    /// - Throws: `RestLiError` 400 with the framework's text for the place.
    package static func decode(
        _ text: String, in place: KeyPlace, _ version: ProtocolVersion, simple: Bool
    ) throws(RestLiError) -> EntityKey {
        try withBytes(text) { (bytes) throws(RestLiError) in
            do throws(RestLiError) {
                if simple { return .simple(try simpleText(bytes, in: place, version)) }
                switch version {
                case .v1: return .parts(try partsV1(bytes, in: place))
                case .v2: return .parts(try partsV2(bytes, in: place))
                }
            } catch {
                switch place {
                case .query: throw RestLiError("Batch key parameter value is invalid")
                case .path: throw RestLiError("Invalid complex key: '\(text)'")
                case .requestBody, .responseBody, .header: throw RestLiError("Invalid key: '\(text)'")
                }
            }
        }
    }

    /// Every way a key in an answer can be read, likeliest first, so that a client finds what it sent whatever the
    /// spelling: 1.0.0 or 2.0.0, form-encoded, percent-encoded or raw. Never throws; an unreadable text gives none.
    package static func readings(_ text: String, simple: Bool) -> [EntityKey] {
        var readings: [EntityKey] = []
        func add(_ key: EntityKey?) {
            if let key, !readings.contains(key) { readings.append(key) }
        }
        if simple {
            add(.simple(text))
            add(.simple(PercentEncoding.decodeLeniently(text)))
            add(.simple(PercentEncoding.decodeLeniently(text, plusAsSpace: true)))
            return readings
        }
        if text.hasPrefix("(") { add(try? decode(text, in: .responseBody, .v2, simple: false)) }
        add(try? decode(text, in: .responseBody, .v1, simple: false))
        withBytes(text) { bytes in
            add((try? joined(bytes, decode: { PercentEncoding.decodeLeniently($0) })).map { .parts($0) })
            add((try? joined(bytes, decode: { $0 })).map { .parts($0) })
        }
        return readings
    }
}

extension KeyCodec {
    private static func rendering(of place: KeyPlace) -> Element.Rendering {
        switch place {
        case .query: .query
        case .path: .path
        case .requestBody, .responseBody, .header: .reduced
        }
    }

    private static func simpleText(
        _ bytes: UnsafeBufferPointer<UInt8>, in place: KeyPlace, _ version: ProtocolVersion
    ) throws(RestLiError) -> String {
        switch (place, version) {
        case (.requestBody, _), (.responseBody, _): return String(decoding: bytes, as: UTF8.self)
        // Raw in the framework, percent-encoded by the JS client: decoding is harmless on a raw URN (9 item 20).
        case (.header, _): return try PercentEncoding.decode(bytes, plusAsSpace: false, .lenient)
        case (.query, .v1), (.path, .v1): return try PercentEncoding.decode(bytes, plusAsSpace: true)
        case (.query, .v2), (.path, .v2):
            guard let text = try Element.parse(bytes).text else { throw RestLiError("not a simple key") }
            return text
        }
    }

    private static func partsV2(
        _ bytes: UnsafeBufferPointer<UInt8>, in place: KeyPlace
    ) throws(RestLiError) -> KeyParts {
        let isURI = place == .query || place == .path
        guard case .map(let members) = try Element.parse(bytes, isURI ? .strict : .lenient) else {
            throw RestLiError("not a complex key")
        }
        return try parts(members)
    }

    /// The parts of a key that was read into the data model; `$params` are no part of its identity.
    static func parts(_ members: [String: Parameter]) throws(RestLiError) -> KeyParts {
        var parts = KeyParts()
        for (name, value) in members where name != "$params" {
            guard case .text(let text) = value else { throw RestLiError("Batch key parameter value is invalid") }
            _ = parts.insert(text, for: name)
        }
        guard !parts.isEmpty else { throw RestLiError("Batch key parameter value is invalid") }
        return parts
    }
}

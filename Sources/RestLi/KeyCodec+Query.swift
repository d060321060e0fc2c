// SPDX-License-Identifier: Apache-2.0

/// The `ids` parameter of a batch.
extension KeyCodec {
    /// Spells the keys of a batch as a query string.
    ///
    /// 1.0.0: `ids%5B0%5D.a=x&ids%5B0%5D.b=y`, simple keys `ids=a&ids=b`. 2.0.0: `ids=List((a:x,b:y),…)`.
    ///
    /// - Parameter compound: 1.0.0 only: association keys, each one text, `ids=a%3Dx%26b%3Dy`.
    package static func idsQuery(_ keys: [EntityKey], _ version: ProtocolVersion, compound: Bool = false) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(keys.count * 128)
        switch version {
        case .v1:
            for (index, key) in keys.enumerated() {
                guard case .parts(let parts) = key, !compound else {
                    QueryCodec.separate(&out)
                    out += "ids=".utf8
                    append(key, in: .query, .v1, to: &out)
                    continue
                }
                let place = "ids%5B\(index)%5D."
                for part in parts {
                    QueryCodec.separate(&out)
                    out += place.utf8
                    PercentEncoding.append(Flattening.escape(part.name), keeping: .queryV1, to: &out)
                    out.append(UInt8(ascii: "="))
                    PercentEncoding.append(part.value, keeping: .queryV1, to: &out)
                }
            }
        case .v2:
            out += "ids=List(".utf8
            for (index, key) in keys.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                append(key, in: .query, .v2, to: &out)
            }
            out.append(UInt8(ascii: ")"))
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The keys of a batch, in the query's order and without repetitions (the framework keeps a set).
    ///
    /// - Parameter query: decoded with `QueryCodec`.
    /// - Throws: `RestLiError` 400 `Batch key parameter value is invalid`.
    package static func ids(from query: [String: Parameter], simple: Bool) throws(RestLiError) -> [EntityKey] {
        let elements: [Parameter]
        switch query["ids"] {
        case .list(let list): elements = list
        case .text("") where simple, nil: elements = []
        case .some(let one): elements = [one]
        }
        var keys: [EntityKey] = []
        keys.reserveCapacity(elements.count)
        var seen: Set<EntityKey> = []
        for element in elements {
            let key = try self.key(element, simple: simple)
            if seen.insert(key).inserted { keys.append(key) }
        }
        return keys
    }

    private static func key(_ element: Parameter, simple: Bool) throws(RestLiError) -> EntityKey {
        switch element {
        case .text(let text) where simple: return .simple(text)
        case .map(let members) where !simple: return .parts(try parts(members))
        case .text(let text):  // a compound key of 1.0.0; the query has undone the outer encoding
            do throws(RestLiError) {
                return .parts(
                    try withBytes(text) { (bytes) throws(RestLiError) in
                        try joined(bytes) { (value) throws(RestLiError) in
                            try PercentEncoding.decode(value, plusAsSpace: true)
                        }
                    })
            } catch {
                throw RestLiError("Batch key parameter value is invalid")
            }
        default: throw RestLiError("Batch key parameter value is invalid")
        }
    }
}

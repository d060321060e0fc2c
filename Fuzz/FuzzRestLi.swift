// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import RestLi

/// The Rest.li codec: nothing crashes, and whatever is decoded survives being spelled and decoded again. The first
/// byte chooses what is fuzzed.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let start, count > 1 else { return 0 }
    let body = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
    let text = String(decoding: body, as: UTF8.self)
    let version: ProtocolVersion = start[0] & 1 == 0 ? .v1 : .v2
    switch start[0] >> 1 & 3 {
    case 0: query(text, version)
    case 1: key(text, version)
    case 2: tunnel(start[0], body)
    default: documents(text, body, version)
    }
    return 0
}

private func query(_ text: String, _ version: ProtocolVersion) {
    guard var decoded = try? QueryCodec.decode(text, version) else { return }
    // `fields.a=x` flattens to an object, which the grammar of `fields` cannot say.
    for name in ["fields", "metadataFields", "pagingFields"] where decoded[name]?.text == nil { decoded[name] = nil }
    let again = QueryCodec.encode(decoded.sorted { $0.key < $1.key }, .v2)
    check((try? QueryCodec.decode(again, .v2)) == decoded, "a query does not survive")
    for simple in [true, false] {
        guard let ids = try? KeyCodec.ids(from: decoded, simple: simple), !ids.isEmpty else { continue }
        for version in ProtocolVersion.allCases {
            let spelled = KeyCodec.idsQuery(ids, version)
            let read = (try? QueryCodec.decode(spelled, version)).flatMap {
                try? KeyCodec.ids(from: $0, simple: simple)
            }
            // A single empty simple id cannot be told from none.
            check(read == ids || ids == [.simple("")] || !isNamed(ids), "ids do not survive")
        }
    }
}

/// Whether every part has a name that 1.0.0 can say.
private func isNamed(_ keys: [EntityKey]) -> Bool {
    keys.allSatisfy { key in
        guard case .parts(let parts) = key else { return true }
        return parts.allSatisfy { !$0.name.isEmpty && !$0.name.hasPrefix("$params") }
    }
}

private func key(_ text: String, _ version: ProtocolVersion) {
    for place in KeyPlace.allCases {
        for simple in [true, false] {
            guard let key = try? KeyCodec.decode(text, in: place, version, simple: simple) else { continue }
            // An id header may be raw or encoded, so a decoded `%41` in it is read once more.
            if place == .header && simple || !isNamed([key]) { continue }
            let spelled = KeyCodec.encode(key, in: place, version)
            check((try? KeyCodec.decode(spelled, in: place, version, simple: simple)) == key, "a key does not survive")
        }
    }
    _ = KeyCodec.readings(text, simple: true)
    _ = KeyCodec.readings(text, simple: false)
}

private func tunnel(_ choice: UInt8, _ body: [UInt8]) {
    let type = choice & 64 == 0 ? "multipart/mixed; boundary=B" : "application/x-www-form-urlencoded"
    guard let original = try? Tunnel.decode(http: "POST", override: "PUT", query: "", contentType: type, body: body),
        !original.query.isEmpty, !original.body.isEmpty
    else { return }
    let again = Tunnel.encode(
        http: "PUT", path: "/", query: original.query, body: original.body, contentType: "application/json")
    let read = try? Tunnel.decode(
        http: "POST", override: "PUT", query: "", contentType: again.headers[1].value, body: again.body)
    check(read?.query == original.query && read?.body == original.body, "a tunnelled request does not survive")
}

private func documents(_ text: String, _ body: [UInt8], _ version: ProtocolVersion) {
    if let entities = try? Envelope.entities(in: body) {
        for entity in entities {
            check((try? JSONValue(parsing: Array(body[entity.range]))) != nil || isDeepOrLarge(body), "a bad range")
        }
        _ = try? Envelope.match(entities, to: [.parts(["a": "1"])], version, simple: false)
    }
    _ = try? Envelope.elements(in: body)
    _ = (try? BatchAnswer(body))?.outcomes(for: [.simple("a"), .parts(["a": "1"])], simple: false)
    _ = try? CreateAnswer.read(body)
    _ = try? CollectionPage(body)
    _ = ErrorBody.decode(body, status: 500)
    if let value = try? JSONValue(parsing: body) {
        if let patch = try? PatchDocument.parse(value) {
            check(
                (try? JSONValue(parsing: patch.bytes)).flatMap { try? PatchDocument.parse($0) } == patch,
                "a patch does not survive")
        }
        _ = (try? Projection.parse("a,b:($*:(c)),-d,$start:1,$count:2"))?.apply(to: value)
    }
    _ = (try? Projection.parse(text))?.apply(to: ["a": [1, ["b": 2]], "c": nil])
}

/// Numbers that are too large are found only when they are made.
private func isDeepOrLarge(_ body: [UInt8]) -> Bool {
    body.contains { $0 | 0x20 == UInt8(ascii: "e") } || body.count > 300
}

/// Ends the run with a message, also in an optimised build.
private func check(_ holds: Bool, _ message: String) {
    if !holds { fatalError(message) }
}

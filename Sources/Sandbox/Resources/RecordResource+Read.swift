// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn
internal import RestLi
internal import SQLFile

extension RecordResource {
    /// Reads records; `fields` projects them. Candidates carry both match fields (sync-candidates: documented).
    func get(_ items: [Item], _ call: Call) async throws -> [(key: EntityKey, outcome: RecordOutcome)] {
        let view = RecordView(
            face: rules(for: call).face, fields: try call.query["fields"]?.text.map(RecordView.Fields.init),
            delay: .seconds(call.switches.matchSeconds), persons: core.personIDs(application: call.application.number),
            now: call.now)
        let gate = gate(call)
        let addresses = items.map(\.address)
        let (kind, faults) = (kind, call.faults)
        let outcomes = try await core.world.read { tx in
            var gate = gate
            return try addresses.enumerated().map { position, address -> RecordOutcome in
                let tenancy = try gate.tenancy(address.organization, tx)
                if faults.strikes(position) { return .failed(.planned) }
                let place = EntityPlace(tenancy: tenancy, kind: kind, parent: address.parent, id: address.id)
                guard let stored = try tx.entity(place) else { return .failed(.unknown) }
                return .entity(try view.bytes(stored, tx))
            }
        }
        return zip(items, outcomes).map { ($0.key, $1) }
    }
}

/// Shows stored records in a surface's names.
struct RecordView: Sendable {
    let face: RecordFace
    let fields: Fields?
    /// How long a candidate takes to be matched.
    let delay: Duration
    let persons: PersonIDs
    let now: Moment

    /// A field projection.
    struct Fields: Sendable {
        let projection: Projection
        /// Whether nothing but a candidate's match is asked for: what every partner polls.
        let isMatchOnly: Bool

        init(_ text: String) throws {
            projection = try Projection.parse(text)
            isMatchOnly = text.split(separator: ",").allSatisfy {
                $0 == "matchedMembers" || $0 == "manualMatchedMember"
            }
        }
    }

    func bytes(_ stored: StoredEntity, _ tx: SQLTransaction) throws -> [UInt8] {
        guard face.kind == .candidate else { return try project(stored.body, []) }
        let matched = try tx.matchedMembers(stored, delay: delay, at: now).map { persons.urn(ofMember: $0) }
        var extras: [(String, JSONValue)] = []
        // UNVERIFIED: whether an unmatched candidate has an empty list or none; an array of person URNs is inferred
        // as well.
        if !matched.isEmpty { extras.append(("matchedMembers", .array(matched.map { .string($0) }))) }
        if let manual = stored.manual { extras.append(("manualMatchedMember", .string(manual))) }
        return try project(fields?.isMatchOnly == true ? Array("{}".utf8) : stored.body, extras)
    }

    private func project(_ body: [UInt8], _ extras: [(String, JSONValue)]) throws -> [UInt8] {
        if fields == nil && !face.surface.isVersioned { return Self.splice(body, extras) }
        var object = try JSONValue(parsing: body).object ?? [:]
        for (name, value) in extras { object[name] = value }
        let shown = JSONValue.object(face.shown(object))
        return (fields?.projection.apply(to: shown) ?? shown).bytes
    }

    /// The stored bytes with some more members at their end.
    private static func splice(_ body: [UInt8], _ extras: [(String, JSONValue)]) -> [UInt8] {
        guard !extras.isEmpty, let end = body.lastIndex(of: UInt8(ascii: "}")) else { return body }
        var bytes = Array(body[..<end])
        let tail = JSONValue.object(JSONObject(extras)).bytes
        // `{` and white space only: the record had no members.
        let isEmpty = !bytes.dropFirst().contains { $0 > 0x20 }
        if !isEmpty { bytes.append(UInt8(ascii: ",")) }
        bytes += tail.dropFirst()
        return bytes
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn
internal import RestLi
internal import SQLFile

extension RecordResource {
    /// Changes some fields and leaves the others. What it is for is `manualMatchedMember` of candidates; other fields
    /// work the same way (the framework's patch format; that LinkedIn takes them is UNVERIFIED).
    func patch(_ items: [Item], _ call: Call) async throws -> [(key: EntityKey, outcome: RecordOutcome)] {
        // No batch_partial_update is listed for candidates there (release notes 2026-03; protocol reference 9, item
        // 25).
        if call.surface.isVersioned && kind == .candidate { throw call.unsupported }
        let rules = rules(for: call)
        let patches = try call.body.withUnsafeBytes { bytes in
            try items.enumerated().map { position, item -> Result<PatchDocument, RecordProblem> in
                if call.faults.strikes(position) { return .failure(.planned) }
                let value = try readingBody {
                    try JSONValue(parsing: UnsafeRawBufferPointer(rebasing: bytes[item.body ?? 0..<0]))
                }
                return Result { () throws(RestLiError) in try PatchDocument.parse(value) }.mapError(RecordProblem.init)
            }
        }
        let writer = RecordWriter(kind: kind, switches: call.switches, now: call.now)
        let gate = gate(call)
        let addresses = items.map(\.address)
        let outcomes = try await core.world.write { tx in
            var gate = gate
            var writer = writer
            let outcomes = try zip(addresses, patches).map { address, patch -> RecordOutcome in
                let tenancy = try gate.tenancy(address.organization, tx)
                switch patch {
                case .failure(let problem): return .failed(problem)
                case .success(let patch): return try rules.apply(patch, address, tenancy, &writer, tx)
                }
            }
            try writer.finish(tx)
            return outcomes
        }
        return zip(items, outcomes).map { ($0.key, $1) }
    }
}

extension RecordRules {
    /// Reads the record, changes it, checks it as a whole, and writes it back.
    fileprivate func apply(
        _ patch: PatchDocument, _ address: RecordAddress, _ tenancy: Int64, _ writer: inout RecordWriter,
        _ tx: SQLTransaction
    ) throws -> RecordOutcome {
        let place = EntityPlace(tenancy: tenancy, kind: face.kind, parent: address.parent, id: address.id)
        if face.kind == .candidate, let match = Self.manualMatch(patch) {
            guard let member = match,
                !Array(member.utf8).withUnsafeBytes({ Formats.isURN($0, [Array("urn:li:person:".utf8)]) })
            else {
                return try tx.setManualMatch(place, match, at: writer.now.millis) ? .done(204) : .failed(.unknown)
            }
            return .failed(Self.badMember)
        }
        guard let stored = try tx.entity(place) else { return .failed(.unknown) }
        var object = face.shown(try JSONValue(parsing: stored.body).object ?? [:])
        if let manual = stored.manual { object["manualMatchedMember"] = .string(manual) }
        let changed: JSONObject
        do {
            changed = try patch.apply(to: object)
        } catch {
            return .failed(RecordProblem(error))
        }
        var sketch = sketch
        switch try JSONValue.object(changed).bytes.withUnsafeBytes({ try check($0, &sketch) }) {
        case .failure(let problem): return .failed(problem)
        case .success(let record):
            if record.needsStoredMatch { return .failed(Self.emailMissing) }
            // Here a member that is gone was taken away, so nothing is kept.
            if face.kind == .candidate {
                _ = try tx.setManualMatch(place, record.content.manual, at: writer.now.millis)
            }
            return try writer.store(record, address, tenancy, tx)
        }
    }

    /// What a patch of nothing but the manual match sets it to: the usual one, which needs no look at the record.
    ///
    /// - Returns: nil for any other patch, a nil inside for unlinking.
    private static func manualMatch(_ patch: PatchDocument) -> String?? {
        guard patch.children.isEmpty else { return nil }
        switch (patch.set.keys, patch.delete) {
        case (["manualMatchedMember"], []): return patch.set["manualMatchedMember"]?.string.map { .some($0) } ?? nil
        case ([], ["manualMatchedMember"]): return .some(nil)
        default: return nil
        }
    }

    private static let badMember: RecordProblem = {
        var complaints = Complaints()
        complaints.add("/manualMatchedMember", Complaints.badURN)
        return .invalid(complaints)
    }()
}

// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import RestLi
internal import SQLFile

extension RecordResource {
    /// A record that was looked at, and where it goes.
    private struct Prepared: Sendable {
        var address: RecordAddress
        var record: Result<CheckedRecord, RecordProblem>
    }

    /// PUT replaces: what is left out is gone, except a candidate's manual match (protocol reference 9, item 24).
    func update(_ items: [Item], _ call: Call) async throws -> [(key: EntityKey, outcome: RecordOutcome)] {
        let prepared = try check(items, call)
        let writer = RecordWriter(kind: kind, switches: call.switches, now: call.now)
        let gate = gate(call)
        let outcomes = try await core.world.write { tx in
            var gate = gate
            var writer = writer
            let outcomes = try prepared.map { one -> RecordOutcome in
                let tenancy = try gate.tenancy(one.address.organization, tx)
                switch one.record {
                case .failure(let problem): return .failed(problem)
                case .success(let record): return try writer.store(record, one.address, tenancy, tx)
                }
            }
            try writer.finish(tx)
            return outcomes
        }
        return zip(items, outcomes).map { ($0.key, $1) }
    }

    private func check(_ items: [Item], _ call: Call) throws -> [Prepared] {
        let rules = rules(for: call)
        var sketch = rules.sketch
        return try call.body.withUnsafeBytes { bytes in
            try items.enumerated().map { position, item in
                if call.faults.strikes(position) { return Prepared(address: item.address, record: .failure(.planned)) }
                let body = UnsafeRawBufferPointer(rebasing: bytes[item.body ?? 0..<0])
                // A batch was read to its end already; the body of a single record is read here for the first time.
                return Prepared(address: item.address, record: try readingBody { try rules.check(body, &sketch) })
            }
        }
    }
}

/// Stores records one after another in one transaction, and the tallies at its end.
struct RecordWriter {
    let kind: EntityKind
    let switches: Switches
    let now: Moment
    private var added: [Int64: Int] = [:]
    /// Parents looked up already: a batch of notes usually has one.
    private var parents: [EntityPlace: Bool] = [:]

    init(kind: EntityKind, switches: Switches, now: Moment) {
        self.kind = kind
        self.switches = switches
        self.now = now
    }

    mutating func store(
        _ record: CheckedRecord, _ address: RecordAddress, _ tenancy: Int64, _ tx: SQLTransaction
    ) throws -> RecordOutcome {
        if let parent = kind.parent, switches.parentMustExist {
            let place = EntityPlace(tenancy: tenancy, kind: parent, id: address.parent)
            if try !isThere(place, tx) { return .failed(.unknownParent(parent)) }
        }
        let place = EntityPlace(tenancy: tenancy, kind: kind, parent: address.parent, id: address.id)
        if record.needsStoredMatch, try !switches.putKeepsManualMatch || tx.manualMatch(place) == nil {
            return .failed(RecordRules.emailMissing)
        }
        if try tx.storeEntity(place, record.content, keepsManual: switches.putKeepsManualMatch, at: now.millis) {
            added[tenancy, default: 0] += 1
        }
        // 204 for new records too: that is what the samples of notes and stages show (documented).
        return .done(204)
    }

    func finish(_ tx: SQLTransaction) throws {
        for (tenancy, count) in added { try tx.addToTally(tenancy: tenancy, kind: kind, count) }
    }

    private mutating func isThere(_ place: EntityPlace, _ tx: SQLTransaction) throws -> Bool {
        if let known = parents[place] { return known }
        let found = try tx.hasEntity(place)
        parents[place] = found
        return found
    }
}

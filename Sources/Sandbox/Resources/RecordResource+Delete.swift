// SPDX-License-Identifier: Apache-2.0

internal import RestLi
internal import SQLFile

extension RecordResource {
    /// Deletes records and what hangs on them: a candidate's notes; an application's notes, stages and feedback
    /// (documented). An unknown key is a 404 of its own (UNVERIFIED), so deleting twice is harmless.
    func delete(_ items: [Item], _ call: Call) async throws -> [(key: EntityKey, outcome: RecordOutcome)] {
        let gate = gate(call)
        let addresses = items.map(\.address)
        let (kind, faults) = (kind, call.faults)
        let strictly = call.switches.cascadeToApplications
        let outcomes = try await core.world.write { tx in
            var gate = gate
            return try addresses.enumerated().map { position, address -> RecordOutcome in
                let tenancy = try gate.tenancy(address.organization, tx)
                if faults.strikes(position) { return .failed(.planned) }
                let place = EntityPlace(tenancy: tenancy, kind: kind, parent: address.parent, id: address.id)
                return try tx.deleteEntity(place, strictly: strictly) ? .done(204) : .failed(.unknown)
            }
        }
        return zip(items, outcomes).map { ($0.key, $1) }
    }
}

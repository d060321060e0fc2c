// SPDX-License-Identifier: Apache-2.0

internal import Domain
internal import JSONBytes

/// Reads one record in one pass: each member's value is checked and written at once, as LinkedIn's JSON, to `scratch`;
/// its slot remembers where. No tree, no `String` for a text without escapes.
struct RecordReader {
    /// What is known about one field.
    struct Slot {
        enum State { case absent, bad, filled }
        var state = State.absent
        /// The fragment in `scratch`.
        var start = 0
        var end = 0
        /// A time in milliseconds; 1 or 0 for a flag.
        var number: Int64 = 0
        /// The member as it was spelled.
        var name: JSONName?
    }

    enum PathPart {
        case member(JSONName)
        case index(Int)
    }

    /// The kind that a member `type` must name.
    var expectedKind: RecordKind?
    /// A name that means another field than usual: a single feedback's `type` is the kind of interview.
    var redirect: (from: Int, to: Int)?
    var scratch: [UInt8] = []
    var assembly: [UInt8] = []
    var slots: [Slot] = []
    var path: [PathPart] = []
    /// Ids as texts, because keys need them; the last one of a slot counts.
    var ids: [(slot: Int, text: String)] = []
    var problems: [Problem] = []
    var warnings: [Problem] = []
    let unknownNames: UnknownNames

    init(unknownNames: UnknownNames) {
        self.unknownNames = unknownNames
        scratch.reserveCapacity(2048)
        slots.reserveCapacity(48)
    }

    /// Reads an object's members into slots that begin at `base`, which must exist.
    ///
    /// - Throws: `JSONError` only: whatever else is wrong becomes a problem.
    mutating func members(_ reader: inout JSONReader, _ table: ObjectTable, base: Int) throws {
        try reader.object { reader, name in
            guard let found = table.names.find(name) else {
                warnUnknown(name.string, table)
                _ = try reader.skip()
                return
            }
            let isRedirected = base == 0 && redirect?.from == found
            try member(&reader, name, table, base, isRedirected ? redirect?.to ?? found : found)
        }
    }

    private mutating func member(
        _ reader: inout JSONReader, _ name: JSONName, _ table: ObjectTable, _ base: Int, _ field: Int
    ) throws {
        let plan = table.plans[field]
        if slots[base + field].state == .bad { forget(slots[base + field].name) }
        path.append(.member(name))
        defer { path.removeLast() }
        if plan.reading == .spread { clear(table.inner[plan.part].slotCount, from: base + plan.base) }
        slots[base + field] = Slot()
        if let implied = plan.implied { slots[base + implied] = Slot() }
        if try reader.null() { return }

        var slot = Slot()
        slot.name = name
        slot.start = scratch.count
        let kind = try reader.peek()
        if plan.isList, kind == .array {
            slot.state = try list(&reader, plan, table, base, &slot)
        } else {
            slot.state = try single(&reader, plan, table, base, &slot)
        }
        slot.end = scratch.count
        slots[base + field] = slot
        if plan.reading == .id, slot.state == .filled, let last = ids.indices.last { ids[last].slot = base + field }
        if let implied = plan.implied, slot.state == .filled {
            fill(base + implied, table.fields[field].implied?.symbol ?? "")
        }
    }

    private mutating func list(
        _ reader: inout JSONReader, _ plan: ObjectTable.Plan, _ table: ObjectTable, _ base: Int, _ slot: inout Slot
    ) throws -> Slot.State {
        let start = scratch.count
        var isBad = false
        var inner = slot
        try reader.array { reader, index in
            if try reader.null() { return }
            path.append(.index(index))
            defer { path.removeLast() }
            guard index < ATSType.listLimit else {
                if index == ATSType.listLimit {
                    problem(.tooMany, "has more than \(ATSType.listLimit) elements; send the most important ones")
                }
                isBad = true
                _ = try reader.skip()
                return
            }
            let before = scratch.count
            if before > start { scratch.append(UInt8(ascii: ",")) }
            switch try single(&reader, plan, table, base, &inner) {
            case .filled: return
            case .bad: isBad = true
            case .absent: break
            }
            scratch.removeSubrange(before...)
        }
        return isBad ? .bad : scratch.count > start ? .filled : .absent
    }

    /// A record of its own: an address. Its slots live on top of the others while it is read.
    mutating func record(_ reader: inout JSONReader, _ inner: ObjectTable) throws -> Slot.State {
        let base = slots.count
        let before = problems.count
        let start = scratch.count
        slots.append(contentsOf: repeatElement(Slot(), count: inner.slotCount))
        defer { slots.removeSubrange(base...) }
        try members(&reader, inner, base: base)
        requireFields(inner, base: base)
        if problems.count > before { return .bad }
        assemble(inner, base: base)
        scratch.removeSubrange(start...)
        if assembly.count == 2 { return .absent }  // {}
        scratch.append(contentsOf: assembly)
        return .filled
    }

    /// Adds a problem for every required field that is absent.
    mutating func requireFields(_ table: ObjectTable, base: Int) {
        for field in table.required where slots[base + field].state == .absent {
            let name = table.fields[field].name
            problem(.required, below: name, "\(name) is missing; \(table.anyOne) needs it")
        }
    }

    private mutating func clear(_ count: Int, from base: Int) {
        for index in base..<(base + count) { slots[index] = Slot() }
    }

    private mutating func fill(_ slot: Int, _ symbol: String) {
        var filled = Slot(state: .filled, start: scratch.count)
        scratch.append(contentsOf: "\"\(symbol)\"".utf8)
        filled.end = scratch.count
        slots[slot] = filled
    }
}

// SPDX-License-Identifier: Apache-2.0

internal import Domain
internal import JSONBytes

/// The work on one record: read, apply the rules that span fields, write.
struct Pass {
    let table: KindTable
    let settings: Intake.Settings
    var reader: RecordReader

    init(_ kind: RecordKind, _ settings: Intake.Settings, _ unknownNames: UnknownNames, typeMeansKind: Bool) {
        table = KindTable.of(kind)
        self.settings = settings
        reader = RecordReader(unknownNames: unknownNames)
        reader.expectedKind = kind
        if !typeMeansKind, let other = table.object.slot("interviewType") { reader.redirect = (table.type, other) }
    }

    mutating func run(_ bytes: UnsafeRawBufferPointer, parent: String?, id: String?, mayDelete: Bool) -> Checked {
        reader.slots.append(contentsOf: repeatElement(RecordReader.Slot(), count: table.object.slotCount))
        do {
            var json = JSONReader(bytes)
            guard try json.peek() == .object else {
                return Checked(
                    change: nil,
                    problems: [Problem(pointer: "", code: .type, message: "The record must be a JSON object")])
            }
            try reader.members(&json, table.object, base: 0)
            try json.end()
        } catch {
            return Checked(change: nil, problems: [Self.problem(error)])
        }
        return decide(parent: parent, id: id, mayDelete: mayDelete)
    }

    mutating func delete(parent: String?, id: String) -> Checked {
        reader.slots.append(contentsOf: repeatElement(RecordReader.Slot(), count: table.object.slotCount))
        guard let key = key(parent: parent, id: id) else { return Checked(change: nil, problems: reader.problems) }
        return Checked(change: .delete(key))
    }

    static func problem(_ error: any Error) -> Problem {
        let place = (error as? JSONError).map { $0.description } ?? "unreadable"
        return Problem(pointer: "", code: .json, message: "The record is not valid JSON: \(place)")
    }
}

extension Pass {
    private mutating func decide(parent: String?, id: String?, mayDelete: Bool) -> Checked {
        let fieldProblems = reader.problems
        let isDeletion = reader.slots[table.deleted].state == .filled && reader.slots[table.deleted].number == 1
        if isDeletion {
            // Only the key counts: what else is in the line does not matter any more.
            reader.problems = fieldProblems.filter { keyPointers.contains($0.pointer) }
        }
        let key = key(parent: parent, id: id)
        if isDeletion {
            if !mayDelete {
                reader.problem(
                    .mismatch, below: "deleted", "deleted belongs in bulk lines; to delete this record send DELETE")
            }
            guard let key, reader.problems.isEmpty else { return refused }
            return Checked(change: .delete(key), warnings: reader.warnings)
        }
        requireFields()
        checkKindRules()
        guard let key, reader.problems.isEmpty else { return refused }
        return Checked(change: .put(write(key)), warnings: reader.warnings)
    }

    private var refused: Checked { Checked(change: nil, problems: reader.problems, warnings: reader.warnings) }

    private var keyPointers: Set<String> {
        Set(
            [table.id, table.parent, table.type, table.deleted].compactMap { $0 }.map { slot in
                RecordReader.token(reader.slots[slot].name?.string ?? table.object.fields[slot].name)
            })
    }
}

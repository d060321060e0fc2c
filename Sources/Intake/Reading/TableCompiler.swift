// SPDX-License-Identifier: Apache-2.0

internal import LinkedIn

/// Turns field tables into plans, slots and targets.
struct TableCompiler {
    var fields: [ATSField]
    var plans: [ObjectTable.Plan] = []
    var spellings: [(String, Int)] = []
    var inner: [ObjectTable] = []
    var plains: [ATSRecord.Plain] = []
    var choices: [ChoiceTable] = []
    var impliedSlots: [(linkedIn: String, slot: Int)] = []
    var slotCount = 0

    mutating func compile(_ controls: [(name: String, reading: ObjectTable.Reading)]) {
        let own = fields
        for field in own { add(plan(field.type), for: field) }
        for (position, field) in own.enumerated() {
            if case .record(let record) = field.type, record.schema == nil { spread(record, of: field, at: position) }
        }
        for control in controls {
            spellings.append((control.name, plans.count))
            plans.append(ObjectTable.Plan(reading: control.reading))
            fields.append(ATSField(control.name, .flag, to: nil, example: "", ""))
        }
        slotCount = plans.count
        for (position, field) in own.enumerated() {
            guard let implied = field.implied else { continue }
            plans[position].implied = slotCount
            impliedSlots.append((implied.linkedIn, slotCount))
            slotCount += 1
        }
    }

    private mutating func add(_ plan: ObjectTable.Plan, for field: ATSField) {
        for spelling in field.spellings { spellings.append((spelling, plans.count)) }
        var plan = plan
        plan.isRequired = field.isRequired
        plans.append(plan)
    }

    /// Gives the fields of a record that LinkedIn keeps in the entity itself slots of the entity, and flat names.
    private mutating func spread(_ record: ATSRecord, of field: ATSField, at position: Int) {
        plans[position].base = plans.count
        for part in record.fields {
            let flat = field.name + part.name.prefix(1).uppercased() + part.name.dropFirst()
            var named = part
            named.name = flat
            named.aliases = [part.linkedIn].compactMap { $0 }
            fields.append(named)
            add(plan(part.type), for: named)
        }
    }

    private mutating func plan(_ type: ATSType) -> ObjectTable.Plan {
        switch type {
        case .id: return ObjectTable.Plan(reading: .id, max: ATSType.longestID)
        case .text(let min, let max): return ObjectTable.Plan(reading: .text, min: min, max: max)
        case .email: return ObjectTable.Plan(reading: .email, max: 1_000)
        case .url: return ObjectTable.Plan(reading: .url, max: 4_000)
        case .linkedInURL: return ObjectTable.Plan(reading: .linkedInURL, max: 4_000)
        case .time: return ObjectTable.Plan(reading: .time)
        case .flag: return ObjectTable.Plan(reading: .flag)
        case .country: return ObjectTable.Plan(reading: .country, max: 1_000)
        case .person: return ObjectTable.Plan(reading: .person)
        case .choice(let words):
            choices.append(ChoiceTable(words))
            return ObjectTable.Plan(reading: .choice, part: choices.count - 1)
        case .list(let element):
            var plan = plan(element)
            plan.isList = true
            return plan
        case .record(let record):
            inner.append(ObjectTable(record))
            plains.append(record.plain)
            return ObjectTable.Plan(reading: record.schema == nil ? .spread : .record, part: inner.count - 1)
        }
    }

    /// The members of LinkedIn's object in the catalogue's order, each with the slots that may fill it.
    func targets(_ schema: EntitySchema) -> [ObjectTable.Target] {
        schema.fields.compactMap { field in
            let sources = fields.indices.filter { fields[$0].linkedIn == field.name }
            let implied = impliedSlots.filter { $0.linkedIn == field.name }.map(\.slot)
            guard !sources.isEmpty || !implied.isEmpty else { return nil }
            var isList = false
            if case .array = field.type { isList = true }
            return ObjectTable.Target(
                name: Array("\"\(field.name)\":".utf8), sources: sources + implied, isList: isList,
                isRequiredList: isList && field.isRequired, fallback: fallback(sources))
        }
    }

    private func fallback(_ sources: [Int]) -> ObjectTable.Fallback {
        for source in sources {
            switch fields[source].fallback {
            case .nothing: continue
            case .symbol(let symbol): return .fragment(Array("\"\(symbol)\"".utf8))
            case .sameAs(let name): return fields.firstIndex { $0.name == name }.map { .slot($0) } ?? .nothing
            case .profileURL: return .profileURL
            case .availability: return .availability
            }
        }
        return .nothing
    }
}

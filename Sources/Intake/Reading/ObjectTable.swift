// SPDX-License-Identifier: Apache-2.0

internal import LinkedIn

/// How one object of our language becomes one object of LinkedIn's: the field tables, compiled for a single pass.
///
/// Every field owns a slot. Reading fills slots, in whatever order the members come; writing walks `targets`, which are
/// in the catalogue's order, so that equal records have equal bytes.
///
/// A class, so that the hot path hands on one reference.
final class ObjectTable: Sendable {
    /// What a slot's value is read as.
    enum Reading: Sendable {
        case id, text, email, url, linkedInURL, time, flag, country, person
        case choice, record, spread, recordType
    }

    /// How to read one field. The plain numbers keep the hot path free of reference counting.
    struct Plan: Sendable {
        var reading: Reading
        var isList = false
        var isRequired = false
        var min = 0
        var max = Int.max
        /// Position in `inner` or `choices`.
        var part = 0
        /// Where the slots of a spread record begin.
        var base = 0
        /// The slot of the LinkedIn field that follows from this one.
        var implied: Int?
    }

    /// One member of LinkedIn's object.
    struct Target: Sendable {
        /// `"firstName":`
        var name: [UInt8]
        var sources: [Int]
        var isList: Bool
        /// Written even when empty: LinkedIn wants `addresses` and `phoneNumbers` present.
        var isRequiredList: Bool
        var fallback: Fallback
    }

    enum Fallback: Sendable {
        case nothing, profileURL, availability
        case fragment([UInt8])
        case slot(Int)
    }

    /// What people call such an object: `candidate`, `address`.
    let name: String
    let fields: [ATSField]
    let plans: [Plan]
    let names: NameTable
    let targets: [Target]
    let inner: [ObjectTable]
    let plains: [ATSRecord.Plain]
    let choices: [ChoiceTable]
    let slotCount: Int
    let required: [Int]
    /// A field's name → its slot.
    let positions: [String: Int]

    /// - Parameters:
    ///   - schema: LinkedIn's object; nil when the fields go into the object around it.
    ///   - controls: names that are only ours, with the slots behind the fields' own.
    init(name: String, fields: [ATSField], schema: EntitySchema?, controls: [(name: String, reading: Reading)] = []) {
        var compiler = TableCompiler(fields: fields)
        compiler.compile(controls)
        self.name = name
        self.fields = compiler.fields
        plans = compiler.plans
        names = NameTable(compiler.spellings)
        inner = compiler.inner
        plains = compiler.plains
        choices = compiler.choices
        targets = schema.map { compiler.targets($0) } ?? []
        slotCount = compiler.slotCount
        positions = Dictionary(
            compiler.fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        required = compiler.plans.indices.filter { compiler.plans[$0].isRequired }
    }

    convenience init(_ record: ATSRecord) { self.init(name: record.name, fields: record.fields, schema: record.schema) }

    /// `a candidate`, `an address`.
    var anyOne: String { ("aeiou".contains(name.first ?? "x") ? "an " : "a ") + name }

    func slot(_ name: String) -> Int? { positions[name] }
}

/// The words of a choice, folded, with the JSON of LinkedIn's symbol.
struct ChoiceTable: Sendable {
    let symbols: [String: [UInt8]]
    /// `open or closed`
    let words: String

    init(_ choices: [ATSType.Choice]) {
        var symbols: [String: [UInt8]] = [:]
        for choice in choices {
            for word in [choice.word, choice.symbol] + choice.others {
                symbols[Self.fold(word)] = Array("\"\(choice.symbol)\"".utf8)
            }
        }
        self.symbols = symbols
        words = choices.map(\.word).joined(separator: " or ")
    }

    /// Lower case, letters and digits only.
    static func fold(_ word: String) -> String { word.lowercased().filter { $0.isLetter || $0.isNumber } }
}

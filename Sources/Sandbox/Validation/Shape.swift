// SPDX-License-Identifier: Apache-2.0

/// What a value must look like, in the form the validator walks: names as bytes, limits as numbers.
///
/// Made once from LinkedIn's field catalogue (`Shape+Catalogue.swift`); nothing in here knows the client's types.
indirect enum Shape: Sendable {
    /// Lengths count characters; `never` are texts that may not stand here.
    case text(least: Int, most: Int?, never: [[UInt8]] = [])
    case url
    case email
    /// A whole number; `isPositive` refuses 0 and below.
    case long(isPositive: Bool)
    case flag
    /// One of some words.
    case symbol([[UInt8]])
    /// A URN that starts with one of these; empty accepts any type.
    case urn([[UInt8]])
    case list(Shape, least: Int = 0, most: Int? = nil)
    case record(RecordShape)
    /// `{"member": value}`; the member's name tells the type.
    case union(RecordShape)
    /// A value whose inside is not described.
    case anything
}

/// The fields of a record.
struct RecordShape: Sendable {
    struct Field: Sendable {
        var name: String
        var bytes: [UInt8]
        var isRequired: Bool
        var shape: Shape

        init(_ name: String, isRequired: Bool, _ shape: Shape) {
            self.name = name
            bytes = Array(name.utf8)
            self.isRequired = isRequired
            self.shape = shape
        }
    }

    var name: String
    var fields: [Field]

    /// The fields that must be there, one bit each.
    let required: UInt64

    init(_ name: String, _ fields: [Field]) {
        precondition(fields.count <= 64, "a record shape of more than 64 fields")
        self.name = name
        self.fields = fields
        required = fields.enumerated().reduce(0) { $1.element.isRequired ? $0 | 1 << UInt64($1.offset) : $0 }
    }

    func index(of name: String) -> Int? { fields.firstIndex { $0.name == name } }

    /// The field of a member's name, or nil.
    ///
    /// - Parameter hint: where to look first: senders keep an order, so the field after the last one is nearly always
    ///   right.
    func index(of name: UnsafeRawBufferPointer, hint: Int) -> Int? {
        if hint < fields.count, Self.same(fields[hint].bytes, name) { return hint }
        for index in fields.indices where index != hint && Self.same(fields[index].bytes, name) { return index }
        return nil
    }

    private static func same(_ own: [UInt8], _ other: UnsafeRawBufferPointer) -> Bool {
        guard own.count == other.count else { return false }
        for index in own.indices where own[index] != other[index] { return false }
        return true
    }
}

// SPDX-License-Identifier: Apache-2.0

/// What is wrong with one record, in the words of LinkedIn's data validator: one line per problem, all in one message.
///
/// Line form and the marked texts: "Create jobs", API error details (documented for jobs, taken over for the other
/// resources: inferred). The texts marked UNVERIFIED are those of the open framework's validators; LinkedIn's own are
/// not published.
struct Complaints: Sendable {
    private(set) var message = ""

    var isEmpty: Bool { message.isEmpty }

    /// - Parameter path: with its leading slash, list positions as segments: `/addresses/0/country`.
    mutating func add(_ path: String, _ problem: String) {
        // The line feed is part of the message (documented).
        message += "ERROR :: \(path) :: \(problem)\n"
    }

    // Documented.
    static let missing = "field is required but not found and has no default value"
    static func notCoerced(_ value: String, to type: String) -> String { "\(value) cannot be coerced to \(type)" }
    static func notSymbol(_ value: String) -> String { "\"\(value)\" is not an enum symbol" }
    static let enumWithoutString = "enum type is not backed by a String"
    // Seen in captures.
    static let unknownField = "unrecognized field found but not allowed"
    static let badURN = "Invalid Urn format. Invalid prefix."
    // UNVERIFIED: wording of the framework's validators.
    static let notRecord = "record type is not backed by a DataMap"
    static let notList = "array type is not backed by a DataList"
    static let notUnion = "union type is not backed by a DataMap or null"
    static func badUnionMember(_ name: String) -> String { "\"\(name)\" is not a member type of union" }
    static func length(_ count: Int, least: Int, most: Int?) -> String {
        "length \(count) is out of range \(least)...\(most.map(String.init) ?? "")"
    }
    static func noMatch(_ value: String, _ pattern: String) -> String { "\"\(value)\" does not match \(pattern)" }
    static func notPositive(_ value: String) -> String { "\(value) is not greater than 0" }
    static func before(_ value: Int64, _ field: String) -> String { "\(value) is before \(field)" }
    static func forbidden(_ value: String) -> String { "\"\(value)\" is not allowed" }
    static func future(_ value: Int64) -> String { "\(value) is in the future" }
}

// SPDX-License-Identifier: Apache-2.0

/// A value bound to a `?` in a statement.
package enum SQLValue: Hashable, Sendable {
    case null
    case int(Int64)
    case text(String)
    case blob([UInt8])

    package static func int(_ value: Int) -> Self { .int(Int64(value)) }
    package static func optional(_ value: Int64?) -> Self { value.map(Self.int) ?? .null }
    package static func optional(_ value: String?) -> Self { value.map(Self.text) ?? .null }
    package static func optional(_ value: [UInt8]?) -> Self { value.map(Self.blob) ?? .null }
    package static func flag(_ value: Bool) -> Self { .int(value ? 1 : 0) }
}

// SPDX-License-Identifier: Apache-2.0

/// Why bytes are not the JSON that was asked for. Says where and what was expected, never what was there.
package struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: Sendable, Hashable {
        /// The bytes break the grammar of RFC 8259, or end too early.
        case syntax
        /// More than `JSONReader.depthLimit` arrays and objects inside each other.
        case depth
        /// Well formed so far, but of another kind than the caller asked for.
        case type
        /// A number that does not fit the type asked for.
        case range
        /// Something other than white space follows the value.
        case trailing
        /// A string is not valid UTF-8, or escapes half of a surrogate pair.
        case utf8
    }

    package var code: Code
    /// Where, in bytes from the start of the buffer that was read.
    package var offset: Int
    /// What was expected there.
    package var message: String

    package init(_ code: Code, at offset: Int, _ message: String) {
        self.code = code
        self.offset = offset
        self.message = message
    }

    package var description: String { "\(message), at byte \(offset)" }
}

/// The six kinds of JSON value.
package enum JSONKind: String, Sendable, Hashable {
    case object, array, string, number, bool, null
}

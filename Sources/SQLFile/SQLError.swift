// SPDX-License-Identifier: Apache-2.0

/// Why the database did not do what was asked. Carries SQL text at most, never a bound value.
package struct SQLError: Error, Sendable, CustomStringConvertible {
    package enum Code: Sendable, Hashable {
        /// The disk is full, or the file may not grow. Nothing of the transaction was kept; the same call works once there is room.
        case full
        /// Another process holds the write lock longer than the busy timeout of five seconds.
        case busy
        /// A constraint of the schema was broken.
        case constraint
        /// The file is not one of ours, is damaged, or was written by a newer or altered schema.
        case schema
        /// Reading or writing the file failed.
        case io
        /// The database was closed.
        case closed
        case other
    }

    package var code: Code
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}

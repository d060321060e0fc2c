// SPDX-License-Identifier: Apache-2.0

package import SQLFile

/// Why the store did not do what was asked. The message is safe to show and names the remedy; it holds no candidate's data and no secret.
package struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// The disk is full: nothing of the call was kept, and the same call works once there is room.
        case full
        /// Another process holds the database too long: try again.
        case busy
        /// What was asked contradicts what is stored.
        case conflict
        case notFound
        /// The customer's contract ended, so nothing is taken in for it.
        case ended
        /// The database is damaged, not ours, or of another version.
        case schema
        case io
        case closed
        /// A secret cannot be opened with this master key.
        case sealed
        case other
    }

    package var code: Code
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package init(_ error: SQLError) {
        switch error.code {
        case .full:
            self.init(.full, "the disk is full; nothing of this request was kept, send it again when there is room")
        case .busy: self.init(.busy, "another process holds the database; try again")
        case .constraint: self.init(.conflict, "a rule of the database was broken (\(error.message))")
        case .schema: self.init(.schema, error.message)
        case .io: self.init(.io, "reading or writing the database failed (\(error.message))")
        case .closed: self.init(.closed, "the database is closed")
        case .other: self.init(.other, error.message)
        }
    }

    package var description: String { message }
}

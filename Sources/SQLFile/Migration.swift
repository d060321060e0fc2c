// SPDX-License-Identifier: Apache-2.0

/// One step of a schema: a numbered `.sql` file, forward only, applied in one transaction, its text remembered by hash.
package struct Migration: Sendable {
    package var name: String
    package var sql: String

    package init(name: String, sql: String) {
        self.name = name
        self.sql = sql
    }

    /// From the bytes that `.embedInCode` makes of a file.
    package init(name: String, utf8: [UInt8]) {
        self.init(name: name, sql: String(decoding: utf8, as: UTF8.self))
    }

    /// FNV-1a over the text: enough to notice an edit, which is all it is for.
    var fingerprint: Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in sql.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return Int64(bitPattern: hash)
    }
}

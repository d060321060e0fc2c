// SPDX-License-Identifier: Apache-2.0

import Crypto
package import Domain
package import SQLFile

/// Members that were erased. LinkedIn's pages overlap and its lists repeat, so what was erased would come back with the next reading;
/// only what is newer than the erasure is taken in.
extension SQLTransaction {
    /// Remembers that a member was erased, as a hash.
    func forget(person: String, customer: Int64, at now: Millis) throws {
        try run(
            """
            INSERT INTO forgotten (customer_id, hash, at_ms) VALUES (?, ?, ?)
            ON CONFLICT (customer_id, hash) DO UPDATE SET at_ms = excluded.at_ms
            """, .int(customer), .blob(Self.hash(person, customer)), .int(now.value))
    }

    /// Whether what LinkedIn says of a member is older than the member's erasure.
    ///
    /// - Parameter moment: when it happened at LinkedIn; nil when nobody knows, which counts as long ago.
    package func isForgotten(person: String?, since moment: Millis?, customer: Int64) throws -> Bool {
        guard let person else { return false }
        let erased = try first(
            "SELECT at_ms FROM forgotten WHERE customer_id = ? AND hash = ?",
            [.int(customer), .blob(Self.hash(person, customer))]
        ) { Millis($0.int(0)) }
        guard let erased else { return false }
        return moment.map { $0 <= erased } ?? true
    }

    private static func hash(_ person: String, _ customer: Int64) -> [UInt8] {
        Array(SHA256.hash(data: Array("forgotten/\(customer)/\(person)".utf8)))
    }
}

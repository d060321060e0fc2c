// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// Counts a try before it is made, so that tries at the same time count, too; a success takes it back (`forgiveTry`).
    ///
    /// - Parameters:
    ///   - subjects: SHA-256 of what is tried: a name, an address; each with its patience.
    /// - Returns: until when nothing may be tried; nil when this try may be made.
    package func countTry(_ subjects: [(hash: [UInt8], patience: SignInPatience)], at now: Millis) throws -> Millis? {
        try run("DELETE FROM sign_in_failure WHERE last_ms <= ?", .int((now - SignInPatience.memory).value))
        for subject in subjects {
            let wait = try first("SELECT wait_ms FROM sign_in_failure WHERE subject = ?", [.blob(subject.hash)]) {
                Millis($0.int(0))
            }
            if let wait, now < wait { return wait }
        }
        for subject in subjects {
            let failures = try first(
                """
                INSERT INTO sign_in_failure (subject, failures, last_ms, wait_ms) VALUES (?, 1, ?, 0)
                ON CONFLICT (subject) DO UPDATE SET failures = sign_in_failure.failures + 1, last_ms = excluded.last_ms
                RETURNING failures
                """, [.blob(subject.hash), .int(now.value)]
            ) { $0.int(0) }
            try run(
                "UPDATE sign_in_failure SET wait_ms = ? WHERE subject = ?",
                .int((now + subject.patience.wait(after: failures ?? 1)).value), .blob(subject.hash))
        }
        return nil
    }

    /// The try was none by a stranger: what it cost is given back.
    ///
    /// - Parameters:
    ///   - name: everything about it is forgotten.
    ///   - address: one failure less, because others may share it.
    package func forgiveTry(name: [UInt8], address: [UInt8]) throws {
        try run("DELETE FROM sign_in_failure WHERE subject = ?", .blob(name))
        try run("DELETE FROM sign_in_failure WHERE subject = ? AND failures <= 1", .blob(address))
        try run(
            "UPDATE sign_in_failure SET failures = failures - 1, wait_ms = 0 WHERE subject = ?", .blob(address))
    }
}

// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Synchronization

/// How far this process has checked the audit's chain. A page checks what is new since; everything is checked again when somebody asks,
/// and when the process starts.
final class ChainWatch: Sendable {
    private let known = Mutex(AuditChain())

    /// So many are checked before a page is answered: less than a tenth of a second.
    static let most = 20_000

    /// - Parameter anew: from the first entry on.
    /// - Returns: how far the chain was checked, and how many entries there are.
    func check(_ store: Store, anew: Bool = false) async throws -> (chain: AuditChain, count: Int64) {
        let start = anew ? AuditChain() : known.withLock { $0 }
        let (chain, count) = try await store.read { tx in
            (try tx.verifyAudit(from: start, limit: Self.most), try tx.auditCount())
        }
        known.withLock { $0 = chain }
        return (chain, count)
    }
}

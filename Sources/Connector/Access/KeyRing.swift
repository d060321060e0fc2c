// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import Store
import Synchronization

/// Finds the customer of an API key. Answers are kept for a minute, so that a withdrawn key or changed settings count
/// within that time and a request costs no query.
///
/// Keys are compared by looking their hashes up, which tells nothing through its timing.
package final class KeyRing: Sendable {
    private struct Entry {
        var caller: Caller
        var until: Millis
    }

    private let store: Store
    private let time: any Timekeeper
    private let known = Mutex<[[UInt8]: Entry]>([:])
    private static let most = 10_000

    init(_ store: Store, time: any Timekeeper) {
        self.store = store
        self.time = time
    }

    /// - Throws: `HTTPProblem` 401 with what is missing.
    func caller(of request: Request) async throws -> Caller {
        guard let header = request.headers[.authorization] else {
            throw HTTPProblem.unauthorized(
                "Send the header Authorization: Bearer cwk_… with the key that crosswalk customer add printed.")
        }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].hasPrefix("cwk_"),
            parts[1].utf8.count <= 200
        else {
            throw HTTPProblem.unauthorized(
                "The Authorization header is not the word Bearer and a key that starts with cwk_.")
        }
        let hash = APIKey.hash(String(parts[1]))
        let now = time.now()
        if let entry = known.withLock({ $0[hash] }), now < entry.until { return entry.caller }
        guard let customer = try await store.read({ try $0.customer(forKeyHash: hash) }) else {
            known.withLock { _ = $0.removeValue(forKey: hash) }
            throw HTTPProblem.unauthorized("This key is not known, or it was withdrawn.")
        }
        let caller = Caller(customer, keyHash: hash)
        known.withLock { known in
            if known.count >= Self.most { known.removeAll() }
            known[hash] = Entry(caller: caller, until: now + .seconds(60))
        }
        return caller
    }

    /// Forgets everything at once: keys or settings changed.
    package func forget() { known.withLock { $0.removeAll() } }
}

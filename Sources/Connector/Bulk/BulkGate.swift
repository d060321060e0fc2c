// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// How many bulk bodies are read at once: each holds a few megabytes, so their number bounds the memory.
final class BulkGate: Sendable {
    private let open = Mutex<[Int64: Int]>([:])
    private let perCustomer: Int
    private let total: Int

    init(perCustomer: Int = 8, total: Int = 32) {
        self.perCustomer = perCustomer
        self.total = total
    }

    /// - Throws: `HTTPProblem` 429 when the customer has too many bodies open, 503 when everybody together has.
    func enter(_ caller: Caller) throws {
        try open.withLock { open in
            guard open[caller.number, default: 0] < perCustomer else {
                throw HTTPProblem.tooManyBulkBodies(limit: perCustomer)
            }
            guard open.values.reduce(0, +) < total else {
                throw HTTPProblem.busy("\(total) bulk bodies are being read already. Send this one again in a moment.")
            }
            open[caller.number, default: 0] += 1
        }
    }

    func leave(_ caller: Caller) {
        open.withLock { open in
            let rest = open[caller.number, default: 1] - 1
            open[caller.number] = rest > 0 ? rest : nil
        }
    }
}

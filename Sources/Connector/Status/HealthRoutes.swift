// SPDX-License-Identifier: Apache-2.0

package import Domain
import Hummingbird
import JSONBytes
import ServiceLifecycle
package import Store
import Synchronization

/// For whoever watches the process: alive, ready, and the metrics.
struct HealthRoutes: Sendable {
    let readiness: Readiness
    let registry: MetricsRegistry

    var endpoints: [Endpoint] {
        [.open(.get, "/health/live", live), .open(.get, "/health/ready", ready), .open(.get, "/metrics", metrics)]
    }

    private func live(_ call: Call) async throws -> Response {
        .json { $0.member("status", "live") }
    }

    /// Ready means that a record sent now would be stored: a small write goes to the disk and comes back.
    private func ready(_ call: Call) async throws -> Response {
        if Task.isShuttingDownGracefully { throw HTTPProblem.shuttingDown() }
        try await readiness.check()
        return .json { $0.member("status", "ready") }
    }

    private func metrics(_ call: Call) async throws -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: registry.exposition())))
    }
}

/// Whether the database takes writes. The answer is kept for a second, so that asking often costs nothing.
package final class Readiness: Sendable {
    private let store: Store
    private let time: any Timekeeper
    private let good = Mutex<Millis?>(nil)

    package init(_ store: Store, time: any Timekeeper) {
        self.store = store
        self.time = time
    }

    /// - Throws: `StoreError`: `.full`, `.busy`, `.io`, `.closed`.
    package func check() async throws {
        let now = time.now()
        if let good = good.withLock({ $0 }), now < good + .seconds(1), good <= now { return }
        // Customer 0 is nobody: the row says when the disk last took a write.
        _ = try await store.write {
            try $0.setWatermark(customer: 0, source: "crosswalk", name: "ready", value: String(now.value), at: now)
        }
        good.withLock { $0 = now }
    }
}

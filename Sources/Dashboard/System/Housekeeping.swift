// SPDX-License-Identifier: Apache-2.0

package import Domain
import Logging
import ServiceLifecycle
package import Store

/// What the dashboard needs done while nobody looks: once a day the tables are measured, so that the system page can tell how they grow.
package struct Housekeeping: Service {
    private let store: Store
    private let time: any Timekeeper

    package init(_ store: Store, time: any Timekeeper = SystemTime()) {
        self.store = store
        self.time = time
    }

    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                await measure()
                try await Task.sleep(for: .seconds(3_600))
            }
        }
    }

    /// Measures unless today's figures are there. One that fails is tried again in an hour: nothing else depends on it.
    package func measure() async {
        let day = time.now().utcDay
        guard let isMeasured = try? await store.read({ try $0.isMeasured(day: day) }), !isMeasured,
            let sizes = try? await store.read({ try $0.measureTables() })
        else { return }
        try? await store.write { try $0.keepSizes(sizes, day: day) }
    }
}

// SPDX-License-Identifier: Apache-2.0

import ServiceLifecycle

/// The engine as a service of the process: on graceful shutdown it finishes and settles what is on the wire and gives its leases back.
package struct SyncService: Service {
    private let engine: SyncEngine

    package init(_ engine: SyncEngine) { self.engine = engine }

    package func run() async throws {
        await withGracefulShutdownHandler {
            await engine.run()
        } onGracefulShutdown: {
            engine.stop()
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

package import Logging
package import ServiceLifecycle

/// Runs services in a test for as long as it needs them.
package enum Hosted {
    /// Starts services, gives the port that they tell to `body`, and stops them gracefully afterwards, in reverse order.
    ///
    /// - Parameter services: made with a function that one of them calls with its port when it serves.
    package static func run(
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        _ services: (_ onPort: @escaping @Sendable (Int) -> Void) -> [any Service],
        _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        let (ports, arrived) = AsyncStream.makeStream(of: Int.self)
        let group = ServiceGroup(services: services { arrived.yield($0) }, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { arrived.finish() }
                try await group.run()
            }
            var failure: (any Error)?
            for await port in ports {
                do { try await body(port) } catch { failure = error }
                break
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            if let failure { throw failure }
        }
    }
}

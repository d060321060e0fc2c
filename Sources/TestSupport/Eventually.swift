// SPDX-License-Identifier: Apache-2.0

/// Looks again and again until something in another process is so. For what cannot tell us itself; inside our own process a test waits
/// for the event.
///
/// - Throws: `NeverHappened` after `patience`.
package func eventually(
    _ what: String, within patience: Duration = .seconds(60), isolation: isolated (any Actor)? = #isolation,
    _ isTrue: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + patience
    while try await !isTrue() {
        guard ContinuousClock.now < end else { throw NeverHappened(what: what) }
        try await Task.sleep(for: .milliseconds(20))
    }
}

package struct NeverHappened: Error, CustomStringConvertible {
    package var what: String
    package var description: String { "gave up waiting for \(what)" }
}

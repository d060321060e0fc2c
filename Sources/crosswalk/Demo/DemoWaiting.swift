// SPDX-License-Identifier: Apache-2.0

/// The demo's own way of waiting for another process: looks again and again until it is so.
///
/// - Throws: `CommandError` when `patience` is over; it says what was waited for.
func until(
    _ what: String, patience: Duration = .seconds(120), _ isTrue: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + patience
    while try await !isTrue() {
        guard ContinuousClock.now < end else { throw CommandError("gave up waiting for \(what)") }
        try await Task.sleep(for: .milliseconds(50))
    }
}

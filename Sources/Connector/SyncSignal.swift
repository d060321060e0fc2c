// SPDX-License-Identifier: Apache-2.0

/// How the engine is woken: the numbers are customers'. Losing a signal loses nothing, because the engine looks by
/// itself as well.
package struct SyncSignal: Sendable {
    /// Records of the customer are due.
    package var recordsChanged: @Sendable (Int64) -> Void
    /// A push notification was stored: the state of the integration may have changed.
    package var pushStored: @Sendable (Int64) -> Void

    /// An erasure was begun or closed.
    package var erasureAsked: @Sendable (Int64) -> Void

    /// The customer's administrator used the configuration plugin, or somebody wants to know: the integrations are read at once.
    package var integrationAsked: @Sendable (Int64) -> Void

    package init(
        recordsChanged: @escaping @Sendable (Int64) -> Void = { _ in },
        pushStored: @escaping @Sendable (Int64) -> Void = { _ in },
        erasureAsked: @escaping @Sendable (Int64) -> Void = { _ in },
        integrationAsked: @escaping @Sendable (Int64) -> Void = { _ in }
    ) {
        self.recordsChanged = recordsChanged
        self.pushStored = pushStored
        self.erasureAsked = erasureAsked
        self.integrationAsked = integrationAsked
    }
}

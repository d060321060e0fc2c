// SPDX-License-Identifier: Apache-2.0

/// What one request may cost.
package struct ConnectorLimits: Sendable {
    /// The longest body of a single record, in bytes.
    package var recordBytes = 1 << 20
    /// The longest body of a push notification, in bytes: known ones have less than a hundred.
    package var pushBytes = 64 << 10
    /// The longest line of a bulk body, in bytes.
    package var lineBytes = 1 << 20
    /// The most lines that the answer to a bulk body lists.
    package var reportLines = 10_000
    /// How long a callback waits for the newest secrets; LinkedIn waits three seconds for the answer to a challenge.
    package var secretsPatience: Duration = .seconds(1)
    /// How long the body of a single record may take.
    package var bodyPatience: Duration = .seconds(30)
    /// How long a connection may be silent between or inside requests.
    package var idleTimeout: Duration = .seconds(60)
    /// Connections at once; more wait in the listen queue.
    package var connections = 1_024

    package init() {}
}

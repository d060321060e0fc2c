// SPDX-License-Identifier: Apache-2.0

package import Logging
import Synchronization

/// What every part of the sandbox works with.
package struct SandboxCore: Sendable {
    package let world: World
    package let clock: SandboxClock
    package let applications: Applications
    package let tokens: Tokens
    package let settings: Settings
    package let pushes: PushQueue
    package let logger: Logger

    /// Person ids as this application sees them.
    package func personIDs(application: Int64) -> PersonIDs {
        PersonIDs(seed: settings.seed, application: application)
    }
}

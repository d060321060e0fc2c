// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What the control API can change in a running sandbox: read on every request, kept in the world.
package final class Settings: Sendable {
    /// Of members and person ids; fixed for the life of a world.
    package var seed: UInt64 { state.withLock { $0.seed } }
    package var switches: Switches { state.withLock { $0.switches } }
    /// Members to generate.
    package var members: Int { state.withLock { $0.members } }

    private struct State {
        var seed: UInt64
        var switches: Switches
        var members: Int
    }

    private let state: Mutex<State>

    init(_ options: SandboxOptions) {
        state = Mutex(State(seed: options.seed, switches: options.switches, members: options.members))
    }

    func set(seed: UInt64, members: Int) {
        state.withLock {
            $0.seed = seed
            $0.members = members
        }
    }

    func set(_ switches: Switches) { state.withLock { $0.switches = switches } }
}

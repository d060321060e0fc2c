// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Synchronization

/// What the control API can change in a running sandbox: read on every request, kept in the world.
package final class Settings: Sendable {
    private struct State {
        var seed: UInt64
        var switches: Switches
        var members: Int
    }

    private let options: SandboxOptions
    private let state: Mutex<State>

    init(_ options: SandboxOptions) {
        self.options = options
        state = Mutex(State(seed: options.seed, switches: options.switches, members: options.members))
    }

    /// Of members and person ids; fixed for the life of a world.
    package var seed: UInt64 { state.withLock { $0.seed } }
    package var switches: Switches { state.withLock { $0.switches } }
    /// Members to generate.
    package var members: Int { state.withLock { $0.members } }

    /// Changes some switches, on the disk first.
    ///
    /// - Throws: `ControlError` for an unknown switch or a wrong value.
    func change(_ changes: JSONObject, in world: World) async throws {
        var changed = switches
        try changed.apply(changes)
        let text = String(decoding: changed.json.bytes, as: UTF8.self)
        try await world.write { tx in try tx.set(Self.switchesName, text) }
        let switches = changed
        state.withLock { $0.switches = switches }
    }

    /// Takes over what the world says; a new world is told what the options say.
    func load(from world: World) async throws {
        let options = options
        let (seed, switches) = try await world.write { tx -> (UInt64, String?) in
            if let seed = try tx.setting(Self.seedName).flatMap({ UInt64($0) }) {
                return (seed, try tx.setting(Self.switchesName))
            }
            try tx.set(Self.seedName, String(options.seed))
            return (options.seed, nil)
        }
        var stored = options.switches
        if let switches, let object = try JSONValue(parsing: Array(switches.utf8)).object { try stored.apply(object) }
        let loaded = State(seed: seed, switches: stored, members: options.members)
        state.withLock { $0 = loaded }
    }

    static let seedName = "seed"
    private static let switchesName = "switches"
}

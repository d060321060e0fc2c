// SPDX-License-Identifier: Apache-2.0

/// What a sandbox is started with.
package struct SandboxOptions: Sendable {
    /// Folder of `world.sqlite` and its snapshots; made when missing. Nil: a temporary folder that goes with the
    /// sandbox.
    package var directory: String?
    /// LinkedIn members to generate.
    package var members: Int
    /// Of the members and of the person ids.
    package var seed: UInt64
    package var clock: SandboxClock.Source
    /// False: nothing is ever answered with 429 (counters still count).
    package var quotas: Bool
    package var switches: Switches
    /// Client id and secret of the default partner (parent) application. Nil: made at random for a new world and kept
    /// in it.
    package var partner: Credentials?
    /// Requests kept in the journal; 0 switches it off.
    package var journalEntries: Int
    /// Largest request body, in bytes; more is 413.
    package var largestBody: Int

    package struct Credentials: Sendable, Hashable {
        package var clientID: String
        package var clientSecret: String

        package init(clientID: String, clientSecret: String) {
            self.clientID = clientID
            self.clientSecret = clientSecret
        }
    }

    package init(
        directory: String? = nil,
        members: Int = 0,
        seed: UInt64 = 1,
        clock: SandboxClock.Source = .system,
        quotas: Bool = true,
        switches: Switches = Switches(),
        partner: Credentials? = nil,
        journalEntries: Int = 10_000,
        largestBody: Int = 64 << 20
    ) {
        self.directory = directory
        self.members = members
        self.seed = seed
        self.clock = clock
        self.quotas = quotas
        self.switches = switches
        self.partner = partner
        self.journalEntries = journalEntries
        self.largestBody = largestBody
    }
}

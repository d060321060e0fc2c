// SPDX-License-Identifier: Apache-2.0

import People
import SQLFile

/// Fills the world with generated members, in the background, and goes on where it stopped after a restart.
struct MemberFactory: Sendable {
    /// Members per commit: short enough that requests are not kept waiting for the writer.
    private static let chunk = 500

    /// Setting that says how many were made.
    static let progress = "members_made"

    let world: World
    let settings: Settings

    /// Generates until there are as many as wanted. Returns early when cancelled.
    func run() async throws {
        let people = People(seed: settings.seed)
        let wanted = settings.members
        while !Task.isCancelled {
            let done = try await world.write { tx -> Bool in
                let made = try tx.setting(Self.progress).flatMap { Int($0) } ?? 0
                guard made < wanted else { return true }
                let end = min(wanted, made + Self.chunk)
                for index in made..<end {
                    // A member added by hand may hold the e-mail or the address: then the generated one steps back.
                    try tx.addGeneratedMember(Member(people.person(index)))
                }
                try tx.set(Self.progress, String(end))
                return false
            }
            if done { return }
        }
    }
}

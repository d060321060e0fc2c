// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Keeps what Recruiter searches by up with what was written. Members are taken in as they are made; what the ATS writes
/// is taken in when somebody looks, so that a million candidates are stored at full speed.
final class SearchKeeper: Sendable {
    /// Records per commit.
    private static let chunk = 1_000
    /// What a page waits for itself; more is done behind it.
    private static let inline = 2_500

    private let isBusy = Mutex(false)

    /// What is not searchable yet.
    struct Backlog: Sendable, Hashable {
        var members: Int64
        var candidates: Int64

        var isEmpty: Bool { members == 0 && candidates == 0 }
    }

    /// Takes in what is new, if it is not too much; starts to take in the rest. Called by pages, which keep the world
    /// where it is.
    func catchUp(in sandbox: Sandbox) async throws -> Backlog {
        var left = try await Self.backlog(sandbox.core)
        guard !left.isEmpty else { return left }
        if left.members + left.candidates <= Self.inline {
            while !left.isEmpty {
                try await Self.step(sandbox.core)
                left = try await Self.backlog(sandbox.core)
            }
            return left
        }
        start(in: sandbox)
        return left
    }

    /// Takes in everything; returns when it is done.
    static func finish(in sandbox: Sandbox) async throws {
        while try await !backlog(sandbox.core).isEmpty { try await step(sandbox.core) }
    }

    private func start(in sandbox: Sandbox) {
        let isFirst = isBusy.withLock { isBusy in
            defer { isBusy = true }
            return !isBusy
        }
        guard isFirst else { return }
        Task { [weak sandbox] in
            defer { isBusy.withLock { $0 = false } }
            while let sandbox {
                // The world may be closed or swapped between two chunks.
                let isDone = try? await sandbox.inside {
                    try await Self.step(sandbox.core)
                    return try await Self.backlog(sandbox.core).isEmpty
                }
                guard isDone == false else { return }
            }
        }
    }

    private static func backlog(_ core: SandboxCore) async throws -> Backlog {
        try await core.world.read { tx in
            Backlog(members: try tx.membersLeft(), candidates: try tx.candidatesLeft())
        }
    }

    private static func step(_ core: SandboxCore) async throws {
        try await core.world.write { tx in
            if try tx.takeInMembers(limit: chunk) == 0 {
                try tx.takeInCandidates(limit: chunk) { core.personIDs(application: $0) }
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Lets requests through side by side, and keeps them out while the world is swapped.
final class Gate: Sendable {
    fileprivate struct State {
        var inside = 0
        var isClosed = false
        var waitingToEnter: [CheckedContinuation<Void, Never>] = []
        var waitingForEmpty: CheckedContinuation<Void, Never>?
        var waitingToClose: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func enter() async {
        if state.withLock({ $0.enter() }) { return }
        await withCheckedContinuation { continuation in
            // It may have opened meanwhile.
            let isIn = state.withLock { state in
                if state.enter() { return true }
                state.waitingToEnter.append(continuation)
                return false
            }
            if isIn { continuation.resume() }
        }
    }

    func leave() {
        state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.inside -= 1
            guard state.inside == 0 else { return nil }
            defer { state.waitingForEmpty = nil }
            return state.waitingForEmpty
        }?.resume()
    }

    /// Runs `body` with nobody inside. Two of them run one after the other.
    func alone<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        await close()
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                if state.inside > 0 { state.waitingForEmpty = continuation }
                return state.inside == 0
            }
            if isEmpty { continuation.resume() }
        }
        defer { open() }
        return try await body()
    }

    private func close() async {
        await withCheckedContinuation { continuation in
            let isOurs = state.withLock { state in
                guard state.isClosed else {
                    state.isClosed = true
                    return true
                }
                state.waitingToClose.append(continuation)
                return false
            }
            if isOurs { continuation.resume() }
        }
    }

    private func open() {
        let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            // Whoever waits to close takes the closed gate over.
            if !state.waitingToClose.isEmpty { return [state.waitingToClose.removeFirst()] }
            state.isClosed = false
            defer { state.waitingToEnter = [] }
            state.inside += state.waitingToEnter.count
            return state.waitingToEnter
        }
        for continuation in waiting { continuation.resume() }
    }
}

extension Gate.State {
    fileprivate mutating func enter() -> Bool {
        guard !isClosed else { return false }
        inside += 1
        return true
    }
}

// SPDX-License-Identifier: Apache-2.0

/// How long one waits after failed sign-ins: nothing at first, then twice as long each time.
package struct SignInPatience: Sendable, Hashable {
    /// So many failures cost nothing.
    package var free: Int64
    package static let shortest: Duration = .seconds(30)
    package static let longest: Duration = .seconds(900)
    /// Failures older than that are forgotten.
    package static let memory: Duration = .seconds(86_400)

    /// Of one name, whether or not there is such an account.
    package static let name = Self(free: 5)
    /// Of one address: a company's people may share one.
    package static let address = Self(free: 30)

    package init(free: Int64) { self.free = free }

    /// - Parameter failures: the one that just happened included.
    package func wait(after failures: Int64) -> Duration {
        guard failures >= free else { return .zero }
        return min(Self.longest, Self.shortest * Int(1 << min(10, failures - free)))
    }
}

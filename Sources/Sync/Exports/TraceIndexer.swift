// SPDX-License-Identifier: Apache-2.0

import Domain
import Store

/// Keeps the index of what candidates can be recognised by.
///
/// Exports are rare and intake is not, so nothing is entered when a candidate arrives: the index is made for a customer's first export of
/// somebody unknown, or the first time that somebody looks for a name, and from then on follows in the background.
struct TraceIndexer: Sendable {
    private let scope: CustomerScope

    /// Candidates in one step: others wait for its commit.
    private static let step = 5_000

    init(_ scope: CustomerScope) { self.scope = scope }

    /// Enters everything that is missing.
    func catchUp() async throws {
        while try await enter() == false {}
    }

    /// Enters a little when there is an index at all.
    ///
    /// - Returns: whether nothing is left for now.
    func keepUp() async throws -> Bool {
        let customer = scope.customer.number
        guard try await scope.store.read({ try $0.hasTraces(customer: customer) }) else { return true }
        return try await enter()
    }

    /// - Returns: whether nothing is left.
    private func enter() async throws -> Bool {
        let customer = scope.customer.number
        let page = try await scope.store.read { try $0.untraced(customer: customer, limit: Self.step) }
        guard !page.isIdle else { return true }
        try await scope.store.write { try $0.trace(page, customer: customer) }
        return page.isLast
    }
}

// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Synchronization

/// The secrets that a customer's pushes may be signed with, opened once a minute at the most: LinkedIn's bursts cost no
/// query.
package final class CallbackSecrets: Sendable {
    struct Known: Sendable {
        var customer: Int64
        /// The child application's secret first; the partner's after it, because a parent's webhook is signed with the
        /// parent's.
        var secrets: [String]
    }

    private struct Entry {
        var known: Known?
        var until: Millis
    }

    private let store: Store
    private let time: any Timekeeper
    private let partner: Partner?
    private let entries = Mutex<[CustomerID: Entry]>([:])

    /// The partner's own (parent) application.
    package struct Partner: Sendable {
        /// Its developer application's number, as LinkedIn's `applicationId` names it; nil when it is not known.
        package var applicationID: String?
        package var secret: String

        package init(applicationID: String? = nil, secret: String) {
            self.applicationID = applicationID
            self.secret = secret
        }
    }

    init(_ store: Store, time: any Timekeeper, partner: Partner? = nil) {
        self.store = store
        self.time = time
        self.partner = partner
    }

    /// - Parameters:
    ///   - slug: the last segment of the callback's path.
    ///   - application: whose secret is meant, when LinkedIn says so.
    /// - Throws: `HTTPProblem` 404 for an unknown customer.
    func secrets(of slug: String, application: String?) async throws -> Known {
        guard let id = CustomerID(slug), var known = try await find(id) else { throw HTTPProblem.unknownCallback() }
        if let application, let partner, application == partner.applicationID { known.secrets = [partner.secret] }
        return known
    }

    /// Forgets everything at once: a secret was rotated or a customer added.
    package func forget() { entries.withLock { $0.removeAll() } }

    private func find(_ id: CustomerID) async throws -> Known? {
        let now = time.now()
        if let entry = entries.withLock({ $0[id] }), now < entry.until { return entry.known }
        let customer = try await store.read { try $0.customer(id: id) }
        let known = try customer.map { customer in
            let child = try store.vault.open(customer.clientSecret, for: "customer/\(customer.id)/clientSecret")
            return Known(customer: customer.number, secrets: [child] + (partner.map { [$0.secret] } ?? []))
        }
        // Unknown names are forgotten, so that guessing fills no memory.
        if known != nil { entries.withLock { $0[id] = Entry(known: known, until: now + .seconds(60)) } }
        return known
    }
}

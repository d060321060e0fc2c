// SPDX-License-Identifier: Apache-2.0

package import Domain
import SQLFile
package import Store

/// Everything that is done about webhooks but delivering: what the API and the command line share.
///
/// Every call names the customer, and none finds another's webhook.
package struct WebhookDesk: Sendable {
    package let store: Store
    package let policy: WebhookPolicy
    package let time: any Timekeeper
    let poster: any Poster
    /// Runs in the transaction of every change.
    private var note: @Sendable (StoreTransaction) throws -> Void = { _ in }

    /// Webhooks of one customer.
    package static let most = 50
    /// How long an old secret signs along unless somebody says otherwise.
    package static let overlap: Duration = .seconds(86_400)

    /// - Parameter poster: sends test events.
    package init(store: Store, policy: WebhookPolicy, poster: any Poster, time: any Timekeeper = SystemTime()) {
        self.store = store
        self.policy = policy
        self.poster = poster
        self.time = time
    }

    /// The same desk, whose changes are noted in the transactions that make them: who did it.
    package func noting(_ note: @escaping @Sendable (StoreTransaction) throws -> Void) -> Self {
        var desk = self
        desk.note = note
        return desk
    }

    func commit<Value: Sendable>(_ body: @escaping @Sendable (StoreTransaction) throws -> Value) async throws -> Value {
        let note = note
        return try await store.write { tx in
            let value = try body(tx)
            try note(tx)
            return value
        }
    }

    /// A webhook and what is not delivered of it.
    package struct Shown: Sendable {
        package var webhook: Webhook
        package var waiting: Int
        package var dead: Int
        /// The newest event's number.
        package var head: Int64
    }

    package func list(_ customer: Int64) async throws -> [Shown] {
        try await store.read { tx in
            try tx.webhooks(customer: customer).map { try Self.shown($0, tx) }
        }
    }

    /// - Throws: `WebhookError` `.notFound`.
    package func show(_ customer: Int64, _ id: String) async throws -> Shown {
        try await store.read { tx in try Self.shown(try Self.find(customer, id, tx), tx) }
    }

    /// - Parameters:
    ///   - types: empty for all.
    ///   - after: begins behind this event; nil tells of what happens from now on.
    /// - Returns: the webhook and its secret, which is shown this once.
    /// - Throws: `WebhookError` `.invalid`, `.tooMany`.
    package func add(_ customer: Customer.Name, url: String, types: [String], after: Int64?) async throws -> (
        shown: Shown, secret: String
    ) {
        let (url, types) = (try checked(url), try Self.checked(types))
        let (id, secret, now) = (Self.newID(), WebhookSecret(), time.now())
        let sealed = try store.vault.seal(secret.text, for: Webhook.secretPurpose(customer.id, id))
        let shown = try await commit { tx in
            guard try tx.webhooks(customer: customer.number).count < Self.most else {
                throw WebhookError(.tooMany, "a customer has \(Self.most) webhooks at most; delete one first")
            }
            let head = try tx.lastEvent(customer: customer.number)
            guard after ?? head <= head else { throw Self.beyond(head) }
            let webhook = Webhook(
                customer: customer.number, id: id, url: url, types: types, secret: sealed, cursor: after ?? head,
                createdAt: now)
            try tx.addWebhook(webhook)
            return Shown(webhook: webhook, waiting: 0, dead: 0, head: head)
        }
        return (shown, secret.text)
    }

    /// Changes what is not nil.
    ///
    /// - Parameters:
    ///   - enabled: true goes on where it stopped, with a clean record; false holds everything back.
    ///   - after: goes on behind this event.
    /// - Throws: `WebhookError` `.notFound`, `.invalid`.
    package func change(
        _ customer: Int64, _ id: String, url: String? = nil, types: [String]? = nil, enabled: Bool? = nil,
        after: Int64? = nil
    ) async throws -> Shown {
        let (url, types) = (try url.map(checked), try types.map(Self.checked))
        return try await commit { tx in
            let webhook = try Self.find(customer, id, tx)
            try tx.changeWebhook(customer: customer, id: id, url: url ?? webhook.url, types: types ?? webhook.types)
            let head = try tx.lastEvent(customer: customer)
            guard after ?? 0 <= head else { throw Self.beyond(head) }
            if enabled == true || (after != nil && webhook.isEnabled) {
                try tx.enableWebhook(customer: customer, id: id, cursor: after)
            } else if enabled == false {
                try tx.disableWebhook(customer: customer, id: id, because: "it was switched off by request")
            }
            return try Self.shown(try Self.find(customer, id, tx), tx)
        }
    }

    /// - Returns: false when there was none.
    package func remove(_ customer: Int64, _ id: String) async throws -> Bool {
        let note = note
        return try await store.write { tx in
            guard try tx.removeWebhook(customer: customer, id: id) else { return false }
            try note(tx)
            return true
        }
    }

    /// Makes a new secret; the one before signs along.
    ///
    /// - Parameter overlap: for how long; zero ends the old one at once.
    /// - Returns: the new secret, which is shown this once, and when the old one ends.
    package func rotate(_ customer: Customer.Name, _ id: String, overlap: Duration = Self.overlap) async throws -> (
        secret: String, oldUntil: Millis
    ) {
        let (secret, until) = (WebhookSecret(), time.now() + overlap)
        let sealed = try store.vault.seal(secret.text, for: Webhook.secretPurpose(customer.id, id))
        try await commit { tx in
            _ = try Self.find(customer.number, id, tx)
            try tx.rotateWebhookSecret(customer: customer.number, id: id, to: sealed, oldUntil: until)
            if overlap == .zero { try tx.endOldWebhookSecret(customer: customer.number, id: id) }
        }
        return (secret.text, until)
    }

    /// The old secret signs no more.
    package func endOldSecret(_ customer: Int64, _ id: String) async throws {
        try await commit { tx in
            _ = try Self.find(customer, id, tx)
            try tx.endOldWebhookSecret(customer: customer, id: id)
        }
    }
}

extension WebhookDesk {
    /// - Throws: `WebhookError` `.notFound`.
    static func find(_ customer: Int64, _ id: String, _ tx: SQLTransaction) throws -> Webhook {
        guard let webhook = try tx.webhook(customer: customer, id: id) else {
            throw WebhookError(.notFound, "there is no webhook with this id; list them to see which there are")
        }
        return webhook
    }

    private static func shown(_ webhook: Webhook, _ tx: SQLTransaction) throws -> Shown {
        let counts = try tx.letterCounts(customer: webhook.customer, webhook: webhook.id)
        return Shown(
            webhook: webhook, waiting: counts.waiting, dead: counts.dead,
            head: try tx.lastEvent(customer: webhook.customer))
    }

    private func checked(_ url: String) throws -> String {
        do { return try policy.check(url).description } catch {
            throw WebhookError(.invalid, "the url is not one that webhooks are sent to: \(error.message)", at: "/url")
        }
    }

    private static func checked(_ types: [String]) throws -> [String] {
        for (index, type) in types.enumerated() where EventType(rawValue: type) == nil {
            throw WebhookError(
                .invalid, "it is one of \(EventType.allCases.map(\.rawValue).joined(separator: ", "))",
                at: "/types/\(index)")
        }
        return Array(Set(types)).sorted()
    }

    private static func beyond(_ head: Int64) -> WebhookError {
        WebhookError(.invalid, "it lies beyond the newest event, which is \(head)", at: "/after")
    }

    private static func newID() -> String {
        let letters = Array("0123456789abcdefghijklmnopqrstuvwxyz")
        return "wh_" + String((0..<16).map { _ in letters[Int.random(in: letters.indices)] })
    }
}

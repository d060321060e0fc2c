// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import Logging
import ServiceLifecycle
import Store
import Synchronization

/// The secrets that customers' pushes may be signed with, kept in memory: LinkedIn's bursts cost no query, and an ownership challenge is
/// answered in time whatever the database does.
///
/// They are read at the start and again every few seconds, and at once when a signature fails or a name is unknown, because a secret may
/// have been replaced or a customer added by another process.
package final class CallbackSecrets: Service, Sendable {
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

    /// One customer's keys, ready to use.
    struct Known: Sendable {
        var customer: Int64
        fileprivate var sealed: SealedSecret
        fileprivate var current: WebhookKey
        fileprivate var previous: (sealed: SealedSecret, key: WebhookKey, until: Millis)?
    }

    private struct State {
        var customers: [String: Known] = [:]
        var readAt: Millis?
        var reading: Task<Bool, Never>?
    }

    /// How often the secrets are read by themselves.
    private static let pace: Duration = .seconds(5)
    private static let firstPatience: Duration = .milliseconds(2_500)

    private let store: Store
    private let time: any Timekeeper
    private let partner: (applicationID: String?, key: WebhookKey)?
    private let log: Logger
    private let patience: Duration
    private let state = Mutex(State())

    /// - Parameter patience: how long a request waits for the database at the most; a challenge has three seconds.
    init(_ store: Store, time: any Timekeeper, partner: Partner? = nil, patience: Duration, log: Logger) {
        self.store = store
        self.time = time
        self.partner = partner.map { ($0.applicationID, WebhookKey(secret: $0.secret)) }
        self.log = log
        self.patience = patience
    }

    /// Whose callback it is.
    ///
    /// - Parameter slug: the last segment of the callback's path.
    /// - Throws: `HTTPProblem` 404 for an unknown customer, 503 when the database cannot say whether there is one.
    func customer(_ slug: String) async throws -> Known {
        if let known = state.withLock({ $0.customers[slug] }) { return known }
        guard CustomerID(slug) != nil else { throw HTTPProblem.unknownCallback() }
        guard await refresh(unlessReadAfter: time.now() - .seconds(1)) else {
            throw HTTPProblem.busy("The database does not answer in time. Send it again in a moment.")
        }
        guard let known = state.withLock({ $0.customers[slug] }) else { throw HTTPProblem.unknownCallback() }
        return known
    }

    /// Whether a push is LinkedIn's: signed with the customer's secret, with the one before it while that counts, or with the partner's,
    /// because a parent's webhook is signed with the parent's.
    func verify(_ signature: ShownSignature, _ body: [UInt8], for slug: String, _ known: Known) async -> Bool {
        if verifies(signature, body, known) { return true }
        guard await refresh(unlessReadAfter: time.now() - .seconds(1)),
            let newer = state.withLock({ $0.customers[slug] }), newer.sealed != known.sealed
        else { return false }
        return verifies(signature, body, newer)
    }

    /// The answer to an ownership challenge, with the newest secret that can be had in time.
    ///
    /// - Parameter application: whose secret is meant, when LinkedIn says so.
    func response(to challenge: WebhookChallenge, for slug: String) async throws -> String {
        if let partner, let asked = challenge.applicationID, asked == partner.applicationID {
            _ = try await customer(slug)
            return partner.key.response(toChallenge: challenge.code)
        }
        _ = await refresh(unlessReadAfter: time.now() - .seconds(1))
        return try await customer(slug).current.response(toChallenge: challenge.code)
    }

    /// Reads the secrets again now and then, until the server stops.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                _ = await self.refresh(unlessReadAfter: nil)
                try? await Task.sleep(for: Self.pace)
            }
        }
    }

    /// Reads the secrets, one reading at a time for everybody.
    ///
    /// - Parameter moment: a reading since then is good enough; nil always reads.
    /// - Returns: false when it fails or takes too long: what was known stays known.
    @discardableResult
    func refresh(unlessReadAfter moment: Millis?) async -> Bool {
        let (reading, isFirst) = state.withLock { state -> (Task<Bool, Never>?, Bool) in
            if let moment, let readAt = state.readAt, readAt > moment { return (nil, false) }
            if let reading = state.reading { return (reading, state.readAt == nil) }
            // Whoever asks next waits for it, too; it outlives a caller that gives up.
            let reading = Task { await self.read() }
            state.reading = reading
            return (reading, state.readAt == nil)
        }
        guard let reading else { return true }
        // Before the first reading there is nothing to fall back to.
        return await Self.ended(reading, within: isFirst ? max(patience, Self.firstPatience) : patience)
    }

    private func verifies(_ signature: ShownSignature, _ body: [UInt8], _ known: Known) -> Bool {
        body.withUnsafeBytes { bytes in
            if known.current.verifies(signature, body: bytes) { return true }
            if let previous = known.previous, time.now() < previous.until,
                previous.key.verifies(signature, body: bytes)
            {
                return true
            }
            return partner?.key.verifies(signature, body: bytes) ?? false
        }
    }

    /// - Returns: whether they could be read.
    private func read() async -> Bool {
        let now = time.now()
        defer { state.withLock { $0.reading = nil } }
        do {
            let secrets = try await store.read { try $0.signingSecrets() }
            let old = state.withLock { $0.customers }
            var customers: [String: Known] = [:]
            for customer in secrets { customers[customer.id.text] = opened(customer, old[customer.id.text]) }
            state.withLock { [customers] state in
                state.customers = customers
                state.readAt = now
            }
            return true
        } catch {
            log.warning("the secrets of callbacks cannot be read", metadata: [LogKey.error: "\(error)"])
            return false
        }
    }

    /// Unseals what is new; a secret that does not open leaves the customer out and is reported.
    private func opened(_ secrets: SigningSecrets, _ old: Known?) -> Known? {
        if let old, old.sealed == secrets.secret, old.previous?.sealed == secrets.previous { return old }
        let purpose = Customer.secretPurpose(secrets.id)
        do {
            var known = Known(
                customer: secrets.customer, sealed: secrets.secret,
                current: WebhookKey(secret: try store.vault.open(secrets.secret, for: purpose)))
            if let sealed = secrets.previous, let until = secrets.previousUntil {
                known.previous = (sealed, WebhookKey(secret: try store.vault.open(sealed, for: purpose)), until)
            }
            return known
        } catch {
            log.error(
                "a customer's callbacks cannot be checked",
                metadata: [LogKey.customer: "\(secrets.id)", LogKey.error: "\(error)"])
            return nil
        }
    }

    /// Waits for a task, but not for ever.
    private static func ended(_ task: Task<Bool, Never>, within limit: Duration) async -> Bool {
        let (ends, end) = AsyncStream.makeStream(of: Bool.self, bufferingPolicy: .bufferingOldest(1))
        // Both are waited for by the stream: whichever is first ends it.
        let timer = Task {
            try? await Task.sleep(for: limit)
            end.yield(false)
        }
        Task { end.yield(await task.value) }
        defer { timer.cancel() }
        for await success in ends { return success }
        return false
    }
}

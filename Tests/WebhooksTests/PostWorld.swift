// SPDX-License-Identifier: Apache-2.0

import Domain
import Logging
import Store
import TestSupport
import Testing

@testable import Webhooks

/// One test's store, clock and customers, and a sender that posts for real.
final class PostWorld: Sendable {
    static let noon = Millis(1_770_033_600_000)  // 2026-02-02 12:00 UTC

    let folder: TemporaryFolder
    let store: Store
    let time = VirtualTime(noon)
    let desk: WebhookDesk
    let poster: HTTPPoster
    let acme: Customer.Name
    let other: Customer.Name

    init(policy: WebhookPolicy = .sandbox, patience: Duration = .seconds(15)) async throws {
        folder = try TemporaryFolder()
        let store = try Store.open(directory: folder.path("data"))
        self.store = store
        poster = HTTPPoster(policy: policy, patience: patience)
        desk = WebhookDesk(store: store, policy: policy, poster: poster, time: time)
        func customer(_ id: String) async throws -> Customer.Name {
            try await store.write { tx in
                try tx.addCustomer(
                    NewCustomer(
                        id: CustomerID(id)!, name: id, organization: 1000, contracts: [5000],
                        linkedInURL: "http://127.0.0.1:1", clientID: id, clientSecret: SealedSecret([1])),
                    at: PostWorld.noon
                ).called
            }
        }
        acme = try await customer("acme")
        other = try await customer("other")
    }

    func sender(_ holder: String = "one", log: Logger = quiet, _ change: (inout SenderOptions) -> Void = { _ in })
        -> WebhookSender
    {
        var options = SenderOptions(holder: holder)
        options.width = 1
        options.jitter = { 0 }
        change(&options)
        return WebhookSender(
            store: store, poster: poster, watcher: EventWatcher(store), options: options, time: time, log: log)
    }

    /// - Returns: the numbers.
    @discardableResult
    func append(_ count: Int, _ type: EventType = .noteChanged, to customer: Customer.Name? = nil, text: String = "x")
        async throws -> [Int64]
    {
        let (number, now) = ((customer ?? acme).number, time.now())
        return try await store.write { tx in
            try (0..<count).map { index in
                try tx.append(
                    NewEvent(type, isFromLinkedIn: true, data: Array(#"{"n":\#(index),"text":"\#(text)"}"#.utf8)),
                    customer: number, at: now)
            }
        }
    }

    /// Delivers, and moves the clock from wake to wake, until nothing will go by itself or `limit` is over.
    func settle(_ sender: WebhookSender, within limit: Duration = .seconds(6 * 86_400)) async throws {
        let end = time.now() + limit
        while let wake = try await sender.pass() {
            guard wake <= end else { return time.advance(to: end) }
            time.advance(to: wake)
        }
    }

    func show(_ id: String) async throws -> WebhookDesk.Shown { try await desk.show(acme.number, id) }
}

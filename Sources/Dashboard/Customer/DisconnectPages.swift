// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import Store
import Web

/// Leaving: the contract's end, which Privacy begins, how far it is, and at last the customer's removal.
enum DisconnectPages {
    static let routes: [DashboardRoute] = [
        .get("/ui/customers/{id}/disconnect", .viewer, show),
        .get("/ui/customers/{id}/disconnect/live", .viewer, live),
        .post("/ui/customers/{id}/remove", .admin, remove),
    ]

    private static func show(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        return try await page(call, customer)
    }

    private static func page(_ call: DashboardCall, _ customer: Customer, wrong: String? = nil) async throws
        -> WebResponse
    {
        let progress = try await DisconnectProgress.read(customer, call.store)
        return call.page(
            DisconnectPage(customer, progress, wrong: wrong, for: call.visitor.account.role), of: customer,
            status: wrong == nil ? 200 : 422, live: "/ui/customers/\(customer.id)/disconnect/live")
    }

    private static func live(_ call: DashboardCall) async throws -> WebResponse {
        let (customer, store, renderer) = (try await call.customer(), call.store, call.renderer)
        let last = LastLook<DisconnectProgress>()
        return .events(
            call.live.listen(to: "disconnect/\(customer.number)") {
                guard let progress = try? await DisconnectProgress.read(customer, store) else { return nil }
                return last.updates(progress) {
                    [LiveHub.Update("progress", renderer.html(.disconnectProgress, $0))]
                }
            })
    }

    /// What `crosswalk customer remove` does.
    private static func remove(_ call: DashboardCall) async throws -> WebResponse {
        let (customer, isForced) = (try await call.customer(), call.form["force"] == "yes")
        guard call.form["confirm"] == customer.id.text else {
            return try await page(call, customer, wrong: "Type the customer's id, \(customer.id), to confirm.")
        }
        let (entry, now) = (
            AuditEntry(actor: call.visitor.account.name, action: "customer.remove", customer: customer.number), call.now
        )
        let isRemoved = try await call.store.write { tx in
            let held = try tx.tallies(customer: customer.number).values.reduce(0) { $0 + $1.observed }
            guard held == 0 || isForced else { return false }
            try tx.audit(entry, at: now)
            try tx.removeCustomer(customer.number)
            return true
        }
        guard isRemoved else {
            return try await page(
                call, customer,
                wrong: "LinkedIn still holds records of it: erase them first, or say that they stay there.")
        }
        return .see("/ui?done=customer-removed")
    }
}

/// How far a contract's end is.
struct DisconnectProgress: Hashable, Sendable {
    struct Kind: Hashable, Sendable {
        var label: String
        var total: String
        var deleted: String
        var proven: String
    }

    /// None was asked for yet.
    var isAsked: Bool
    var state: Badge
    var because: String?
    var asked: String
    var finished: String?
    var kinds: [Kind]
    /// Records that LinkedIn holds.
    var held: Int

    static func read(_ customer: Customer, _ store: Store) async throws -> Self {
        let number = customer.number
        return try await store.read { tx in
            let held = try tx.tallies(customer: number).values.reduce(0) { $0 + $1.observed }
            guard let erasure = try tx.lastErasureOfEverything(customer: number) else {
                return Self(
                    isAsked: false, state: Badge(.quiet, "connected"), asked: "", kinds: [], held: held)
            }
            let progress = try tx.progress(erasure: erasure.id, customer: number)
            return Self(
                isAsked: true,
                state: erasure.state == .finished ? Badge(.good, "finished") : Badge(.warn, erasure.state.word),
                because: erasure.because, asked: Wording.time(erasure.askedAt.value),
                finished: erasure.finishedAt.map { Wording.time($0.value) },
                kinds: progress.sorted { $0.key < $1.key }.map { kind, counts in
                    Kind(
                        label: kind.plural, total: Wording.count(counts.total),
                        deleted: Wording.count(counts.deleted), proven: Wording.count(counts.proven))
                }, held: held)
        }
    }
}

struct DisconnectPage: Page {
    static let template = PageTemplate("disconnect", utf8: PackageResources.disconnect_mustache)
    var title: String
    var tabs: [PageTab]
    var base: String
    var id: String
    var progress: DisconnectProgress
    var isAsked: Bool
    var wrong: Notice?
    var mayEnd: Bool
    var heldCount: String
    var holdsSome: Bool

    init(_ customer: Customer, _ progress: DisconnectProgress, wrong: String?, for role: Role) {
        title = customer.name
        tabs = CustomerTab.all(customer, current: .disconnect, for: role)
        base = "/ui/customers/\(customer.id)"
        id = customer.id.text
        self.progress = progress
        isAsked = progress.isAsked
        self.wrong = wrong.map { Notice(.bad, $0) }
        mayEnd = role >= .admin
        heldCount = Wording.count(progress.held, "record")
        holdsSome = progress.held > 0
    }
}

extension Fragment {
    static let disconnectProgress = Fragment("disconnectProgress", utf8: PackageResources.disconnectProgress_mustache)
}

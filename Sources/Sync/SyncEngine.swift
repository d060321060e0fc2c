// SPDX-License-Identifier: Apache-2.0

package import Domain
import LinkedIn
package import Logging
package import Store
import Synchronization

/// Brings every customer's records to LinkedIn and keeps them right.
///
/// Under a virtual clock call `pass()` and move the clock to what it returns; in a running process `SyncService` calls `run()`.
/// A customer is worked on by one process at a time, under a lease; lanes of different customers and endpoint groups run side by side.
package final class SyncEngine: Sendable {
    /// Builds what speaks to LinkedIn for one customer, with its credentials.
    package typealias PortMaker = @Sendable (Customer) throws -> any LinkedInPort

    fileprivate struct Known {
        var worker: CustomerWorker
        /// Compared with the stored customer: other credentials or another name need another worker.
        var customer: Customer
    }

    private let store: Store
    private let options: SyncOptions
    private let time: any Timekeeper
    private let makePort: PortMaker
    private let log: Logger
    private let gate: Gate
    private let workers = Mutex<[Int64: Known]>([:])
    /// Customers whose worker runs; one that was stopped may take a while to settle its last call.
    private let running = Mutex<Set<Int64>>([])
    private let isStopping = Mutex(false)
    private let bell = Bell()

    package init(
        store: Store, options: SyncOptions, time: any Timekeeper = SystemTime(), log: Logger, port: @escaping PortMaker
    ) {
        self.store = store
        self.options = options
        self.time = time
        self.log = log
        makePort = port
        gate = Gate(options.callsAtOnce)
    }

    /// Works on every customer that is free until nothing may go now.
    ///
    /// - Returns: when something may go next; nil when nothing will by itself.
    /// - Throws: `StoreError`; what was not settled is still due.
    package func pass() async throws -> Millis? {
        var wakes: [Millis] = []
        for customer in try await store.read({ try $0.activeCustomers() }) {
            guard let worker = try await take(customer) else {
                wakes.append(time.now() + options.leaseLifetime)
                continue
            }
            do {
                if let wake = try await worker.pass() { wakes.append(wake) }
            } catch is LeaseLost {
                worker.scope.lease.lose()
                wakes.append(time.now() + options.leaseLifetime)
            }
        }
        return wakes.min().map { max($0, time.now() + .milliseconds(1)) }
    }

    /// The ATS changed records of a customer: its lanes look at once.
    package func signal(_ customer: Int64) {
        workers.withLock { $0[customer]?.worker }?.scope.ring(RecordKind.allCases)
    }

    /// There is work of this sort for a customer: it is begun at once.
    package func wake(_ duty: DutyName, of customer: Int64) {
        workers.withLock { $0[customer]?.worker }?.scope.bell(duty).ring()
    }

    /// Something says that a customer's integration changed (a push notification, a person): it is read at once.
    package func nudge(_ customer: Int64) {
        guard let worker = workers.withLock({ $0[customer]?.worker }) else { return bell.ring() }
        worker.keeper.nudge()
        worker.scope.integrationBell.ring()
    }

    /// Stops beginning anything; `run()` returns when what is on the wire is settled.
    package func stop() {
        isStopping.withLock { $0 = true }
        for known in workers.withLock({ Array($0.values) }) { known.worker.scope.stop() }
        bell.ring()
    }

    /// Works until `stop()` or cancellation.
    package func run() async {
        await withDiscardingTaskGroup { group in
            while !isStopping.withLock({ $0 }), !Task.isCancelled {
                do {
                    for customer in try await store.read({ try $0.activeCustomers() }) {
                        try await attend(customer, &group)
                    }
                } catch is CancellationError {
                    break
                } catch {
                    log.error("the customers cannot be read and are tried again", metadata: [LogKey.error: "\(error)"])
                }
                // Often enough to renew every lease in time, and to take over what a dead process held within five seconds.
                await bell.wait(atMost: options.leaseLifetime / 4)
            }
            for known in workers.withLock({ Array($0.values) }) { known.worker.scope.stop() }
        }
    }

    /// Keeps the lease of a customer that is worked on here, or begins to work on it.
    private func attend(_ customer: Customer, _ group: inout DiscardingTaskGroup) async throws {
        // A worker that was stopped gives its lease back first: a new one beside it would never be run, nor release its lease.
        if running.withLock({ $0.contains(customer.number) }) {
            try await renewed(customer)?.scope.setPaused(customer.pausedAt != nil)
            return
        }
        guard !isStopping.withLock({ $0 }), let worker = try await freely(customer) else { return }
        running.withLock { _ = $0.insert(customer.number) }
        group.addTask {
            await worker.run()
            await self.release(worker)
            self.running.withLock { _ = $0.remove(customer.number) }
        }
    }

    /// A customer that cannot be worked on (a secret that does not open, a forbidden address) does not hold up the others.
    private func freely(_ customer: Customer) async throws -> CustomerWorker? {
        do {
            return try await take(customer)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            log.error(
                "a customer cannot be worked on",
                metadata: [LogKey.customer: "\(customer.id)", LogKey.error: "\(error)"])
            return nil
        }
    }

    /// How LinkedIn answers a customer's calls; empty when this process makes none for it.
    package func lanes(of customer: Int64) -> [SyncStatus.LaneLine] {
        guard let worker = workers.withLock({ $0[customer]?.worker }) else { return [] }
        return worker.turnstiles.map { turnstile in
            let circuit = turnstile.circuitNow
            let shared = worker.lanes.filter { $0.turnstile === turnstile }
            return SyncStatus.LaneLine(
                group: turnstile.group.rawValue, inFlight: shared.reduce(0) { $0 + $1.inFlight },
                nextAt: shared.compactMap(\.nextAt).min(), isCircuitOpen: circuit.isOpen,
                failures: circuit.failures, reason: circuit.reason)
        }
    }

    /// Where a customer's synchronisation stands.
    package func status(_ customer: Customer) async throws -> SyncStatus {
        let now = time.now()
        let number = customer.number
        let (records, isResyncing, oldest, stored) = try await store.read { tx in
            let nexts = try RecordKind.allCases.compactMap { try tx.nextDue(customer: number, kind: $0) }
            return (
                try tx.tallies(customer: number), try tx.isResyncing(customer: number), nexts.min(),
                try tx.customer(number: number)
            )
        }
        let worker = workers.withLock { $0[number]?.worker }
        var budgets: [SyncStatus.BudgetLine] = []
        let lanes = lanes(of: number)
        if let worker {
            for turnstile in worker.turnstiles {
                let usage = try await worker.scope.budget(turnstile.group).usage(at: now)
                budgets.append(SyncStatus.BudgetLine(group: turnstile.group.rawValue, usage: usage))
            }
        }
        let busy =
            isResyncing || records.values.contains { $0.due > 0 || $0.confirming > 0 }
            || lanes.contains { $0.inFlight > 0 }
        let lag = oldest.map { $0 < now ? now - $0 : .zero } ?? .zero
        return SyncStatus(
            integration: stored?.status ?? customer.status, pausedAt: stored?.pausedAt, records: records, isIdle: !busy,
            budgets: budgets, lanes: lanes,
            lag: lag,
            isWorkedHere: worker?.scope.lease.isTrusted(at: now) ?? false)
    }
}

extension SyncEngine {
    /// The worker of a customer that this process works on now.
    func present(_ customer: Int64) -> CustomerWorker? { workers.withLock { $0[customer]?.worker } }

    /// The worker of a customer whose lease this process holds or can get; nil when another process works on it.
    private func take(_ customer: Customer) async throws -> CustomerWorker? {
        if let worker = try await renewed(customer) { return worker }
        let (now, ttl, holder) = (time.now(), options.leaseLifetime, options.holder)
        let lease = try await store.write { tx in
            try tx.acquireLease(name: "sync", customer: customer.number, holder: holder, now: now, ttl: ttl)
        }
        guard let lease else { return nil }
        let scope = CustomerScope(
            customer: customer, store: store, port: try makePort(customer), options: options, time: time, gate: gate,
            log: log,
            lease: LeaseHold(lease))
        let worker = CustomerWorker(scope)
        workers.withLock { $0[customer.number] = Known(worker: worker, customer: customer) }
        return worker
    }

    /// The worker there is, with its lease renewed; one that lost its lease, or that other credentials replace, is told to stop.
    private func renewed(_ customer: Customer) async throws -> CustomerWorker? {
        guard let known = workers.withLock({ $0[customer.number] }) else { return nil }
        let (now, ttl) = (time.now(), options.leaseLifetime)
        if known.isUsable(for: customer), let lease = try? known.worker.scope.lease.current(),
            let renewed = try await store.write({ try $0.renewLease(lease, now: now, ttl: ttl) })
        {
            known.worker.scope.lease.renewed(renewed)
            return known.worker
        }
        known.worker.scope.stop()
        return nil
    }

    private func release(_ worker: CustomerWorker) async {
        guard let lease = try? worker.scope.lease.current() else { return }
        worker.scope.lease.lose()
        _ = try? await store.write { try $0.releaseLease(lease) }
        workers.withLock { workers in
            if workers[lease.customer]?.worker === worker { workers[lease.customer] = nil }
        }
    }
}

extension SyncEngine.Known {
    fileprivate func isUsable(for stored: Customer) -> Bool {
        var (mine, theirs) = (customer, stored)
        // The state is ours to change, so a change of it is not news.
        mine.status = .pending
        theirs.status = .pending
        // A pause is read where records are claimed.
        mine.pausedAt = nil
        theirs.pausedAt = nil
        return mine == theirs && !worker.scope.isStopping
    }
}

extension CustomerWorker {
    /// Every way of this customer's calls, each once.
    var turnstiles: [Turnstile] {
        var known: Set<ObjectIdentifier> = []
        return (lanes.map(\.turnstile) + duties.flatMap(\.turnstiles) + [keeper.turnstile]).filter {
            known.insert(ObjectIdentifier($0)).inserted
        }
    }
}

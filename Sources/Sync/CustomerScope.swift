// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import Logging
import Store
import Synchronization

/// What everything that works on one customer shares.
final class CustomerScope: Sendable {
    let customer: Customer
    let store: Store
    let port: any LinkedInPort
    let options: SyncOptions
    let time: any Timekeeper
    let gate: Gate
    let log: Logger
    let lease: LeaseHold
    /// Set when the engine stops or the lease is lost: nothing new is begun, what is on the wire is finished.
    private let stopping = Mutex(false)
    private let budgets: [EndpointGroup: BudgetLedger]
    private let bells: [RecordKind: Bell]
    private let dutyBells: [DutyName: Bell]
    let integrationBell = Bell()
    /// A 403 says that the integration may have been switched off.
    private let doubt = Mutex(false)
    /// The customer's contract ends: everything is being erased, and nothing new is fetched.
    private let ending = Mutex(false)
    /// A person paused sending.
    private let paused: Mutex<Bool>

    init(
        customer: Customer, store: Store, port: any LinkedInPort, options: SyncOptions, time: any Timekeeper,
        gate: Gate, log: Logger,
        lease: LeaseHold
    ) {
        self.customer = customer
        self.store = store
        self.port = port
        self.options = options
        self.time = time
        self.gate = gate
        self.lease = lease
        var log = log
        log[metadataKey: LogKey.customer] = "\(customer.id)"
        self.log = log
        paused = Mutex(customer.pausedAt != nil)
        budgets = Dictionary(
            uniqueKeysWithValues: EndpointGroup.allCases.map { group in
                let limits = options.quotas.limits(of: group)
                return (
                    group,
                    BudgetLedger(
                        group, limits: limits, customer: customer.number, store: store, longestCall: options.longestCall
                    )
                )
            })
        bells = Dictionary(uniqueKeysWithValues: RecordKind.allCases.map { ($0, Bell()) })
        dutyBells = Dictionary(uniqueKeysWithValues: DutyName.allCases.map { ($0, Bell()) })
    }

    func budget(_ group: EndpointGroup) -> BudgetLedger { budgets[group]! }
    func bell(_ kind: RecordKind) -> Bell { bells[kind]! }
    func bell(_ duty: DutyName) -> Bell { dutyBells[duty]! }

    func ring(_ kinds: some Sequence<RecordKind>) {
        for kind in kinds { bell(kind).ring() }
    }

    func ringAll() {
        ring(RecordKind.allCases)
        for bell in dutyBells.values { bell.ring() }
        integrationBell.ring()
    }

    func stop() {
        stopping.withLock { $0 = true }
        ringAll()
    }

    /// Whether a new call may begin: nobody asked us to stop, and the customer is still ours.
    func mayBegin() -> Bool { !isStopping && lease.isTrusted(at: time.now()) }

    var isStopping: Bool { stopping.withLock { $0 } }

    /// From now on only what the erasure of everything needs is done.
    func end() { ending.withLock { $0 = true } }

    var isEnding: Bool { ending.withLock { $0 } }

    /// The lanes read the pause for themselves in the commit that claims; this wakes them when it is over.
    func setPaused(_ isPaused: Bool) {
        let wasPaused = paused.withLock { paused in
            defer { paused = isPaused }
            return paused
        }
        if wasPaused && !isPaused { ring(RecordKind.allCases) }
    }

    var isPaused: Bool { paused.withLock { $0 } && !isEnding }

    /// A call was forbidden, so the integration may have been switched off: it is read before anything else is sent.
    func doubtIntegration() {
        doubt.withLock { $0 = true }
        integrationBell.ring()
    }

    var doubtsIntegration: Bool { doubt.withLock { $0 } }

    /// - Returns: whether there was a doubt.
    func takeDoubt() -> Bool {
        doubt.withLock { doubt in
            defer { doubt = false }
            return doubt
        }
    }
}

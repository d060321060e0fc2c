// SPDX-License-Identifier: Apache-2.0

import ATSSource
import Connector
import Domain
package import Logging
import ServiceLifecycle
import Store
import Synchronization

/// Runs sources when they are due: by their schedule, or because somebody asked.
///
/// Each run holds a lease, so that of several processes one does it. It ends with the process: what was acknowledged stays, the watermark
/// stands where it was last moved, and whoever comes next goes on from there.
package final class SourceKeeper: Service {
    private let desk: SourceDesk
    /// Unique per process and start.
    private let holder: String
    private let sleep: @Sendable (Duration) async throws -> Void
    private let log: Logger
    private let running = Mutex<Set<SourceDue>>([])

    private static let interval: Duration = .seconds(1)
    /// Runs at once; each holds some megabytes.
    private static let most = 2
    private static let leaseLifetime: Duration = .seconds(20)
    /// How often a run renews its lease, tells how far it is, and looks whether it shall stop.
    private static let beat: Duration = .seconds(1)

    package init(
        _ desk: SourceDesk, holder: String,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        log: Logger = Logger(label: "crosswalk.sources") { _ in SwiftLogNoOpLogHandler() }
    ) {
        self.desk = desk
        self.holder = holder
        self.sleep = sleep
        self.log = log
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await self.watch() }
    }

    private func watch() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                for due in await look() { group.addTask { await self.perform(due) } }
                do { try await sleep(Self.interval) } catch { return }
            }
        }
    }

    /// Due sources that this process may begin now; each counts as running from here on.
    private func look() async -> [SourceDue] {
        let now = desk.time.now()
        // A database that cannot be read just now is looked at again.
        guard let due = try? await desk.store.read({ try $0.sourcesDue(at: now, limit: 16) }) else { return [] }
        return running.withLock { running in
            due.filter { running.count < Self.most && running.insert($0).inserted }
        }
    }

    /// Runs one source to its end, if nobody else does.
    func perform(_ due: SourceDue) async {
        defer { running.withLock { _ = $0.remove(due) } }
        do {
            guard let begun = try await begin(due) else { return }
            await read(begun)
        } catch {
            log.error(
                "a source could not be begun",
                metadata: ["customer": "\(due.customer)", "source": "\(due.name)", "error": "\(error)"])
        }
    }

    /// A run that this process holds.
    private struct Begun: Sendable {
        var customer: Customer
        var source: StoredSource
        var record: SourceRunRecord
        var lease: Lease
        let tally = RunTally()
    }

    private func begin(_ due: SourceDue) async throws -> Begun? {
        let (now, holder) = (desk.time.now(), holder)
        return try await desk.store.write { tx in
            guard let customer = try tx.customer(number: due.customer),
                let lease = try tx.acquireLease(
                    name: StoredSource.lease(due.name), customer: due.customer, holder: holder, now: now,
                    ttl: Self.leaseLifetime),
                let (source, record) = try tx.beginRun(of: due.name, customer: due.customer, at: now)
            else { return nil }
            return Begun(customer: customer, source: source, record: record, lease: lease)
        }
    }

    private enum Ending: Sendable {
        case read
        case failed(String)
        /// The process ends.
        case interrupted
        /// Somebody pressed Stop.
        case stopped
        /// The lease is another's: nothing may be written any more.
        case lost
    }

    private func read(_ begun: Begun) async {
        let ending = await withTaskGroup(of: Ending?.self) { group in
            group.addTask { await self.feed(begun) }
            group.addTask { await self.hold(begun) }
            var ending: Ending?
            while ending == nil, let next = await group.next() { ending = next }
            group.cancelAll()
            return ending ?? .interrupted
        }
        // The last words are written even though everything around is being cancelled.
        await Task { await self.finish(begun, ending) }.value
    }

    private func feed(_ begun: Begun) async -> Ending {
        let (source, tally) = (begun.source, begun.tally)
        do {
            let secrets = try await desk.secrets(of: source.name, customer: begun.customer)
            let sink = LocalSink(
                store: desk.store, time: desk.time,
                intake: LocalIntake(store: desk.store, time: desk.time, signal: desk.signal), customer: begun.customer,
                tally: tally)
            _ = try await SourceRun(
                mapping: try desk.mapping(source.mapping, secrets: secrets), name: source.name, sink: sink,
                full: begun.record.isFull, complain: { tally.add($0) }
            ).run()
            return .read
        } catch is CancellationError {
            return .interrupted
        } catch let error as SourceError {
            return Task.isCancelled ? .interrupted : .failed(error.description)
        } catch let error as HTTPProblem {
            return .failed(error.detail)
        } catch let error as StoreError {
            return Task.isCancelled ? .interrupted : .failed(error.message)
        } catch {
            log.error("a source could not be read", metadata: ["source": "\(source.name)", "error": "\(error)"])
            return .failed("something unexpected happened; the connector's log says more")
        }
    }

    /// Renews the lease and tells how far the run is, until something ends it.
    private func hold(_ begun: Begun) async -> Ending? {
        while true {
            do { try await sleep(Self.beat) } catch { return nil }
            let (now, counts) = (desk.time.now(), begun.tally.counts)
            let (name, customer, number) = (begun.source.name, begun.customer.number, begun.record.number)
            let state = try? await desk.store.write { tx -> Ending? in
                guard try tx.renewLease(begun.lease, now: now, ttl: Self.leaseLifetime) != nil else { return .lost }
                return try tx.noteRun(number, of: name, counts, customer: customer) ? .stopped : nil
            }
            if let ending = state ?? nil { return ending }
        }
    }

    private func finish(_ begun: Begun, _ ending: Ending) async {
        var record = begun.record
        record.counts = begun.tally.counts
        var goesOn = false
        switch ending {
        case .lost: return
        case .read: record.state = .finished
        case .failed(let reason):
            record.state = .failed
            record.reason = reason
        case .stopped:
            record.state = .stopped
            record.reason = "somebody stopped it; what was acknowledged stays"
        case .interrupted:
            record.state = .stopped
            record.reason = "the connector was stopped; it goes on from there when it is back"
            goesOn = true
        }
        let (name, customer, now, ended) = (begun.source.name, begun.customer.number, desk.time.now(), goesOn)
        do {
            try await desk.store.write { [record] tx in
                guard try tx.renewLease(begun.lease, now: now, ttl: Self.leaseLifetime) != nil else { return }
                try tx.endRun(
                    record, of: name, problems: begun.tally.problems, goesOn: ended, customer: customer, at: now)
                try tx.releaseLease(begun.lease)
            }
        } catch {
            log.error("the end of a run could not be kept", metadata: ["source": "\(name)", "error": "\(error)"])
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AsyncHTTPClient
import Domain
import Foundation
import NIOCore
import NIOHTTP1
import Store
import Synchronization
import Web

/// Opens many browsers' live connections to a running connector's dashboard, while records change every second, and prints what they cost.
struct Live: AsyncParsableCommand {
    /// The connector's data folder.
    @Option var data: String
    @Option var url: String
    /// The connector's process.
    @Option var pid: Int32
    /// Half of them look at the overview, the others at the customers' sync pages, each customer in turn.
    @Option var browsers = 200
    /// How many different customers they look at.
    @Option var customers = 20
    @Option var seconds = 20

    func run() async throws {
        let store = try Store.open(directory: data)
        let session = OneTimeSecret()
        let numbers = try await store.write { [seconds, customers] tx in
            let account = try tx.addAccount(
                "bench-\(UInt32.random(in: 0...UInt32.max))", role: .viewer, at: SystemTime().now())
            try tx.beginSession(
                token: session.hash, account: account.number, browser: "bench", address: "127.0.0.1",
                until: SystemTime().now() + .seconds(seconds + 600), at: SystemTime().now())
            return try tx.customers().prefix(customers).map { ($0.number, $0.id) }
        }
        guard !numbers.isEmpty else { throw ValidationError("there are no customers") }
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = browsers + 10
        let client = HTTPClient(configuration: configuration)
        let heard = Heard()
        try await withThrowingTaskGroup(of: Void.self) { [url, browsers, seconds, pid] group in
            for browser in 0..<browsers {
                let path =
                    browser % 2 == 0
                    ? "/ui/live" : "/ui/customers/\(numbers[browser / 2 % numbers.count].1)/sync/live"
                group.addTask {
                    try await Self.listen(client, url + path, session) { heard.count.withLock { $0 += 1 } }
                }
            }
            group.addTask { try await Self.change(store, numbers.map(\.0)) }
            group.addTask {
                // The first seconds open the connections.
                try await Task.sleep(for: .seconds(3))
                let (start, before, already) = (ContinuousClock.now, try Self.ticks(pid), heard.count.withLock { $0 })
                try await Task.sleep(for: .seconds(seconds))
                let spent = Double(try Self.ticks(pid) - before) / Double(sysconf(Int32(_SC_CLK_TCK)))
                let passed = (ContinuousClock.now - start).seconds
                report(
                    ("share", spent / passed * 100), ("browsers", Double(browsers)),
                    ("updates", Double(heard.count.withLock { $0 } - already) / passed))
                throw CancellationError()
            }
            // `waitForAll` would wait for the browsers, too, which never end by themselves.
            do { while try await group.next() != nil {} } catch is CancellationError { group.cancelAll() }
        }
        try await client.shutdown()
        try await store.close()
    }

    @concurrent private static func listen(
        _ client: HTTPClient, _ url: String, _ session: OneTimeSecret, _ hear: @escaping @Sendable () -> Void
    ) async throws {
        var request = HTTPClientRequest(url: url)
        request.headers = ["cookie": "crosswalk=\(session.text)", "accept": "text/event-stream"]
        let response = try await client.execute(request, timeout: .hours(1))
        guard response.status == .ok, response.headers.first(name: "content-type") == "text/event-stream" else {
            throw ValidationError("\(url) answered \(response.status.code)")
        }
        do { for try await _ in response.body { hear() } } catch is CancellationError {}
    }

    /// A record of each customer a second, as a busy morning would.
    @concurrent private static func change(_ store: Store, _ customers: [Int64]) async throws {
        // Other runs may have left records behind.
        let run = UInt32.random(in: 0...UInt32.max)
        var round = 0
        while !Task.isCancelled {
            round += 1
            let now = SystemTime().now()
            try await store.write { [round, run] tx in
                for customer in customers {
                    let body = Array(#"{"firstName":"Ada \#(round)"}"#.utf8)
                    let hash = ContentHash((0..<16).map { UInt8(truncatingIfNeeded: round >> ($0 % 8) &+ $0) })
                    _ = try tx.accept(
                        [
                            .put(
                                DesiredRecord(
                                    key: RecordKey(.candidate, id: "live-\(run)-\(round)"), body: body, hash: hash))
                        ], customer: customer, priority: .interactive, at: now)
                }
            }
            try await Task.sleep(for: .seconds(1))
        }
    }

    /// The processor time that a process used, in the kernel's ticks. Source: proc(5), fields 14 and 15 of stat.
    private static func ticks(_ pid: Int32) throws -> Int {
        let stat = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        let fields = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ")
        return (Int(fields[12]) ?? 0) + (Int(fields[13]) ?? 0)
    }
}

/// Pieces of live updates that arrived.
private final class Heard: Sendable {
    let count = Mutex(0)
}

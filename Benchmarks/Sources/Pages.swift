// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AsyncHTTPClient
import Connector
import Dashboard
import Domain
import Foundation
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import Store
import Web

/// How long every page of the dashboard takes on the server, with very many records and customers, over loopback.
///
/// One customer has half of all records, so that the pages of one customer are measured at their worst. What a page is, is read from
/// the dashboard itself: a new page is measured without being named here.
struct Pages: AsyncParsableCommand {
    @Option var records = 1_000_000
    @Option var customers = 200
    /// The data folder; one that is filled already is used as it is.
    @Option var folder: String
    /// How often each page is asked for.
    @Option var rounds = 20

    func run() async throws {
        let store = try Store.open(directory: folder)
        let seed = PageSeed(store: store, records: records, customers: customers)
        if try await store.read({ try $0.customers().isEmpty }) { try await seed.fill() }
        let cookie = try await Self.session(store)
        let dashboard = Dashboard(Dashboard.Parts(store: store))
        var settings = ConnectorServer.Settings()
        settings.port = 0
        let server = ConnectorServer(store: store, settings: settings, pages: dashboard.face)
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let application = server.application(logger: Self.quiet) { continuation.yield($0) }
        let group = ServiceGroup(services: [application], logger: Self.quiet)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await port in ports {
                try await measure(dashboard, "http://127.0.0.1:\(port)", cookie)
                break
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        try await store.close()
    }

    private func measure(_ dashboard: Dashboard, _ base: String, _ cookie: String) async throws {
        var times: [(path: String, spent: [Double])] = []
        for path in paths(of: dashboard) where try await Self.ask(base + path, cookie) != nil {
            times.append((path, []))
        }
        for _ in 0..<rounds {
            for index in times.indices {
                if let spent = try await Self.ask(base + times[index].path, cookie) { times[index].spent.append(spent) }
            }
        }
        let rows = times.map {
            (path: $0.path, p50: Self.percentile($0.spent, 0.5), p95: Self.percentile($0.spent, 0.95))
        }
        .sorted { $0.p95 > $1.p95 }
        for row in rows {
            FileHandle.standardError.write(
                Data(String(format: "%8.1f ms p50 %8.1f ms p95  %@\n", row.p50, row.p95, row.path as NSString).utf8))
        }
        let all = times.flatMap(\.spent)
        let search = rows.filter { $0.path.contains("?q=") }.map(\.p95).max() ?? 0
        report(
            ("pages", Double(rows.count)), ("worst", rows.first?.p95 ?? 0), ("p50", Self.percentile(all, 0.5)),
            ("p95", Self.percentile(all, 0.95)), ("search", search))
    }

    /// Every page that needs no more than a customer, for a large and a small one, and what people look for.
    private func paths(of dashboard: Dashboard) -> [String] {
        var paths: [String] = []
        for endpoint in dashboard.endpoints where endpoint.method == .get {
            let pattern = endpoint.pattern.description
            for customer in ["large", "small-1"] {
                let path = pattern.replacing("/customers/{id}", with: "/customers/\(customer)")
                if !path.contains("{"), path.hasPrefix("/ui"), !paths.contains(path) { paths.append(path) }
            }
        }
        let large = "/ui/customers/large"
        for state in RecordFilter.allCases { paths.append("\(large)/records?state=\(state.rawValue)") }
        for text in ["mue", "muller", "ada lovelace", "zo mu", "00", "f", "nobody"] {
            paths.append("\(large)/records?q=\(text.urlComponent)")
        }
        paths.append("\(large)/records?q=muller&state=rejected")
        paths.append("\(large)/records?type=candidateNote&state=due")
        paths.append("\(large)/records/one?type=candidate&id=\(PageSeed.id(7))")
        paths.append("\(large)/rejected/rows?" + PageSeed.group)
        return paths
    }

    /// - Returns: milliseconds until the whole page was there; nil for what is no page: a stream, a file, another place.
    @concurrent private static func ask(_ url: String, _ cookie: String) async throws -> Double? {
        var request = HTTPClientRequest(url: url)
        request.headers = ["cookie": cookie]
        let start = ContinuousClock.now
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        guard response.status == .ok, response.headers.first(name: "content-type")?.hasPrefix("text/html") == true
        else { return nil }
        _ = try await response.body.collect(upTo: 16 << 20)
        return (ContinuousClock.now - start).seconds * 1_000
    }

    /// Comes in below the door: an account and its session are put into the store.
    private static func session(_ store: Store) async throws -> String {
        let (secret, now) = (OneTimeSecret(), SystemTime().now())
        try await store.write { tx in
            let account = try tx.addAccount("bench-\(now.value)", role: .admin, at: now)
            try tx.beginSession(
                token: secret.hash, account: account.number, browser: "bench", address: "127.0.0.1",
                until: now + .seconds(86_400), at: now)
        }
        return "crosswalk=\(secret.text)"
    }

    private static func percentile(_ values: [Double], _ part: Double) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]
    }

    private static let quiet = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
}

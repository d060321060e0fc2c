// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import Foundation
import JSONBytes
import Store

struct Events: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What the ATS must learn: exports, matches, messages, notes, rejections.",
        discussion: """
            Reads the API with a customer's key (--key or CROSSWALK_API_KEY), or the data folder with --customer.
              crosswalk events --customer acme
              crosswalk events --follow --after 0 --type export.received
            One event a line; --format json prints the events as they are, one JSON object a line. docs/events.md explains them.
            """)
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var target: ConnectorTarget
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "Read this customer's feed in the data folder.") var customer: String?
    @Option(name: .long, help: "Begin behind this event's number (default: 0, or the newest with --follow).")
    var after: Int64?
    @Option(name: .long, help: "Only this type; may be given several times.") var type: [EventType] = []
    @Flag(name: .long, help: "Go on with what happens from now on, until Ctrl-C.") var follow = false

    func run() async throws {
        let settings = try await options.settings()
        let feed = try await self.feed(settings)
        var cursor: Int64
        if let after { cursor = after } else { cursor = follow ? try await feed.head() : 0 }
        while true {
            let page = try await feed.page(after: cursor, types: type.map(\.rawValue), wait: follow)
            for event in page.events { Terminal.out(line(event)) }
            if page.next == cursor, !follow { return }
            cursor = page.next
        }
    }

    private func feed(_ settings: Settings) async throws -> any EventSource {
        if let customer {
            let workspace = try Workspace.open(settings)
            return StoredFeed(store: workspace.store, customer: try await workspace.customer(customer))
        }
        guard let api = target.api(settings) else {
            throw CommandError(
                "whose events? name a customer of the data folder with --customer, or give an API key with --key or "
                    + Setting.apiKey.environmentName)
        }
        return ServedFeed(api: api)
    }

    private func line(_ event: JSONValue) -> String {
        guard output.format == .table else { return String(decoding: event.bytes, as: UTF8.self) }
        let number = String(event["number"]?.int ?? 0)
        let type = event["type"]?.string ?? ""
        let gap = String(repeating: " ", count: max(1, 20 - type.count))
        let data = event["data"].map { $0.isNull ? "(erased)" : String(decoding: $0.bytes, as: UTF8.self) } ?? ""
        let at = (event["at"]?.string ?? "").prefix(19).replacing("T", with: " ")
        return "\(number)  \(at)Z  \(Terminal.style.bold(type))\(gap)\(data)"
    }
}

/// Where the command reads events.
private protocol EventSource: Sendable {
    /// - Parameter wait: holds an empty page back until something happens, half a minute at most.
    func page(after: Int64, types: [String], wait: Bool) async throws -> (events: [JSONValue], next: Int64)
    /// The newest event's number.
    func head() async throws -> Int64
}

/// A running connector's API.
private struct ServedFeed: EventSource {
    var api: HTTPJSON

    func page(after: Int64, types: [String], wait: Bool) async throws -> (events: [JSONValue], next: Int64) {
        let filter = types.isEmpty ? "" : "&types=\(types.joined(separator: ","))"
        let page = try await api.send(
            .GET, "/api/v1/events?limit=1000&after=\(after)\(wait ? "&wait=30" : "")\(filter)")
        return (page["events"]?.array ?? [], page["next"]?.int ?? after)
    }

    /// A type that hardly ever happens, so that the pages are empty and the cursor runs to the end.
    func head() async throws -> Int64 {
        var cursor: Int64 = 0
        while case let next = try await page(after: cursor, types: [EventType.webhookDisabled.rawValue], wait: false)
            .next,
            next > cursor
        {
            cursor = next
        }
        return cursor
    }
}

/// The data folder, beside a connector that may be running.
private struct StoredFeed: EventSource {
    let store: Store
    let customer: Customer
    private let watcher: EventWatcher

    init(store: Store, customer: Customer) {
        self.store = store
        self.customer = customer
        watcher = EventWatcher(store)
    }

    func page(after: Int64, types: [String], wait: Bool) async throws -> (events: [JSONValue], next: Int64) {
        let page = try await store.read { tx in
            try tx.eventPage(of: customer.number, named: customer.id, after: after, limit: 1000, types: types)
        }
        guard after <= page.head else {
            throw CommandError("the newest event of \(customer.id) is \(page.head); \(after) lies beyond it")
        }
        if wait, page.count == 0, page.next == page.head {
            await watcher.wait(for: customer.number, beyond: page.head, atMost: .seconds(30))
        }
        let events = try JSONValue(parsing: [UInt8(ascii: "[")] + page.json + [UInt8(ascii: "]")])
        return (events.array ?? [], page.next)
    }

    func head() async throws -> Int64 { try await store.read { try $0.lastEvent(customer: customer.number) } }
}

extension EventType: ExpressibleByArgument {}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import JSONBytes
import LinkedIn
import Store

struct PullsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pulls", abstract: "What recruiters did: how far seats, InMail, notes and profiles are read.",
        subcommands: [PullsStatus.self, PullsHistory.self], defaultSubcommand: PullsStatus.self)
}

struct PullsStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Per feed: how far it is read, what is left of its history, calls of today.",
        discussion: "Exit status 1 when LinkedIn refuses to answer for some seat, so that a nightly job notices.")
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "Only this customer (default: all).") var customer: String?

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        var customers = try await workspace.store.read { try $0.customers() }
        if let name = customer { customers = [try await workspace.customer(name)] }
        let now = SystemTime().now()
        var lines: [String] = []
        var json = JSONObject()
        var isClean = true
        for customer in customers {
            let (cursors, calls, spent) = try await workspace.store.read { tx in
                (
                    try tx.pullCursors(customer: customer.number),
                    try tx.pullCalls(customer: customer.number, day: now.utcDay),
                    try tx.requestsToday(
                        customer: customer.number, group: EndpointGroup.recruiter.rawValue, day: now.utcDay)
                )
            }
            let feeds = PullFeed.allCases.map { FeedLine($0, cursors, calls: calls[$0] ?? 0, at: now) }
            isClean = isClean && feeds.allSatisfy { $0.failing == 0 }
            let limit = EndpointGroup.recruiter.quota.requestsPerDay
            json[customer.id.text] = [
                "calls_today": .int(Int64(spent)), "calls_per_day": limit.map { .int(Int64($0)) } ?? .null,
                "feeds": .object(JSONObject(feeds.map { ($0.feed.rawValue, $0.json) })),
            ]
            lines += [
                Terminal.style.bold("\(customer.id) · \(customer.name)")
                    + "  \(spent.grouped) of \((limit ?? 0).grouped) shared calls today", "",
            ]
            lines += FeedLine.table(feeds).lines(style: Terminal.style) + feeds.compactMap(\.complaint) + [""]
        }
        if customers.isEmpty { lines = ["No customers yet. Add one: crosswalk customer add --help"] }
        output.print(.object(json), table: lines)
        guard isClean else { throw ExitCode.needsAttention }
    }
}

/// How far one feed of a customer was read.
private struct FeedLine {
    let feed: PullFeed
    let calls: Int
    let contracts: Int
    let seats: Int
    /// Everything before is read; nil when nothing was read yet.
    let through: Millis?
    let lag: Duration?
    /// How much of the time before the seats were seen first is not read yet, the longest of them.
    let historyLeft: Duration?
    let failing: Int
    let reason: String?

    init(_ feed: PullFeed, _ cursors: [PullCursor], calls: Int, at now: Millis) {
        let own = cursors.filter { $0.feed == feed }
        let regular = own.filter { !$0.key.isHistory && $0.dueAt != nil && $0.through > Millis(0) }
        self.feed = feed
        self.calls = calls
        contracts = Set(own.map(\.key.contract)).subtracting([0]).count
        seats = Set(own.flatMap(\.owners)).count
        through = regular.map(\.through).min()
        lag = through.map { $0 < now ? now - $0 : .zero }
        historyLeft = own.filter(\.key.isHistory).compactMap { cursor in cursor.stop.map { $0 - cursor.through } }.max()
        let broken = own.filter { $0.failures > 0 }
        failing = broken.count
        reason = broken.first?.reason
    }

    static func table(_ feeds: [Self]) -> Table {
        var table = Table(
            .text("feed"), .number("contracts"), .number("seats"), .text("read up to"), .number("minutes ago"),
            .number("days of history left"), .number("calls today"), .number("failing"))
        for line in feeds {
            table.add(
                line.feed.rawValue, line.contracts.grouped, line.seats.grouped, line.through?.readable ?? "never",
                line.lag.map { Int($0.components.seconds / 60).grouped } ?? "",
                line.historyLeft.map { Int($0.components.seconds / 86_400).grouped } ?? "", line.calls.grouped,
                line.failing.grouped)
        }
        return table
    }

    var complaint: String? {
        reason.map { Terminal.style.yellow("\(feed.rawValue): ") + "\($0); it is tried again" }
    }

    var json: JSONValue {
        [
            "contracts": .int(Int64(contracts)), "seats": .int(Int64(seats)),
            "through": through.map { .string($0.iso8601) } ?? .null,
            "lag_seconds": lag.map { .int($0.components.seconds) } ?? .null,
            "history_left_seconds": historyLeft.map { .int($0.components.seconds) } ?? .null,
            "calls_today": .int(Int64(calls)), "failing": .int(Int64(failing)),
            "reason": reason.map(JSONValue.string) ?? .null,
        ]
    }
}

struct PullsHistory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "How far back recruiters' activity is read.",
        discussion: """
            Set it before the contract is enabled: it counts for seats that are seen for the first time. Without it a year is read. A year of
            InMail of one seat takes 736 calls of the 100,000 that LinkedIn allows a day.
            """)
    @OptionGroup var options: ConfigurationOptions
    @Option(name: .long, help: "The customer.") var customer: String
    @Option(name: .long, help: "Days, 0 to 3650.") var days: Int

    func validate() throws {
        guard (0...3650).contains(days) else { throw ValidationError("--days is a number from 0 to 3650") }
    }

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        let customer = try await workspace.customer(self.customer)
        let (days, now) = (days, SystemTime().now())
        try await workspace.store.write { tx in
            try tx.setPullHistory(days: days, customer: customer.number)
            try tx.audit(.command("pulls.history", "\(days) days", of: customer.number), at: now)
        }
        Terminal.note("\(customer.id): seats that are seen for the first time are read back for \(days) days")
    }
}

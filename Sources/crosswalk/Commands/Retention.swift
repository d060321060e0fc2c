// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import JSONBytes
import Store

/// How long LinkedIn's data is kept.
struct RetentionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: "How long LinkedIn's data is kept, and what happens when an account is closed.",
        discussion: """
            Without a limit LinkedIn's data is kept until the member closes the account or the person is erased. A purge runs once a day.
              crosswalk retention show --customer acme
              crosswalk retention set --customer acme --days inMails=365 --days events=90 --closed erase
              crosswalk retention set --customer acme --days inMails=none
              crosswalk retention run --customer acme --dry-run
            """,
        subcommands: [RetentionShow.self, RetentionSet.self, RetentionRunCommand.self],
        defaultSubcommand: RetentionShow.self)
}

struct RetentionShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "The policy, the last purges, and when LinkedIn was asked about closed accounts."
    )
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The customer.") var customer: String

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        let customer = try await workspace.customer(customer)
        let (policy, runs, checks) = try await workspace.store.read { tx in
            (
                try tx.retentionPolicy(customer: customer.number),
                try tx.retentionRuns(customer: customer.number, before: nil, limit: 5),
                try tx.closedChecks(customer: customer.number, before: nil, limit: 5)
            )
        }
        var lines = RetentionReport.lines(policy)
        if !runs.isEmpty { lines += [""] + RetentionReport.lines(runs) }
        if !checks.isEmpty { lines += [""] + RetentionReport.lines(checks) }
        output.print(RetentionReport.json(policy), table: lines)
    }
}

struct RetentionSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change the policy; what is not named stays as it is.",
        discussion: "Kinds: \(RetentionKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The customer.") var customer: String
    @Option(name: .long, help: "KIND=DAYS, or KIND=none for no limit; may be said more than once.") var days: [String] =
        []
    @Option(name: .long, help: "When an account is closed: notify, erase or eraseCandidate.") var closed: ClosedPolicy?

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        let customer = try await workspace.customer(customer)
        let changes = try days.map(Self.change)
        let (closed, now) = (closed, SystemTime().now())
        let policy = try await workspace.store.write { tx in
            var policy = try tx.retentionPolicy(customer: customer.number)
            for (kind, days) in changes { policy.days[kind] = days }
            if let closed { policy.closed = closed }
            try tx.setRetentionPolicy(policy, customer: customer.number)
            try tx.audit(.command("retention.set", "the retention policy", of: customer.number), at: now)
            return policy
        }
        output.print(RetentionReport.json(policy), table: RetentionReport.lines(policy))
    }

    private static func change(_ text: String) throws -> (RetentionKind, Int?) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let kind = RetentionKind(rawValue: parts[0]) else {
            throw ValidationError(
                "--days \(text): KIND=DAYS with a kind of \(RetentionKind.allCases.map(\.rawValue).joined(separator: ", "))"
            )
        }
        if parts[1] == "none" { return (kind, nil) }
        guard let days = Int(parts[1]), (1...RetentionPolicy.longest).contains(days) else {
            throw ValidationError(
                "--days \(text): days are a whole number from 1 to \(RetentionPolicy.longest), or none")
        }
        return (kind, days)
    }
}

struct RetentionRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Purge now, or say what a purge would remove.")
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The customer.") var customer: String
    @Flag(name: .customLong("dry-run"), help: "Only count.") var dryRun = false

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        let customer = try await workspace.customer(customer)
        let (now, dryRun) = (SystemTime().now(), dryRun)
        let counts = try await workspace.store.write { tx in
            if dryRun { return try tx.purgeable(customer: customer.number, at: now) }
            try tx.audit(.command("retention.run", of: customer.number), at: now)
            return try tx.purge(customer: customer.number, at: now).counts
        }
        if !dryRun { _ = try await workspace.store.emptyLog() }
        var table = Table(.text("kind"), .number("days"), .number(dryRun ? "would go" : "removed"))
        for count in counts { table.add(count.kind.rawValue, String(count.days), count.removed.grouped) }
        output.print(
            .array(
                counts.map {
                    ["kind": .string($0.kind.rawValue), "days": .int(Int64($0.days)), "rows": .int(Int64($0.removed))]
                }),
            table: counts.isEmpty
                ? ["No kind has a limit; crosswalk retention set --customer \(customer.id) --days inMails=365"]
                : table.lines(style: Terminal.style))
    }
}

enum RetentionReport {
    static func json(_ policy: RetentionPolicy) -> JSONValue {
        var days = JSONObject()
        for kind in RetentionKind.allCases { days[kind.rawValue] = policy.days[kind].map { .int(Int64($0)) } ?? .null }
        return ["days": .object(days), "closedProfiles": .string(policy.closed.word)]
    }

    static func lines(_ policy: RetentionPolicy) -> [String] {
        var table = Table(.text("kept"), .text("for"))
        for kind in RetentionKind.allCases {
            table.add(
                kind.rawValue,
                policy.days[kind].map { "\($0) days" } ?? "until the account is closed or the person erased")
        }
        table.add("closed accounts", policy.closed.word)
        return table.lines(style: Terminal.style)
    }

    static func lines(_ runs: [RetentionRun]) -> [String] {
        var table = Table(.text("purge"), .text("at"), .text("removed"))
        for run in runs {
            let removed = run.counts.map { "\($0.kind.rawValue) \($0.removed.grouped)" }.joined(separator: ", ")
            table.add(String(run.number), run.at.readable, removed.isEmpty ? "no kind has a limit" : removed)
        }
        return table.lines(style: Terminal.style)
    }

    static func lines(_ checks: [ClosedCheck]) -> [String] {
        var table = Table(
            .text("closed accounts asked for"), .text("policy"), .number("named"), .number("new"), .number("erasures"))
        for check in checks {
            table.add(
                check.at.readable, check.policy.word, check.found.grouped, check.told.grouped, check.erased.grouped)
        }
        return table.lines(style: Terminal.style)
    }
}

extension ClosedPolicy: ExpressibleByArgument {
    init?(argument: String) { self.init(word: argument) }
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import JSONBytes
import Store

struct SyncPause: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Stop sending a customer's records to LinkedIn.",
        discussion: """
            A running connector stops within a second; a call that is under way is finished. Changes from the ATS, LinkedIn's notifications and
            what recruiters do are taken in all the same. It lasts, over restarts too, until: crosswalk sync resume --customer ID
            """)
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The customer.") var customer: String

    func run() async throws { try await SyncPausing.set(true, customer, options, output) }
}

struct SyncResume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Send a customer's records again after a pause.")
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The customer.") var customer: String

    func run() async throws { try await SyncPausing.set(false, customer, options, output) }
}

private enum SyncPausing {
    static func set(_ isPaused: Bool, _ name: String, _ options: ConfigurationOptions, _ output: OutputOptions)
        async throws
    {
        let workspace = try Workspace.open(try await options.settings())
        let customer = try await workspace.customer(name)
        let now = SystemTime().now()
        let (changed, due) = try await workspace.store.write { tx in
            let changed = try tx.setPaused(isPaused, customer: customer.number, at: now)
            if changed {
                try tx.audit(.command(isPaused ? "sync.pause" : "sync.resume", of: customer.number), at: now)
            }
            return (changed, try tx.tallies(customer: customer.number).values.reduce(0) { $0 + $1.due })
        }
        try await workspace.store.close()
        let was = changed ? "is" : "was already"
        output.print(
            ["customer": .string(customer.id.text), "paused": .bool(isPaused), "changed": .bool(changed)],
            table: [
                isPaused
                    ? "\(customer.id) \(was) paused; \(due.of("record")) wait here."
                    : "\(customer.id) \(changed ? "sends again" : "was not paused"); \(due.of("record")) due."
            ])
    }
}

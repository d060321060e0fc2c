// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import JSONBytes
import LinkedInClient
import Logging
import Store
import Sync

struct SyncRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Send what is due now, in this process, and stop when nothing more can go.",
        discussion: """
            For a machine where no connector runs, or for a job in the night. A running connector does this by itself; a customer that it works on
            is left to it. Waits for LinkedIn's quotas as long as it takes; Ctrl-C is safe at any time.
            """)
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .customLong("linkedin"), help: "Stands for both of LinkedIn's hosts.") var linkedIn: String?
    @Option(name: .customLong("most-minutes"), help: "Stop after so many minutes, done or not.") var mostMinutes: Int?

    func run() async throws {
        let settings = try await options.settings([.linkedInURL: linkedIn])
        let workspace = try Workspace.open(settings)
        try await workspace.store.write { try $0.audit(.command("sync.run"), at: SystemTime().now()) }
        let transport = AHCTransport()
        let access = LinkedInAccess(
            settings: settings, transport: transport, vault: workspace.store.vault,
            logger: Log.make("crosswalk", level: .warning))
        let engine = SyncEngine(
            store: workspace.store, options: ConnectorProcess.options(settings), log: access.logger,
            port: { try access.port(for: $0) })
        let end = mostMinutes.map { ContinuousClock.now + .seconds($0 * 60) }
        let bar = ProgressBar("at LinkedIn", total: try await workspace.totals().desired)
        repeat {
            let wake = try await engine.pass()
            let totals = try await workspace.totals()
            bar.set(totals.observed)
            guard !totals.isIdle, let wake, end.map({ ContinuousClock.now < $0 }) ?? true else { break }
            let pause = wake - SystemTime().now()
            if pause > .zero { try await Task.sleep(for: min(pause, .seconds(5))) }
        } while true
        bar.finish()
        engine.stop()
        try await transport.shutdown()
        var lines: [String] = []
        var json = JSONObject()
        for customer in try await workspace.store.read({ try $0.customers() }) {
            let tallies = try await workspace.store.read { try $0.tallies(customer: customer.number) }
            lines += SyncReport.lines(customer, tallies) + [""]
            json[customer.id.text] = SyncReport.json(customer, tallies)
        }
        output.print(.object(json), table: lines)
    }
}

extension Workspace {
    /// Sums over all enabled customers.
    func totals() async throws -> (desired: Int, observed: Int, isIdle: Bool) {
        try await store.read { tx in
            var sums = (desired: 0, observed: 0, isIdle: true)
            for customer in try tx.customers() where customer.status == .enabled && customer.pausedAt == nil {
                for tally in try tx.tallies(customer: customer.number).values {
                    sums.desired += tally.desired
                    sums.observed += tally.observed
                    sums.isIdle = sums.isIdle && tally.due == 0 && tally.confirming == 0
                }
            }
            return sums
        }
    }
}

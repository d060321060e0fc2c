// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import JSONBytes
import Store

struct CustomerSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Change what a customer decided; a running connector tells LinkedIn within seconds.",
        discussion: """
            Before jobs that are in no group are hidden, say what the groups are, and let the users sign in:
              crosswalk customer set acme --visibility acl
            """)
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The customer's id.") var customer: String
    @Option(name: .long, help: "Who sees jobs that are in no group (ACL): everybody, or, with 'acl', nobody.")
    var visibility: JobVisibility

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        let customer = try await workspace.customer(customer)
        let (visibility, now) = (visibility, SystemTime().now())
        try await workspace.store.write { tx in
            guard var settings = try tx.customer(number: customer.number)?.settings else { return }
            settings.visibility = visibility
            try tx.setSettings(customer: customer.number, settings)
            try tx.audit(.command("settings.change", of: customer.number), at: now)
        }
        try await workspace.store.close()
        output.print(
            ["customer": .string(customer.id.text), "visibility": .string(visibility.name)],
            table: ["\(customer.id): jobs without a group are seen by \(visibility == .acl ? "nobody" : "everybody")."])
    }
}

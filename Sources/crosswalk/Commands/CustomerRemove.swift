// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import JSONBytes
import Store

struct CustomerRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Forget a customer: its records, keys and secrets in the connector.",
        discussion: """
            What LinkedIn holds stays there: erase them first (crosswalk erase --customer ID --everything),
            and keep its receipt, which stays here. --force removes the customer anyway.
            """)
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The customer's id.") var customer: String
    @Flag(name: .long, help: "Remove it although LinkedIn still holds records of it.") var force = false

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        let customer = try await workspace.customer(customer)
        let (isForced, now) = (force, SystemTime().now())
        let held = try await workspace.store.write { tx in
            let held = try tx.tallies(customer: customer.number).values.reduce(0) { $0 + $1.observed }
            guard held == 0 || isForced else { return held }
            try tx.audit(.command("customer.remove", of: customer.number), at: now)
            try tx.removeCustomer(customer.number)
            return 0
        }
        guard held == 0 else {
            throw CommandError(
                "LinkedIn still holds \(held.grouped) records of \(customer.id): delete them first, or say --force to leave them there",
                code: .needsAttention)
        }
        try await workspace.store.close()
        output.print(["removed": .string(customer.id.text)], table: ["\(customer.id) is gone from the connector."])
    }
}

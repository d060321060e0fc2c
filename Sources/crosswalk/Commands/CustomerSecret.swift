// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import Store

struct CustomerSecret: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secret", abstract: "Replace the client secret of a customer's application at LinkedIn.",
        discussion: """
            Give the new secret that LinkedIn made. Calls use it at once; pushes signed with the old one count for another 24 hours, because \
            LinkedIn repeats a failed delivery as it was signed.
              crosswalk customer secret acme --client-secret NEW
            """)
    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "The customer.") var customer: String
    @Option(name: .customLong("client-secret"), help: "The new secret.") var clientSecret: String

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        let customer = try await workspace.customer(customer)
        let sealed = try workspace.store.vault.seal(clientSecret, for: Customer.secretPurpose(customer.id))
        let now = SystemTime().now()
        try await workspace.store.write { tx in
            try tx.setCredentials(
                customer: customer.number, clientID: customer.clientID, clientSecret: sealed,
                applicationURN: customer.applicationURN, at: now)
            try tx.audit(.command("secret.replace", of: customer.number), at: now)
        }
        try await workspace.store.close()
        Terminal.note("\(customer.id) has the new secret; the old one counts for pushes until tomorrow.")
    }
}

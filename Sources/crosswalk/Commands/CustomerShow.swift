// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import JSONBytes
import Store

struct CustomerShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "One customer: its application, integrations and what happens next.")
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The customer's id.") var customer: String

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        let customer = try await workspace.customer(customer)
        let integrations = try await workspace.store.read { try $0.integrations(customer: customer.number) }
        var json = customer.json
        json["callback_url"] = .string(Workspace.callbackURL(workspace.settings, customer.id))
        json["redirect_url"] = .string(Workspace.redirectURL(workspace.settings))
        json["visibility"] = .string(customer.settings.visibility.name)
        json["integrations"] = .array(
            integrations.map {
                [
                    "type": .string($0.type), "context": .string($0.context), "name": .string($0.name),
                    "status": .string($0.status),
                ]
            })
        var facts = Table(.text("customer"), .text(customer.id.text))
        facts.add("name", customer.name)
        facts.add("state", "\(customer.stateWord): \(customer.next)")
        facts.add("organization", "urn:li:organization:\(customer.organization)")
        facts.add("contracts", customer.contracts.map { "urn:li:contract:\($0)" }.joined(separator: ", "))
        facts.add("client id", customer.clientID)
        facts.add("application", customer.applicationURN ?? "(given by hand)")
        facts.add("LinkedIn at", customer.linkedInURL)
        facts.add("callback URL", Workspace.callbackURL(workspace.settings, customer.id))
        facts.add("redirect URL", Workspace.redirectURL(workspace.settings))
        facts.add("jobs in no group", customer.settings.visibility == .acl ? "hidden" : "seen by everybody")
        facts.add("created", customer.createdAt.readable)
        var table = Table(.text("integration"), .text("for"), .text("status at LinkedIn"), .text("name"))
        for integration in integrations {
            table.add(integration.type, integration.context, integration.status, integration.name)
        }
        output.print(
            .object(json),
            table: facts.lines(style: Terminal.style) + [""]
                + (integrations.isEmpty
                    ? ["LinkedIn has not been asked about its integrations yet."] : table.lines(style: Terminal.style)))
    }
}

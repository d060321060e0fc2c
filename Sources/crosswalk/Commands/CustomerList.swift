// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import JSONBytes
import Store

struct CustomerList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Every customer, how far it is, and what needs attention.")
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let store = try Workspace.open(try await options.settings()).store
        let customers = try await store.read { tx in
            try tx.customers().map { ($0, try tx.tallies(customer: $0.number)) }
        }
        var table = Table(
            .text("customer"), .text("name"), .number("organization"), .text("state"), .number("desired"),
            .number("due"), .number("rejected"))
        for (customer, tallies) in customers {
            func sum(_ count: KeyPath<Tally, Int>) -> String {
                tallies.values.reduce(0) { $0 + $1[keyPath: count] }.grouped
            }
            table.add(
                customer.id.text, customer.name, String(customer.organization), customer.stateWord, sum(\.desired),
                sum(\.due), sum(\.rejected))
        }
        output.print(
            .array(customers.map { .object($0.0.json) }),
            table: customers.isEmpty
                ? ["No customers yet. Add one: crosswalk customer add --help"] : table.lines(style: Terminal.style))
    }
}

extension IntegrationState {
    var word: String {
        switch self {
        case .pending: "pending"
        case .requested: "requested"
        case .enabled: "enabled"
        case .disabled: "disabled"
        }
    }

    /// What happens next, and who has to do it.
    var next: String {
        switch self {
        case .pending: "the customer's Recruiter admin requests the integration in the configuration plugin"
        case .requested: "the customer's Recruiter admin enables it in Recruiter, Admin settings, ATS tab"
        case .enabled: "records are sent"
        case .disabled: "the customer's Recruiter admin switched it off; nothing is sent until it is enabled again"
        }
    }
}

extension Customer {
    /// The state in a word or two.
    var stateWord: String { pausedAt == nil ? status.word : "\(status.word), paused" }

    /// What happens next, and who has to do it.
    var next: String {
        pausedAt == nil || status != .enabled
            ? status.next : "nothing is sent until somebody says: crosswalk sync resume --customer \(id)"
    }

    var json: JSONObject {
        [
            "customer": .string(id.text), "name": .string(name), "organization": .int(organization),
            "contracts": .array(contracts.map { .int($0) }), "state": .string(status.word),
            "paused_at": pausedAt.map { .string($0.readable) } ?? .null,
            "client_id": .string(clientID),
            "application": applicationURN.map(JSONValue.string) ?? .null, "linkedin_url": .string(linkedInURL),
            "created_at": .string(createdAt.readable),
        ]
    }
}

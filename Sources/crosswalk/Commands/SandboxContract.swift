// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONBytes

struct SandboxContract: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contract", abstract: "Recruiter contracts: what a customer bought, and what its seats belong to.",
        discussion: """
            Enabling a customer's integrations (crosswalk sandbox enable --contract 5000 …) adds the contract by itself.
              crosswalk sandbox contract list
              crosswalk sandbox contract add 5001 --organization 1000 --name "Acme, Europe"
            """,
        subcommands: [SandboxContractList.self, SandboxContractAdd.self],
        defaultSubcommand: SandboxContractList.self)
}

struct SandboxContractList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Every contract there is.")
    @OptionGroup var sandbox: SandboxTarget
    @Option(name: .long, help: "Only this customer's.") var organization: Int64?
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let query = organization.map { "?organization=\($0)" } ?? ""
        let answer = try await sandbox.client.send(.GET, "/_sandbox/contracts\(query)")
        var table = Table(.number("contract"), .number("organization"), .text("name"))
        for contract in answer["contracts"]?.array ?? [] {
            table.add(contract.number("contract"), contract.number("organization"), contract.word("name"))
        }
        output.print(answer, table: table.lines(style: Terminal.style))
    }
}

struct SandboxContractAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a contract, or give one another name.")
    @OptionGroup var sandbox: SandboxTarget
    @Argument(help: "The contract's number, for example 5000.") var contract: Int64
    @Option(name: .long, help: "The customer's organization id; may be left out when there is only one.")
    var organization: Int64?
    @Option(name: .long, help: "What people call it.") var name: String?
    @OptionGroup var output: OutputOptions

    func run() async throws {
        var body: JSONObject = ["contract": .int(contract)]
        body["organization"] = organization.map { .int($0) }
        body["name"] = name.map { .string($0) }
        let answer = try await sandbox.client.send(.POST, "/_sandbox/contracts", .object(body))
        output.print(
            answer,
            table: ["Contract \(contract) (\(answer.word("name"))) of organization \(answer.number("organization"))."])
    }
}

extension JSONValue {
    /// A member for a cell of a table; empty when it is not there.
    func word(_ name: String) -> String { self[name]?.string ?? "" }
    func number(_ name: String) -> String { self[name]?.int.map(String.init) ?? "" }
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONBytes

struct SandboxActivity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activity", abstract: "Invent what a contract's recruiters did lately: seats, InMails, notes.",
        discussion: """
            The members are those of the directory (crosswalk sandbox serve --members 1000); the same seed makes the same.
              crosswalk sandbox activity --seats 5 --conversations 500 --notes 100 --days 30
            """)
    @OptionGroup var sandbox: SandboxTarget
    @Option(name: .long, help: "The contract; may be left out when there is only one.") var contract: Int64?
    @Option(name: .long, help: "How many seats to give; all active seats take part.") var seats: Int64 = 3
    @Option(name: .long, help: "How many conversations to hold; most members answer.") var conversations: Int64 = 100
    @Option(name: .long, help: "How many notes to write; some are edited, deleted or private.") var notes: Int64 = 30
    @Option(name: .long, help: "Over how many past days.") var days: Int64 = 30
    @OptionGroup var output: OutputOptions

    func run() async throws {
        var body: JSONObject = [
            "seats": .int(seats), "conversations": .int(conversations), "notes": .int(notes), "days": .int(days),
        ]
        body["contract"] = contract.map { .int($0) }
        let answer = try await sandbox.client.send(.POST, "/_sandbox/activity", .object(body), timeout: 600)
        output.print(
            answer,
            table: [
                "Contract \(answer.number("contract")): \(answer.number("seats")) seats, "
                    + "\(answer.number("conversations")) conversations with \(answer.number("messages")) messages, "
                    + "\(answer.number("stubs")) shared profiles, \(answer.number("notes")) notes."
            ])
    }
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONBytes

struct SandboxSeat: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seat", abstract: "Recruiter seats: who of a customer's people has a licence.",
        discussion: """
            A seat is bound to a LinkedIn member: the one that --member names, else the one with that e-mail, else a new one.
              crosswalk sandbox seat add --email rita@example.com --first-name Rita --last-name Moss --role ADMIN_SEAT
              crosswalk sandbox seat change 142636035 --state PARKED
              crosswalk sandbox seat list
            """,
        subcommands: [SandboxSeatList.self, SandboxSeatAdd.self, SandboxSeatChange.self],
        defaultSubcommand: SandboxSeatList.self)
}

/// What an admin sets of a seat.
struct SeatFields: ParsableArguments {
    @Option(name: .long, help: "The e-mail address of the licence.") var email: String?
    @Option(name: .long, help: "As the licence says; default: the member's.") var firstName: String?
    @Option(name: .long, help: "As the licence says; default: the member's.") var lastName: String?
    @Option(name: .long, help: "ACTIVE, INACTIVE, INVITED or PARKED.") var state: String?
    @Option(name: .long, help: "A role, for example ADMIN_SEAT or SOURCER_ADD_PROSPECT; may be given several times.")
    var role: [String] = []

    var json: JSONObject {
        var body = JSONObject()
        body["email"] = email.map { .string($0) }
        body["first_name"] = firstName.map { .string($0) }
        body["last_name"] = lastName.map { .string($0) }
        body["state"] = state.map { .string($0) }
        if !role.isEmpty { body["roles"] = .array(role.map { .string($0) }) }
        return body
    }
}

struct SandboxSeatList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Who has a seat.")
    @OptionGroup var sandbox: SandboxTarget
    @Option(name: .long, help: "Only this contract's.") var contract: Int64?
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let query = contract.map { "?contract=\($0)" } ?? ""
        let answer = try await sandbox.client.send(.GET, "/_sandbox/seats\(query)")
        var table = Table(
            .number("seat"), .number("contract"), .number("member"), .text("name"), .text("e-mail"), .text("state"),
            .text("roles"))
        for seat in answer["seats"]?.array ?? [] {
            table.add(
                seat.number("seat"), seat.number("contract"), seat.number("member"),
                "\(seat.word("first_name")) \(seat.word("last_name"))", seat.word("email"), seat.word("state"),
                (seat["roles"]?.array ?? []).compactMap(\.string).joined(separator: " "))
        }
        output.print(answer, table: table.lines(style: Terminal.style))
    }
}

struct SandboxSeatAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Give somebody a seat.")
    @OptionGroup var sandbox: SandboxTarget
    @Option(name: .long, help: "The contract; may be left out when there is only one.") var contract: Int64?
    @Option(name: .long, help: ArgumentHelp(MemberName.help + " who gets the seat.")) var member: MemberName?
    @OptionGroup var fields: SeatFields
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard member != nil || fields.email != nil else {
            throw ValidationError("say who gets the seat: --email with --first-name and --last-name, or --member")
        }
    }

    func run() async throws {
        var body = fields.json
        body["contract"] = contract.map { .int($0) }
        body["member"] = member?.json
        let answer = try await sandbox.client.send(.POST, "/_sandbox/seats", .object(body))
        output.print(
            answer,
            table: [
                "Seat \(answer.number("seat")) of contract \(answer.number("contract")): "
                    + "\(answer.word("first_name")) \(answer.word("last_name")), member \(answer.number("member"))."
            ])
    }
}

struct SandboxSeatChange: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Park a seat, wake it, or correct it.")
    @OptionGroup var sandbox: SandboxTarget
    @Argument(help: "The seat's number.") var seat: Int64
    @OptionGroup var fields: SeatFields
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await sandbox.client.send(.POST, "/_sandbox/seats/\(seat)", .object(fields.json))
        output.print(answer, table: ["Seat \(seat) is \(answer.word("state"))."])
    }
}

/// How a command names a member of LinkedIn.
struct MemberName: ExpressibleByArgument {
    static let help = "The member's number, e-mail or profile address,"

    var json: JSONValue

    init?(argument: String) {
        guard !argument.isEmpty else { return nil }
        json = Int64(argument).map { .int($0) } ?? .string(argument)
    }
}

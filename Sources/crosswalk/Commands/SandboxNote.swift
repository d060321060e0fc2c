// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONBytes

struct SandboxNote: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "note", abstract: "Recruiter notes: what recruiters write down about members.",
        discussion: """
              crosswalk sandbox note add --member 17 --text "Strong on storage; wants a Q1 start."
              crosswalk sandbox note edit 1323073443 --text "Strong on storage; wants a Q2 start."
              crosswalk sandbox note delete 1323073443
            """,
        subcommands: [
            SandboxNoteAdd.self, SandboxNoteEdit.self, SandboxNoteDelete.self, SandboxNoteList.self,
        ], defaultSubcommand: SandboxNoteAdd.self)
}

struct SandboxNoteAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Play a recruiter: write a note about a member.")
    @OptionGroup var sandbox: SandboxTarget
    @Option(name: .long, help: "The author's seat; may be left out when there is only one.") var seat: Int64?
    @Option(name: .long, help: ArgumentHelp(MemberName.help + " the note is about.")) var member: MemberName
    @Option(name: .long, help: "What the note says.") var text: String
    @Flag(name: .long, help: "Only its author sees it in Recruiter; an ATS never does.") var `private` = false
    @OptionGroup var output: OutputOptions

    func run() async throws {
        var body: JSONObject = ["member": member.json, "text": .string(text)]
        body["seat"] = seat.map { .int($0) }
        if self.private { body["visibility"] = "PRIVATE" }
        let answer = try await sandbox.client.send(.POST, "/_sandbox/notes", .object(body))
        output.print(answer, table: ["Note \(answer.number("note")) of seat \(answer.number("seat"))."])
    }
}

struct SandboxNoteEdit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "edit", abstract: "Change what a note says.")
    @OptionGroup var sandbox: SandboxTarget
    @Argument(help: "The note's number.") var note: Int64
    @Option(name: .long, help: "What it says from now on.") var text: String
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await sandbox.client.send(.POST, "/_sandbox/notes/\(note)", ["text": .string(text)])
        output.print(answer, table: ["Note \(note) is changed."])
    }
}

struct SandboxNoteDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete a note; readers see it once more, inactive.")
    @OptionGroup var sandbox: SandboxTarget
    @Argument(help: "The note's number.") var note: Int64
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await sandbox.client.send(.DELETE, "/_sandbox/notes/\(note)")
        output.print(answer, table: ["Note \(note) is deleted."])
    }
}

struct SandboxNoteList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "A contract's notes by last change, private and deleted ones too.")
    @OptionGroup var sandbox: SandboxTarget
    @Option(name: .long, help: "The contract; may be left out when there is only one.") var contract: Int64?
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let query = contract.map { "?contract=\($0)" } ?? ""
        let answer = try await sandbox.client.send(.GET, "/_sandbox/notes\(query)")
        var table = Table(
            .number("note"), .number("seat"), .number("member"), .text("visibility"), .text("active"), .text("text"))
        for note in answer["notes"]?.array ?? [] {
            table.add(
                note.number("note"), note.number("seat"), note.number("member"), note.word("visibility").lowercased(),
                note["active"]?.bool == true ? "yes" : "no", note.word("text").shortened(to: 60))
        }
        output.print(answer, table: table.lines(style: Terminal.style))
    }
}

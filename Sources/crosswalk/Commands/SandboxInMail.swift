// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONBytes

struct SandboxInMail: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inmail", abstract: "InMails: what recruiters write to members.",
        discussion: """
              crosswalk sandbox inmail send --member 17 --subject "Platform role" --text "Dear Ada, …"
              crosswalk sandbox inmail send --thread urn:li:messagingThread:7000 --text "Did you see this?"
              crosswalk sandbox inmail list
            A member answers with: crosswalk sandbox reply THREAD --text …
            """,
        subcommands: [SandboxInMailSend.self, SandboxInMailList.self], defaultSubcommand: SandboxInMailSend.self)
}

struct SandboxInMailSend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send", abstract: "Play a recruiter: write to a member, or go on in a conversation.")
    @OptionGroup var sandbox: SandboxTarget
    @Option(name: .long, help: "The sender's seat; may be left out when there is only one.") var seat: Int64?
    @Option(name: .long, help: ArgumentHelp(MemberName.help + " to write to.")) var member: MemberName?
    @Option(name: .long, help: "Go on in this conversation instead.") var thread: String?
    @Option(name: .long, help: "The subject; an answer inherits it.") var subject: String?
    @Option(name: .long, help: "What is written.") var text: String
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (member == nil) != (thread == nil) else {
            throw ValidationError("name the --member to write to, or the --thread to go on in")
        }
        guard thread != nil || subject != nil else { throw ValidationError("a first InMail needs a --subject") }
        guard thread == nil || seat == nil else {
            throw ValidationError("a conversation has its seat: leave --seat out")
        }
    }

    func run() async throws {
        var body: JSONObject = ["text": .string(text)]
        body["seat"] = seat.map { .int($0) }
        body["member"] = member?.json
        body["thread"] = thread.map { .string($0) }
        body["subject"] = subject.map { .string($0) }
        let answer = try await sandbox.client.send(.POST, "/_sandbox/inmails", .object(body))
        output.print(
            answer,
            table: [
                "Sent \(answer.word("id")). The member answers with: "
                    + "crosswalk sandbox reply \(answer.word("thread")) --text …"
            ])
    }
}

struct SandboxInMailList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Conversations, the newest first, and what became of them.")
    @OptionGroup var sandbox: SandboxTarget
    @Option(name: .long, help: "Only this seat's.") var seat: Int64?
    @Option(name: .long, help: "At most this many.") var limit = 100
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let query = seat.map { "&seat=\($0)" } ?? ""
        let answer = try await sandbox.client.send(.GET, "/_sandbox/inmails?limit=\(limit)\(query)")
        var table = Table(
            .text("thread"), .number("seat"), .number("member"), .number("messages"), .text("contact data"),
            .text("subject"))
        for thread in answer["threads"]?.array ?? [] {
            table.add(
                thread.word("thread"), thread.number("seat"), thread.number("member"),
                String(thread["messages"]?.array?.count ?? 0), thread.word("answer").lowercased(),
                thread.word("subject").shortened(to: 60))
        }
        output.print(answer, table: table.lines(style: Terminal.style))
    }
}

struct SandboxReply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reply", abstract: "Play a member: answer an InMail.",
        discussion: """
            With the first answer LinkedIn asks whether to share contact data; only then, and only with --share-contact,
            a profile with e-mail and telephone becomes readable for the recruiter's ATS.
              crosswalk sandbox reply urn:li:messagingThread:7000 --text "Happy to talk." --share-contact
              crosswalk sandbox reply 7000 --decline
            """)
    @OptionGroup var sandbox: SandboxTarget
    @Argument(help: "The conversation: its URN or number.") var thread: String
    @Option(name: .long, help: "What the member writes.") var text: String?
    @Flag(name: .long, help: "Share e-mail and telephone.") var shareContact = false
    @Flag(name: .long, help: "Decline; words are optional then.") var decline = false
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard text != nil || decline else { throw ValidationError("an answer needs --text, unless it is --decline") }
        guard !(shareContact && decline) else {
            throw ValidationError("--share-contact and --decline exclude each other")
        }
    }

    func run() async throws {
        var body: JSONObject = ["thread": .string(thread)]
        body["text"] = text.map { .string($0) }
        if shareContact { body["share_contact"] = true }
        if decline { body["decline"] = true }
        let answer = try await sandbox.client.send(.POST, "/_sandbox/inmails/reply", .object(body))
        let result =
            answer["stub"]?.int.map { "Stub profile \($0) is there." }
            ?? (decline ? "Declined." : "No contact data was shared.")
        output.print(answer, table: [result])
    }
}

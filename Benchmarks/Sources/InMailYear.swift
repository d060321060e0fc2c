// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import Foundation
import JSONBytes
import LinkedIn
import LinkedInClient
import Logging
import Sandbox
import Store
import Sync

/// A year of what the recruiters of one contract wrote, read with LinkedIn's real quotas and at LinkedIn's pace, both sides in this
/// process and on one virtual clock.
struct InMailYear: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "inmail-year")
    @Option var seats = 200
    @Option(help: "Conversations of each seat over the year; every second one is answered.") var conversations = 26
    @Option var folder: String

    private static let today = Millis(1_770_033_600_000)  // 2026-02-02 12:00 UTC
    private static let year = Duration.seconds(365 * 86_400)

    func run() async throws {
        let time = VirtualTime(Self.today - Self.year)
        let quiet = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        var sandboxOptions = SandboxOptions(directory: folder + "/world", clock: .following { time.now().value })
        sandboxOptions.switches.callbackValidation = .off
        sandboxOptions.switches.strictViewerPace = true
        let sandbox = try await Sandbox(options: sandboxOptions, logger: quiet)
        let world = Recruiting(sandbox: sandbox)
        guard let partner = sandbox.core.applications.defaultPartner else {
            throw ValidationError("the sandbox has no partner")
        }
        let transport = InProcess(sandbox: sandbox)
        func client(_ id: String, _ secret: String) -> LinkedInClient {
            LinkedInClient(
                hosts: .init(both: "http://sandbox"), credentials: TokenRequest(clientID: id, clientSecret: secret),
                transport: transport, nowMillis: { time.now().value }, logger: quiet)
        }
        let child = try await Provisioner(client(partner.clientID, partner.secrets[0])).add(
            foreignID: "acme", customer: "Acme")
        try await world.ask(
            "integrations/enable", ["organization": 1000, "contract": 5000, "unique_foreign_id": "acme"])
        let messages = try await world.live(seats: seats, conversations: conversations, through: Self.year, time)

        let store = try Store.open(directory: folder + "/data")
        let customer = try await store.write { tx in
            try tx.addCustomer(
                NewCustomer(
                    id: CustomerID("acme")!, name: "Acme", organization: 1000, contracts: [5000],
                    linkedInURL: "http://sandbox", clientID: child.clientID, clientSecret: SealedSecret([1]),
                    applicationURN: child.applicationURN), at: Self.today)
        }
        let port = ClientPort(client(child.clientID, child.clientSecret), customer: customer)
        var options = SyncOptions(holder: "bench", callbackBase: "http://127.0.0.1:8080")
        options.jitter = { 0.5 }
        options.pace.pulls.history = Self.year
        let engine = SyncEngine(store: store, options: options, time: time, log: quiet) { _ in port }
        let (start, began) = (time.now(), ContinuousClock.now)
        while true {
            let wake = try await engine.pass()
            let cursors = try await store.read { try $0.pullCursors(customer: customer.number) }
            if cursors.contains(where: { $0.feed == .inMail }), !cursors.contains(where: \.key.isHistory) { break }
            guard let wake, time.now() - start < .seconds(30 * 86_400) else {
                throw ValidationError("the engine stands still")
            }
            time.advance(to: wake)
        }
        let (held, calls) = try await store.read { tx in
            let days = start.utcDay...time.now().utcDay
            return (
                try tx.inMailThreads(customer: customer.number, limit: .max).reduce(0) { $0 + $1.messages.count },
                try days.map { try tx.pullCalls(customer: customer.number, day: $0) }
            )
        }
        guard held == messages else { throw ValidationError("\(held) of \(messages) messages are here") }
        let byDay = calls.map { $0.values.reduce(0, +) }
        report(
            ("days", (time.now() - start).seconds / 86_400), ("calls", Double(byDay.reduce(0, +))),
            ("busiest", Double(byDay.max() ?? 0)), ("messages", Double(held)),
            ("refused", Double(sandbox.quotas.usage.reduce(0) { $0 + $1.throttled })),
            ("seconds", (ContinuousClock.now - began).seconds))
        try await store.close()
        try await sandbox.close()
    }
}

/// What happens in Recruiter, through the sandbox's control API.
private struct Recruiting {
    let sandbox: Sandbox

    @discardableResult
    func ask(_ path: String, _ json: JSONValue) async throws -> JSONValue {
        let answer = try await sandbox.respond(
            to: SandboxRequest(
                "POST", "/_sandbox/" + path, headers: [("content-type", "application/json")], body: json.bytes))
        guard answer.status == 200 else {
            throw ValidationError("\(path): \(answer.status) \(String(decoding: answer.body, as: UTF8.self))")
        }
        return try JSONValue(parsing: answer.body)
    }

    /// Lets seats write to members, evenly over the time, and every second member answer.
    ///
    /// - Returns: how many messages there are.
    func live(seats count: Int, conversations: Int, through duration: Duration, _ time: VirtualTime) async throws -> Int
    {
        var seats: [Int64] = []
        for number in 0..<count {
            let seat = try await ask(
                "seats",
                [
                    "contract": 5000, "email": .string("recruiter\(number)@acme.example"),
                    "first_name": "Recruiter", "last_name": .string("Number \(number)"),
                ])
            guard let number = seat["seat"]?.int else { throw ValidationError("a seat has no number") }
            seats.append(number)
        }
        var members: [Int64] = []
        for number in 0..<100 {
            let member = try await ask(
                "members",
                [
                    "first_name": "Member", "last_name": .string("Number \(number)"),
                    "email": .string("member\(number)@mail.example"),
                    "profile_url": .string("https://www.linkedin.com/in/number-\(number)"),
                ])
            guard let number = member["number"]?.int else { throw ValidationError("a member has no number") }
            members.append(number)
        }
        var messages = 0
        let (start, total) = (time.now(), count * conversations)
        for number in 0..<total {
            time.advance(to: start + duration * number / total)
            let sent = try await ask(
                "inmails",
                [
                    "seat": .int(seats[number % count]), "member": .int(members[number % members.count]),
                    "subject": "A role for you", "text": .string("Message \(number), as long as such a message is."),
                ])
            messages += 1
            guard number % 2 == 0, let thread = sent["thread"] else { continue }
            try await ask("inmails/reply", ["thread": thread, "text": "Thank you, tell me more."])
            messages += 1
        }
        time.advance(to: start + duration)
        return messages
    }
}

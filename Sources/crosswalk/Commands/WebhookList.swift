// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import JSONBytes
import Webhooks

struct WebhookList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "A customer's webhooks: where they lead, how far they are, what is wrong.",
        discussion: "Exit status 1 when one is switched off or has dead letters.")
    @OptionGroup var target: WebhookTarget

    func run() async throws {
        try await target.run { desk, customer in
            let found = try await desk.list(customer.number)
            var table = Table(
                .text("webhook"), .text("url"), .number("behind"), .number("waiting"), .number("dead"), .text("state"))
            for shown in found {
                table.add(
                    shown.webhook.id, shown.webhook.url, Int(shown.head - shown.webhook.cursor).grouped,
                    shown.waiting.grouped, shown.dead.grouped, Self.state(shown))
            }
            target.output.print(
                .array(found.map(Self.json)),
                table: found.isEmpty
                    ? ["No webhooks. Add one: crosswalk webhook add --customer \(customer.id) https://…"]
                    : table.lines(style: Terminal.style))
            guard found.allSatisfy({ $0.webhook.isEnabled && $0.dead == 0 }) else { throw ExitCode.needsAttention }
        }
    }

    private static func state(_ shown: WebhookDesk.Shown) -> String {
        if let reason = shown.webhook.disabledBecause { return "off: \(reason)" }
        guard let since = shown.webhook.health.failingSince else { return "delivering" }
        return "failing since \(since.readable)"
    }

    private static func json(_ shown: WebhookDesk.Shown) -> JSONValue {
        [
            "id": .string(shown.webhook.id), "url": .string(shown.webhook.url),
            "types": .array(shown.webhook.types.map(JSONValue.string)), "enabled": .bool(shown.webhook.isEnabled),
            "state": .string(state(shown)), "delivered_up_to": .int(shown.webhook.cursor), "newest": .int(shown.head),
            "waiting": .int(Int64(shown.waiting)), "dead": .int(Int64(shown.dead)),
        ]
    }
}

struct WebhookReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Deliver events again: one, or a range of the feed.",
        discussion: """
              crosswalk webhook replay --customer acme wh_… --event evt_acme_42
              crosswalk webhook replay --customer acme wh_… --after 41 --until 90
            A running connector begins within a second. An event's name stays the same, so a receiver can tell what it had already.
            """)
    @OptionGroup var target: WebhookTarget
    @Argument(help: "The webhook's id.") var id: String
    @Option(name: .long, help: "One event, by its name.") var event: String?
    @Option(name: .long, help: "From behind this event's number.") var after: Int64?
    @Option(name: .long, help: "Up to and with this event's number (default: the newest).") var until: Int64?

    func validate() throws {
        guard (event == nil) != (after == nil) else { throw ValidationError("say --event, or --after (and --until)") }
    }

    func run() async throws {
        try await target.run(noting: "webhook.replay", "webhook \(id)") { desk, customer in
            let stretch = event.map(WebhookDesk.Stretch.event) ?? .numbers(after: after ?? 0, until: until)
            let count = try await desk.replay(customer, id, stretch)
            target.output.print(
                ["events": .int(count)], table: ["\(Int(count).of("event")) of the feed will be delivered again."])
        }
    }
}

struct WebhookDead: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead", abstract: "Events that were given up, and trying them again.",
        discussion: "Exit status 1 when there are some and they are not tried again.")
    @OptionGroup var target: WebhookTarget
    @Argument(help: "The webhook's id.") var id: String
    @Flag(name: .long, help: "Try them again, all or with --event one.") var retry = false
    @Option(name: .long, help: "Only this event, by its name.") var event: String?
    @Option(name: .long, help: "How many to list.") var limit = 100

    func run() async throws {
        try await target.run(noting: retry ? "webhook.retryDead" : nil, "webhook \(id)") { desk, customer in
            if retry {
                let count = try await desk.retryDead(customer, id, event: event)
                target.output.print(
                    ["retried": .int(Int64(count))], table: ["\(count.of("event")) will be delivered again."])
                return
            }
            let letters = try await desk.deadLetters(customer.number, id, after: 0, limit: limit)
            var table = Table(.text("event"), .text("type"), .number("attempts"), .text("last"), .text("outcome"))
            for letter in letters {
                table.add(
                    EventID(customer: customer.id, number: letter.number).description, letter.type,
                    String(letter.attempts), letter.lastAt.readable, letter.outcome)
            }
            target.output.print(
                .array(letters.map { Self.json($0, customer) }),
                table: letters.isEmpty ? ["No dead letters."] : table.lines(style: Terminal.style))
            guard letters.isEmpty else { throw ExitCode.needsAttention }
        }
    }

    private static func json(_ letter: WebhookLetter, _ customer: Customer.Name) -> JSONValue {
        [
            "event": .string(EventID(customer: customer.id, number: letter.number).description),
            "type": .string(letter.type), "attempts": .int(Int64(letter.attempts)),
            "first_at": .string(letter.firstAt.iso8601), "last_at": .string(letter.lastAt.iso8601),
            "outcome": .string(letter.outcome),
        ]
    }
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import JSONBytes
import Store
import Webhooks

struct WebhookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook", abstract: "Where events are posted, and what became of them.",
        discussion:
            "Deliveries are signed after the Standard Webhooks specification; docs/events.md shows how to check them.",
        subcommands: [
            WebhookAdd.self, WebhookList.self, WebhookRemove.self, WebhookRotate.self, WebhookTest.self,
            WebhookReplayCommand.self, WebhookDead.self,
        ], defaultSubcommand: WebhookList.self)
}

/// What every webhook command takes.
struct WebhookTarget: ParsableArguments {
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The customer.") var customer: String

    /// Runs `body` with what webhooks are handled with, and says a refusal as the command's own.
    ///
    /// - Parameter action: what the audit calls the changes; nil for a command that makes none.
    func run(
        noting action: String? = nil, _ subject: String = "",
        _ body: (WebhookDesk, Customer.Name) async throws -> Void
    ) async throws {
        let workspace = try Workspace.open(try await options.settings())
        let customer = try await workspace.customer(customer).called
        do {
            var desk = try WebhookAccess.desk(workspace)
            if let entry = action.map({ AuditEntry.command($0, subject, of: customer.number) }) {
                desk = desk.noting { try $0.audit(entry, at: SystemTime().now()) }
            }
            try await body(desk, customer)
        } catch let error as WebhookError {
            throw CommandError(error.message)
        }
    }
}

struct WebhookAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Post a customer's events to a URL; prints the secret, once.")
    @OptionGroup var target: WebhookTarget
    @Argument(help: "https://… ; plain http and this machine only in the sandbox profile.") var url: String
    @Option(name: .long, help: "Only this type; may be given several times.") var type: [EventType] = []
    @Option(
        name: .long, help: "Begin behind this event's number; 0 sends everything (default: what happens from now on).")
    var after: Int64?

    func run() async throws {
        try await target.run(noting: "webhook.add", "an endpoint") { desk, customer in
            let (shown, secret) = try await desk.add(customer, url: url, types: type.map(\.rawValue), after: after)
            target.output.print(
                ["id": .string(shown.webhook.id), "url": .string(shown.webhook.url), "secret": .string(secret)],
                table: [
                    "\(shown.webhook.id) posts to \(shown.webhook.url).", "",
                    "Secret (shown this once): \(secret)",
                    "Try it: crosswalk webhook test --customer \(customer.id) \(shown.webhook.id)",
                ])
        }
    }
}

struct WebhookRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Forget a webhook with its dead letters.")
    @OptionGroup var target: WebhookTarget
    @Argument(help: "The webhook's id.") var id: String

    func run() async throws {
        try await target.run(noting: "webhook.remove", "webhook \(id)") { desk, customer in
            guard try await desk.remove(customer.number, id) else {
                throw CommandError("\(customer.id) has no webhook \(id); crosswalk webhook list shows them")
            }
            target.output.print(["removed": .string(id)], table: ["\(id) is gone."])
        }
    }
}

struct WebhookRotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Make a new secret; the old one signs along for a while.")
    @OptionGroup var target: WebhookTarget
    @Argument(help: "The webhook's id.") var id: String
    @Option(name: .long, help: "Hours that the old secret signs along; 0 ends it at once.") var overlap = 24

    func validate() throws {
        guard (0...168).contains(overlap) else { throw ValidationError("--overlap: 0 to 168 hours") }
    }

    func run() async throws {
        try await target.run(noting: "webhook.rotate", "webhook \(id)") { desk, customer in
            let (secret, until) = try await desk.rotate(customer, id, overlap: .seconds(overlap * 3600))
            target.output.print(
                ["secret": .string(secret), "old_secret_until": .string(until.iso8601)],
                table: ["New secret (shown this once): \(secret)", "The old one signs along until \(until.readable)."])
        }
    }
}

struct WebhookTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Post a signed test event now and say what the receiver answered.",
        discussion: "Exit status 1 when it was not delivered.")
    @OptionGroup var target: WebhookTarget
    @Argument(help: "The webhook's id.") var id: String

    func run() async throws {
        try await target.run { desk, customer in
            let (reply, took) = try await desk.test(customer, id)
            target.output.print(
                [
                    "delivered": .bool(reply.isDelivered), "outcome": .string(reply.outcome),
                    "milliseconds": .int(took.milliseconds),
                ], table: ["\(reply.outcome), in \(took.milliseconds) ms"])
            guard reply.isDelivered else { throw ExitCode.needsAttention }
        }
    }
}

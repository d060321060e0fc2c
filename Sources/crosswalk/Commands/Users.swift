// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Connector
import Domain
import JSONBytes
import Store

struct UsersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "users", abstract: "The ATS's users, and which LinkedIn member each is.",
        subcommands: [UsersList.self, UsersBindLink.self])
}

struct UsersList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Every user with its groups; who has not signed in sees no secured job.")
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The customer.") var customer: String
    @Flag(name: .long, help: "Only those who have not signed in with LinkedIn.") var unbound = false

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        let customer = try await workspace.customer(customer)
        let users = try await workspace.store.read { [unbound] tx in
            try tx.users(customer: customer.number, unbound: unbound).map { user in
                (user, try tx.groups(ofUser: user.id, customer: customer.number).sorted())
            }
        }
        var table = Table(.text("user"), .text("name"), .text("LinkedIn member"), .text("since"), .text("groups"))
        for (user, groups) in users {
            table.add(
                user.id, user.name, user.person ?? "not signed in", user.binding?.at.readable ?? "",
                groups.joined(separator: ", "))
        }
        output.print(
            .array(
                users.map { user, groups in
                    [
                        "id": .string(user.id), "email": .string(user.email), "name": .string(user.name),
                        "person": user.person.map(JSONValue.string) ?? .null,
                        "acls": .array(groups.map { .string($0) }),
                    ]
                }),
            table: users.isEmpty
                ? ["No such users. The ATS sends them: PUT /api/v1/users/{id}"] : table.lines(style: Terminal.style))
    }
}

struct UsersBindLink: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bind-link", abstract: "Make a one-time link by which a user signs in with LinkedIn.",
        discussion: "Whoever has the link can bind his own LinkedIn account to the user: send it to nobody else.")
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The customer.") var customer: String
    @Argument(help: "The user's id in the ATS.") var user: String

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        let customer = try await workspace.customer(customer)
        let whom = workspace.store.receipts.auditName(ofUser: user, customer: customer.id)
        let link = try await SignInLink.make(
            user: user, customer: customer.number, id: customer.id, store: workspace.store,
            publicURL: Workspace.publicURL(workspace.settings),
            by: .command("user.invite", whom, of: customer.number), at: SystemTime().now())
        guard let link else {
            throw CommandError("\(customer.id) has no user '\(user)'; crosswalk users list --customer \(customer.id)")
        }
        try await workspace.store.close()
        output.print(
            ["url": .string(link.url), "expires_at": .string(link.expiresAt.readable)],
            table: [link.url, "It works once, until \(link.expiresAt.readable)."])
    }
}

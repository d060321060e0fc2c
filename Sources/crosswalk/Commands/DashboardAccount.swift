// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Dashboard
import Domain
import Foundation
import JSONBytes
import Store

struct DashboardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard", abstract: "Who may use the dashboard.", subcommands: [DashboardAccount.self])
}

struct DashboardAccount: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "The dashboard's accounts; whoever has a shell here is never locked out.",
        subcommands: [AccountAdd.self, AccountList.self, AccountReset.self, AccountRole.self, AccountEnable.self],
        defaultSubcommand: AccountList.self)
}

struct AccountAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add an account and print the one-time link that sets its password.",
        discussion: "Whoever has the link gets the account: send it to nobody else. It works once, for seven days.")
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "One word, such as an e-mail address.") var name: String
    @Option(name: .long, help: "viewer, operator or admin.") var role: Role = .viewer

    func validate() throws {
        if Account.name(name) == nil { throw ValidationError(Account.nameRule) }
    }

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings(), mayCreate: true)
        guard let name = Account.name(name) else { throw CommandError(Account.nameRule) }
        let link = try await workspace.accounts { try await $0.add(name, role: role, at: SystemTime().now()) }
        output.tell(name, link)
    }
}

struct AccountList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Every account, and how it signs in.")
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        let rows = try await workspace.store.read { try $0.accounts() }
        var table = Table(.text("name"), .text("role"), .text("state"), .text("signs in"), .text("last signed in"))
        for row in rows {
            table.add(
                row.account.name, row.account.role.word,
                row.isDisabled ? "disabled" : row.hasPassword || row.issuer != nil ? "active" : "no password yet",
                row.issuer ?? "password", row.signedInAt?.readable ?? "never")
        }
        output.print(
            .array(
                rows.map { row in
                    [
                        "name": .string(row.account.name), "role": .string(row.account.role.word),
                        "disabled": .bool(row.isDisabled), "password": .bool(row.hasPassword),
                        "issuer": row.issuer.map(JSONValue.string) ?? .null,
                        "signed_in_at": row.signedInAt.map { .string($0.iso8601) } ?? .null,
                    ]
                }),
            table: rows.isEmpty
                ? ["No accounts yet. Add one: crosswalk dashboard account add NAME --role admin"]
                : table.lines(style: Terminal.style))
    }
}

struct AccountReset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Take an account's password away, sign it out everywhere, and print a link that sets a new one.")
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The account's name.") var name: String

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        let link = try await workspace.accounts { try await $0.reset(name.lowercased(), at: SystemTime().now()) }
        output.tell(name.lowercased(), link)
    }
}

struct AccountRole: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "role", abstract: "Change what an account may do.")
    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "The account's name.") var name: String
    @Argument(help: "viewer, operator or admin.") var role: Role

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        try await workspace.accounts { try await $0.setRole(name.lowercased(), role, at: SystemTime().now()) }
        Terminal.out("\(name.lowercased()) is \(role.word).")
    }
}

struct AccountEnable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Let an account in again, or with --no no more; its sessions end.")
    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "The account's name.") var name: String
    @Flag(name: .long, help: "Disable it instead.") var no = false

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        try await workspace.accounts { try await $0.setDisabled(name.lowercased(), no, at: SystemTime().now()) }
        Terminal.out("\(name.lowercased()) is \(no ? "disabled" : "enabled").")
    }
}

extension Workspace {
    /// - Throws: `CommandError` with the store's words.
    fileprivate func accounts<Value>(_ body: (AccountDesk) async throws -> Value) async throws -> Value {
        let desk = AccountDesk(
            store: store, publicURL: Workspace.publicURL(settings), actor: AuditEntry.commandLine)
        do {
            let value = try await body(desk)
            try await store.close()
            return value
        } catch let error as StoreError { throw CommandError(error.message) }
    }
}

extension OutputOptions {
    fileprivate func tell(_ name: String, _ link: InvitationLink) {
        self.print(
            ["name": .string(name), "url": .string(link.url), "expires_at": .string(link.expiresAt.iso8601)],
            table: [link.url, "It sets the password of \(name), works once, and until \(link.expiresAt.readable)."])
    }
}

extension Role: ExpressibleByArgument {
    package init?(argument: String) { self.init(word: argument) }
    package var defaultValueDescription: String { word }
    package static var allValueStrings: [String] { allCases.map(\.word) }
}

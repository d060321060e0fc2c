// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import JSONBytes
import Store

/// A record as the command line names it.
struct RecordArguments: ParsableArguments {
    @Option(name: .long, help: "The customer.") var customer: String
    @Argument(help: "job, candidate, candidateNote, application, applicationNote, stage, feedback, acl or assignee.")
    var type: RecordKind
    @Argument(help: "The record's id in the ATS; an assignee's is the user's.") var id: String
    @Option(
        name: .long,
        help: "For notes, stages, feedback, ACLs and assignees: the id of the candidate, application, job or ACL.")
    var parent: String?

    func key() throws -> RecordKey {
        if let kind = type.parent, parent == nil {
            throw ValidationError("a \(type.rawValue) needs --parent: the id of its \(kind.rawValue)")
        }
        return RecordKey(type, parent: parent ?? "", id: id)
    }
}

struct SyncExplain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "explain", abstract: "Why one record is where it is.")
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var record: RecordArguments
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        let customer = try await workspace.customer(record.customer)
        var key = try record.key()
        if let member = try await membership(key, customer, workspace.store) {
            guard let record = member.record else {
                throw CommandError("\(customer.id): \(member.because)", code: .needsAttention)
            }
            key = record.key
        }
        guard
            let status = try await workspace.store.read({ [key] in try $0.explain(customer: customer.number, key: key) }
            )
        else {
            throw CommandError(
                "\(customer.id) has no \(key.kind.rawValue) with the id '\(key.id)'\(key.parent.isEmpty ? "" : " under '\(key.parent)'")"
            )
        }
        let because =
            customer.status == .enabled
            ? status.because : "\(customer.id) is \(customer.status.word): \(customer.status.next)"
        var facts = Table(.text(key.kind.rawValue), .text(key.id))
        facts.add("state", "\(status.state)")
        facts.add("because", because)
        facts.add("changed", status.changedAt.readable)
        facts.add("sent", (status.sentAt ?? status.observedAt)?.readable ?? "never")
        facts.add("accepted", status.observedAt?.readable ?? "never")
        if status.attempts > 0 { facts.add("attempts", String(status.attempts)) }
        if let id = status.requestID { facts.add("request id", id) }
        for match in status.matches { facts.add("match", "\(match)") }
        let json: JSONValue = [
            "type": .string(key.kind.rawValue), "id": .string(key.id), "state": .string("\(status.state)"),
            "because": .string(because),
            "attempts": .int(Int64(status.attempts)), "request_id": status.requestID.map(JSONValue.string) ?? .null,
            "changed_at": .string(status.changedAt.readable),
            "sent_at": (status.sentAt ?? status.observedAt).map { .string($0.readable) } ?? .null,
            "accepted_at": status.observedAt.map { .string($0.readable) } ?? .null,
        ]
        output.print(json, table: facts.lines(style: Terminal.style))
    }

    /// What the ATS calls an assignee: a group and a user.
    private func membership(_ key: RecordKey, _ customer: Customer, _ store: Store) async throws -> MembershipStatus? {
        guard key.kind == .assignee else { return nil }
        let membership = ACLMembership(acl: key.parent, user: key.id)
        return try await store.read { try $0.membership(membership, customer: customer.number) }
    }
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import JSONBytes
import Store

struct SyncRetry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Send rejected records again: one, a type, or everything a customer has.",
        discussion: """
            A rejected record is sent again by itself when the ATS changes it. This is for when the reason lay elsewhere.
              crosswalk sync retry --customer acme                     all rejected records
              crosswalk sync retry --customer acme --type candidate    those of one type
              crosswalk sync retry --customer acme --type candidate --id C-1
              crosswalk sync retry --customer acme --all               send everything again, accepted or not
            """)
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The customer.") var customer: String
    @Option(name: .long, help: "Only this type.") var type: RecordKind?
    @Option(name: .long, help: "Only this record.") var id: String?
    @Option(name: .long, help: "The record's parent, for notes, stages and feedback.") var parent: String?
    @Flag(name: .long, help: "Send everything again, not only what was rejected.") var all = false

    func validate() throws {
        if id != nil, type == nil { throw ValidationError("--id needs --type") }
        if id != nil, all { throw ValidationError("--id and --all exclude each other") }
    }

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        let named = try await workspace.customer(self.customer)
        let (customer, names) = (named.number, workspace.store.receipts)
        let (type, id, parent, all, now) = (type, id, parent, all, SystemTime().now())
        if all {
            let entry = AuditEntry.command("sync.resync", type?.rawValue ?? "everything", of: customer)
            try await workspace.store.resync(customer: customer, kind: type, by: entry, at: now)
        }
        let count: Int = try await workspace.store.write { tx in
            if let type, let id {
                let key = RecordKey(type, parent: parent ?? "", id: id)
                guard try tx.retry(customer: customer, key: key, at: now) else { return 0 }
                let name = names.auditName(of: key, customer: named.id)
                try tx.audit(.command("record.retry", name, of: customer), at: now)
                return 1
            }
            if all {
                return try tx.tallies(customer: customer).reduce(0) {
                    $0 + (type == nil || $1.key == type ? $1.value.due : 0)
                }
            }
            let count = try (type.map { [$0] } ?? RecordKind.allCases).reduce(0) {
                $0 + (try tx.retryRejected(customer: customer, kind: $1, at: now))
            }
            let what = "\(count) of \(type?.rawValue ?? "all types")"
            try tx.audit(.command("rejected.retry", what, of: customer), at: now)
            return count
        }
        if let type, let id, count == 0 {
            throw CommandError(
                "\(self.customer) has no \(type.rawValue) '\(id)', or LinkedIn works on it just now; "
                    + "crosswalk sync explain --customer \(self.customer) \(type.rawValue) '\(id)'")
        }
        let said =
            count == 0
            ? "No record was rejected; nothing to send again."
            : "\(count.of("record")) due again; a running connector sends now."
        output.print(["due": .int(Int64(count))], table: [said])
    }
}

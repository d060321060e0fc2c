// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import Foundation
import JSONBytes
import Store

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Who did what, chained by hash.", subcommands: [AuditVerify.self])
}

struct AuditVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Whether the audit is whole: the store's, or a downloaded file's.",
        discussion: """
            Each entry's hash is SHA-256 over the hash before it and the entry, so an entry that was altered, taken out or moved is found.
            With --expect it also says whether an entry with this hash is in the chain: keep the hash of the last entry somewhere else, and
            nobody can shorten or rewrite the audit before it unnoticed. Exit status 1 when something is wrong.
            """)
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "A downloaded audit (NDJSON); - is standard input. Without it, the store is checked.") var file:
        String?
    @Option(name: .long, help: "The hash of an entry that must be in it, as 64 hexadecimal digits.") var expect: String?

    func validate() throws {
        if let expect, expect.count != 64 || !expect.allSatisfy(\.isHexDigit) {
            throw ValidationError("--expect: a hash has 64 hexadecimal digits")
        }
    }

    func run() async throws {
        var check = Check(expected: expect?.lowercased())
        if let file {
            try check.read(file)
        } else {
            let workspace = try Workspace.open(try await options.settings())
            try await check.read(workspace.store)
        }
        output.print(check.json, table: check.lines)
        guard check.isGood else { throw ExitCode.needsAttention }
    }

    /// Goes through an audit, entry by entry.
    struct Check {
        var chain = AuditChain()
        var expected: String?
        var isFound = false

        init(expected: String?) { self.expected = expected }

        var isGood: Bool { chain.broken == nil && (expected == nil || isFound) }

        mutating func read(_ file: String) throws {
            guard let handle = file == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: file) else {
                throw CommandError("\(file) cannot be read")
            }
            let data = try handle.readToEnd() ?? Data()
            for (index, line) in data.split(separator: UInt8(ascii: "\n")).enumerated() {
                guard let json = try? JSONValue(parsing: Array(line)), let record = AuditChain.record(json) else {
                    throw CommandError("line \(index + 1) of \(file) is no entry of an audit")
                }
                take(record)
            }
        }

        mutating func read(_ store: Store) async throws {
            while case let from = chain.count, chain.broken == nil {
                let records = try await store.read { try $0.auditEntries(after: from, limit: 1_000) }
                if records.isEmpty { return }
                for record in records { take(record) }
            }
        }

        private mutating func take(_ record: AuditRecord) {
            chain.check(record)
            guard chain.broken == nil, let expected else { return }
            isFound = isFound || record.hash.hex == expected
        }

        var json: JSONValue {
            [
                "entries": .int(chain.count), "intact": .bool(chain.broken == nil),
                "broken": chain.broken.map { .string($0.says) } ?? .null, "last": .string(chain.hash.hex),
                "found": expected == nil ? .null : .bool(isFound),
            ]
        }

        var lines: [String] {
            var lines = [
                chain.broken.map {
                    "The chain is broken: \($0.says). Whole before it: \(Int(chain.count).of("entry", "entries"))."
                }
                    ?? "\(Int(chain.count).of("entry", "entries")), chain intact. The last one's hash is \(chain.hash.hex)."
            ]
            if expected != nil {
                lines.append(
                    isFound
                        ? "The expected hash is in it."
                        : "The expected hash is not in it: something before it was changed or cut off.")
            }
            return lines
        }
    }
}

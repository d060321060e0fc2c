// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ATSSource
import Domain
import Foundation
import Intake
import JSONBytes

struct SourceCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Show the first rows as records, with every problem; send nothing.",
        discussion: "Exit status 1 when there is a problem.")
    @OptionGroup var output: OutputOptions
    @Argument(help: "The mapping file.") var mapping: String
    @Option(name: .long, help: "Rows per type.") var rows = 3
    @Flag(name: .long, help: "Read every row, and show only those with a problem: the first of each type.")
    var all = false
    @Option(name: .long, help: "Only this type.") var type: RecordKind?

    func run() async throws {
        let read: Mapping
        do { read = try Mapping.read(path: mapping, known: .all) } catch {
            throw CommandError("\(error)", code: .needsAttention)
        }
        var findings = SourceFindings(onlyProblems: all)
        do {
            try await findings.read(read, ReadingOptions(limit: all ? nil : rows, kinds: type.map { [$0] }))
        } catch let error as SourceError {
            throw CommandError("\(error)", code: .unreachable)
        }
        output.print(.array(findings.entries.flatMap(json)), table: lines(findings))
        guard findings.isClean else { throw ExitCode.needsAttention }
    }

    private func lines(_ findings: SourceFindings) -> [String] {
        var lines: [String] = []
        for entry in findings.entries {
            if !lines.isEmpty { lines.append("") }
            lines.append(Terminal.style.bold(entry.name))
            lines += entry.unusable.map { Terminal.style.red("  ✗ ") + $0.description }
            for row in entry.shown {
                lines.append("  row \(row.number)  \(String(decoding: row.record, as: UTF8.self).shortened(to: 400))")
                lines += row.problems.map { Terminal.style.red("    ✗ ") + "\($0.pointer): \($0.message)" }
                lines += row.warnings.map { Terminal.style.yellow("    ! ") + "\($0.pointer): \($0.message)" }
            }
            if all { lines.append("  \(entry.rows.of("row")), \(entry.bad.grouped) with a problem") }
        }
        if lines.isEmpty { lines = ["The source has no rows."] }
        let verdict =
            findings.isClean
            ? Terminal.style.green("No problems. Nothing was sent.")
            : Terminal.style.red("Problems found. Nothing was sent.")
        return lines + ["", verdict]
    }

    private func json(_ entry: SourceFindings.Entry) -> [JSONValue] {
        let name = JSONValue.string(entry.name)
        var values: [JSONValue] = entry.unusable.map { ["entry": name, "problem": .string($0.description)] }
        values += entry.shown.map { row in
            [
                "entry": name, "row": .int(Int64(row.number)),
                "record": (try? JSONValue(parsing: row.record)) ?? .null,
                "problems": .array(row.problems.map { .string("\($0.pointer): \($0.message)") }),
                "warnings": .array(row.warnings.map { .string("\($0.pointer): \($0.message)") }),
            ]
        }
        if all { values.append(["entry": name, "rows": .int(Int64(entry.rows)), "bad": .int(Int64(entry.bad))]) }
        return values
    }
}

extension String {
    func shortened(to count: Int) -> String { self.count <= count ? self : prefix(count) + "…" }
}

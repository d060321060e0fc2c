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
        let options = ReadingOptions(limit: all ? nil : rows, kinds: type.map { [$0] })
        let reader = SourceReader(mapping: read, options: options)
        var findings = SourceFindings(onlyProblems: all)
        do {
            while let chunk = try await reader.next() { findings.add(chunk) }
        } catch let error as SourceError {
            throw CommandError("\(error)", code: .unreachable)
        }
        findings.finish()
        output.print(.array(findings.json), table: findings.lines)
        guard findings.isClean else { throw ExitCode.needsAttention }
    }
}

/// What `source check` shows, put together chunk by chunk in both formats.
private struct SourceFindings {
    /// Show what has a problem, and of each entry no more than the first of those, so that any number of rows can be looked at.
    let onlyProblems: Bool
    private(set) var lines: [String] = []
    private(set) var json: [JSONValue] = []
    private(set) var isClean = true

    private let intake = Intake(Intake.Settings())
    private var entry = ""
    private var rows = 0
    private var bad = 0
    private static let most = 20

    init(onlyProblems: Bool) { self.onlyProblems = onlyProblems }

    mutating func add(_ chunk: Chunk) {
        if chunk.name != entry { begin(chunk.name) }
        rows += chunk.rows.count + chunk.problems.count
        for problem in chunk.problems where isShown(bad: true) {
            lines.append(Terminal.style.red("  ✗ ") + problem.description)
            json.append(["entry": .string(entry), "problem": .string(problem.description)])
        }
        for (line, row) in zip(chunk.lines.split(separator: UInt8(ascii: "\n")), chunk.rows) {
            let checked = line.withUnsafeBytes { intake.bulkLine($0) }
            if isShown(bad: !checked.problems.isEmpty) { show(line, row, checked.problems, checked.warnings) }
        }
    }

    mutating func finish() {
        summarize()
        if lines.isEmpty { lines = ["The source has no rows."] }
        lines += [
            "",
            isClean
                ? Terminal.style.green("No problems. Nothing was sent.")
                : Terminal.style.red("Problems found. Nothing was sent."),
        ]
    }

    private mutating func begin(_ name: String) {
        summarize()
        (entry, rows, bad) = (name, 0, 0)
        lines += lines.isEmpty ? [Terminal.style.bold(name)] : ["", Terminal.style.bold(name)]
    }

    /// Closes an entry of which not every row was shown.
    private mutating func summarize() {
        guard onlyProblems, !entry.isEmpty else { return }
        lines.append("  \(rows.of("row")), \(bad.grouped) with a problem")
        json.append(["entry": .string(entry), "rows": .int(Int64(rows)), "bad": .int(Int64(bad))])
    }

    private mutating func isShown(bad isBad: Bool) -> Bool {
        isClean = isClean && !isBad
        bad += isBad ? 1 : 0
        return onlyProblems ? isBad && bad <= Self.most : true
    }

    private mutating func show(_ line: ArraySlice<UInt8>, _ row: Int, _ problems: [Problem], _ warnings: [Problem]) {
        lines.append("  row \(row)  \(String(decoding: line, as: UTF8.self).shortened(to: 400))")
        lines += problems.map { Terminal.style.red("    ✗ ") + "\($0.pointer): \($0.message)" }
        lines += warnings.map { Terminal.style.yellow("    ! ") + "\($0.pointer): \($0.message)" }
        json.append([
            "entry": .string(entry), "row": .int(Int64(row)),
            "record": (try? JSONValue(parsing: Array(line))) ?? .null,
            "problems": .array(problems.map { .string("\($0.pointer): \($0.message)") }),
            "warnings": .array(warnings.map { .string("\($0.pointer): \($0.message)") }),
        ])
    }
}

extension String {
    func shortened(to count: Int) -> String { self.count <= count ? self : prefix(count) + "…" }
}

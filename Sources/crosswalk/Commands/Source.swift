// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ATSSource
import Domain
import Foundation
import Intake
import JSONBytes

struct SourceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "source", abstract: "An ATS's database or files, by a mapping file.",
        discussion: "docs/mapping-guide.md shows how to write one, step by step.",
        subcommands: [SourceCheck.self, SourceRunCommand.self])
}

struct SourceCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Show the first rows as records, with every problem; send nothing.",
        discussion: "Exit status 1 when there is a problem.")
    @OptionGroup var output: OutputOptions
    @Argument(help: "The mapping file.") var mapping: String
    @Option(name: .long, help: "Rows per type.") var rows = 3
    @Option(name: .long, help: "Only this type.") var type: RecordKind?

    func run() async throws {
        let read: Mapping
        do { read = try Mapping.read(path: mapping, known: .all) } catch {
            throw CommandError("\(error)", code: .needsAttention)
        }
        let reader = SourceReader(mapping: read, options: ReadingOptions(limit: rows, kinds: type.map { [$0] }))
        let intake = Intake(Intake.Settings())
        var lines: [String] = []
        var json: [JSONValue] = []
        var isClean = true
        var current = ""
        do {
            while let chunk = try await reader.next() {
                if chunk.name != current {
                    current = chunk.name
                    lines += lines.isEmpty ? [Terminal.style.bold(current)] : ["", Terminal.style.bold(current)]
                }
                for problem in chunk.problems {
                    isClean = false
                    lines.append(Terminal.style.red("  ✗ ") + problem.description)
                    json.append(["entry": .string(chunk.name), "problem": .string(problem.description)])
                }
                for (line, row) in zip(chunk.lines.split(separator: UInt8(ascii: "\n")), chunk.rows) {
                    let checked = line.withUnsafeBytes { intake.bulkLine($0) }
                    isClean = isClean && checked.problems.isEmpty
                    lines.append("  row \(row)  \(String(decoding: line, as: UTF8.self).shortened(to: 400))")
                    lines += checked.problems.map { Terminal.style.red("    ✗ ") + "\($0.pointer): \($0.message)" }
                    lines += checked.warnings.map { Terminal.style.yellow("    ! ") + "\($0.pointer): \($0.message)" }
                    json.append([
                        "entry": .string(chunk.name), "row": .int(Int64(row)),
                        "record": (try? JSONValue(parsing: Array(line))) ?? .null,
                        "problems": .array(checked.problems.map { .string("\($0.pointer): \($0.message)") }),
                        "warnings": .array(checked.warnings.map { .string("\($0.pointer): \($0.message)") }),
                    ])
                }
            }
        } catch let error as SourceError {
            throw CommandError("\(error)", code: .unreachable)
        }
        if lines.isEmpty { lines = ["The source has no rows."] }
        lines += [
            "",
            isClean
                ? Terminal.style.green("No problems. Nothing was sent.")
                : Terminal.style.red("Problems found. Nothing was sent."),
        ]
        output.print(.array(json), table: lines)
        guard isClean else { throw ExitCode.needsAttention }
    }
}

struct SourceRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Read the source and send what changed since the last run.",
        discussion: """
            The first run sends everything. Later runs read from the watermark of each type, less an overlap; unchanged records cost nothing.
            A run that ends half-way is simply run again. Exit status 1 when rows or records were refused.
            """)
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var target: ConnectorTarget
    @OptionGroup var output: OutputOptions
    @Argument(help: "The mapping file.") var mapping: String
    @Option(name: .long, help: "The name its watermarks are kept under (default: the file's name).") var name: String?
    @Option(name: .long, help: "Only these types.") var type: [RecordKind] = []
    @Flag(name: .long, help: "Read everything, not only what changed.") var full = false
    @Flag(name: .long, help: "Delete although more than half of a type would go.") var force = false

    func run() async throws {
        let settings = try await options.settings()
        let read: Mapping
        do { read = try Mapping.read(path: mapping, known: .all) } catch {
            throw CommandError("\(error)", code: .needsAttention)
        }
        let feed = SourceRun(
            mapping: read, name: name ?? URL(fileURLWithPath: mapping).deletingPathExtension().lastPathComponent,
            upload: try target.upload(settings), full: full, kinds: type.isEmpty ? nil : Set(type), force: force,
            complain: { Terminal.note($0) })
        try await FeedReport.run(feed, output)
    }
}

extension String {
    func shortened(to count: Int) -> String { self.count <= count ? self : prefix(count) + "…" }
}

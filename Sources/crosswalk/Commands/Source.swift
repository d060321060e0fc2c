// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ATSSource
import Domain
import Foundation

struct SourceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "source", abstract: "An ATS's database or files, by a mapping file.",
        discussion: "docs/mapping-guide.md shows how to write one, step by step.",
        subcommands: [SourceCheck.self, SourceRunCommand.self])
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
            sink: try target.upload(settings), full: full, kinds: type.isEmpty ? nil : Set(type), force: force,
            complain: { Terminal.note($0.description) })
        try await FeedReport.run(feed, output)
    }
}

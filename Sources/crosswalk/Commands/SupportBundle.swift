// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Dashboard
import Domain
import Foundation
import JSONBytes
import Store

struct SupportBundleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "support-bundle",
        abstract: "Write what support asks for into one JSON file, without people and secrets.",
        discussion: """
            Versions, settings without secrets, table sizes, workers, counts per customer, and of rejected records the API key, the shape of the
            request and LinkedIn's request id, which LinkedIn's support wants to see. Read it before you send it: it is plain JSON.
            """)
    @OptionGroup var options: ConfigurationOptions
    @Option(name: .shortAndLong, help: ArgumentHelp("Where to write it; - is standard output.", valueName: "file"))
    var output: String?

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        let now = SystemTime().now()
        let bundle = SupportBundle(
            store: workspace.store, configuration: workspace.settings.lines, version: Crosswalk.version)
        let text = try await bundle.make(at: now).indented
        try await workspace.store.write { tx in
            try tx.audit(.command("system.support-bundle"), at: now)
        }
        try await workspace.store.close()
        guard output != "-" else { return Terminal.write(text, to: 1) }
        let path = output ?? SupportBundle.fileName(at: now)
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else { throw CommandError("\(path) cannot be written") }
        Terminal.out(path)
    }
}

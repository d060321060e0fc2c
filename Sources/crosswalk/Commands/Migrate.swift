// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import JSONBytes
import Store

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Create the database, or bring its schema up to date.",
        discussion:
            "Every command does this when it opens the database; this one does nothing else, for a deployment step before a start."
    )
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let settings = try await options.settings()
        let workspace = try Workspace.open(settings, mayCreate: true)
        try await workspace.store.close()
        let folder = settings.text(.data) ?? ""
        output.print(["data": .string(folder), "migrated": true], table: ["The database in \(folder) is up to date."])
    }
}

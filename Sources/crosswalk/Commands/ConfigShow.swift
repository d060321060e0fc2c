// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONBytes

struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Look at the configuration.", subcommands: [ConfigShow.self],
        defaultSubcommand: ConfigShow.self)
}

struct ConfigShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Every setting, its value, and who said it; secrets are not shown.",
        discussion:
            "Flags win over CROSSWALK_… variables, those over the YAML file (--config, or ./crosswalk.yaml), that over defaults."
    )
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let settings = try await options.settings()
        var table = Table(.text("setting"), .text("value"), .text("from"), .text("meaning"))
        var json = JSONObject()
        for setting in Setting.all {
            let found = settings.found(setting)
            let value = found.map { setting.isSecret ? "(secret)" : $0.value }
            table.add(setting.key, value ?? "(not set)", found?.origin ?? setting.environmentName, setting.help)
            json[setting.key] = .object([
                "value": value.map(JSONValue.string) ?? .null, "origin": found.map { .string($0.origin) } ?? .null,
            ])
        }
        output.print(.object(json), table: table.lines(style: Terminal.style))
    }
}

/// The flags that every command with a configuration takes.
struct ConfigurationOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The YAML configuration file.", valueName: "file"))
    var config: String?
    @Option(
        name: .long,
        help: ArgumentHelp("Folder of the connector's database (default: ./crosswalk-data).", valueName: "folder"))
    var data: String?

    func settings(_ flags: [Setting: String?] = [:]) async throws -> Settings {
        var given = flags.compactMapValues { $0 }
        if let data { given[.data] = data }
        return try await Settings.read(flags: given, file: config)
    }
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Dashboard
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
        for line in settings.lines {
            table.add(line.key, line.value ?? "(not set)", line.origin, line.meaning)
            json[line.key] = .object([
                "value": line.value.map(JSONValue.string) ?? .null,
                "origin": line.value == nil ? .null : .string(line.origin),
            ])
        }
        output.print(.object(json), table: table.lines(style: Terminal.style))
    }
}

extension Settings {
    /// Every setting, its value and who said it; what is secret is not told. One that is not set says how to set it.
    var lines: [ConfigurationLine] {
        Setting.all.map { setting in
            let found = found(setting)
            return ConfigurationLine(
                key: setting.key, value: found.map { setting.isSecret ? "(secret)" : $0.value },
                origin: found?.origin ?? setting.environmentName, meaning: setting.help)
        }
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

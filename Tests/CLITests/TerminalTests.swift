// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import Foundation
import TestSupport
import Testing

@testable import crosswalk

@Suite struct TerminalTests {
    @Test func `a table aligns numbers to the right and counts wide letters twice`() {
        var table = Table(.text("name"), .number("count"))
        table.add("候補者", "1,234")
        table.add("job", "5")
        #expect(
            table.lines(style: Style(isOn: false)) == ["name    count", "──────  ─────", "候補者  1,234", "job         5"])
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000")])
    func `numbers are grouped by thousands`(number: Int, text: String) {
        #expect(number.grouped == text)
    }

    @Test(arguments: [(0.2, "1 s"), (59.0, "59 s"), (61.0, "1 min 1 s"), (3700.0, "1 h 1 min")])
    func `time left reads like a clock`(seconds: Double, text: String) {
        #expect(ProgressLine.clock(seconds) == text)
    }

    @Test func `a bar tells its rate from the moment something was done, and no time left when it is over`() {
        let start = ContinuousClock.now
        var line = ProgressLine("candidate", total: 2_000, now: start)
        line.set(0, now: start + .seconds(10))
        line.set(1_000, now: start + .seconds(12))
        #expect(
            line.text(Style(isOn: false), barWidth: 4, now: start + .seconds(12))
                == "candidate          ██░░  1,000/2,000    500/s  2 s left")
        line.set(2_000, now: start + .seconds(14))
        line.note = "3 refused"
        #expect(
            line.text(Style(isOn: false), barWidth: 4, now: start + .seconds(60))
                == "candidate          ████  2,000/2,000    500/s  3 refused")
    }

    @Test func `a rate over a few milliseconds is not told`() {
        let start = ContinuousClock.now
        var line = ProgressLine("rows", total: nil, now: start)
        line.set(3, now: start + .milliseconds(1))
        #expect(line.text(Style(isOn: false), isOver: true, now: start + .seconds(9)) == "rows               3")
    }

    @Test func `nothing is coloured unless asked`() {
        #expect(Style(isOn: false).red("x") == "x")
        #expect(Style(isOn: true).red("x") == "\u{1B}[31mx\u{1B}[0m")
    }
}

@Suite struct CommandTests {
    /// Every command there is, with the words that reach it.
    private static func commands(_ type: any ParsableCommand.Type = Crosswalk.self, _ path: [String] = []) -> [(
        [String], any ParsableCommand.Type
    )] {
        [(path, type)]
            + type.configuration.subcommands.flatMap {
                commands($0, path + [$0.configuration.commandName ?? "\($0)".lowercased()])
            }
    }

    @Test func `every command explains itself in one line and in help`() throws {
        for (path, type) in Self.commands() {
            #expect(!type.configuration.abstract.isEmpty, "\(path)")
            let help = Crosswalk.helpMessage(for: type, columns: 100)
            #expect(help.contains("USAGE: crosswalk"), "\(path)")
        }
    }

    @Test func `every command of the design is there`() {
        let paths = Set(Self.commands().map { $0.0.joined(separator: " ") })
        for path in [
            "demo", "serve", "sandbox serve", "sandbox reset", "sandbox snapshot", "sandbox restore", "sandbox clock",
            "sandbox fault",
            "sandbox export", "sandbox see", "sandbox push list", "sandbox push resend", "sandbox push validate",
            "sandbox enable", "sandbox contract add", "sandbox seat add", "sandbox seat change", "sandbox inmail send",
            "sandbox reply", "sandbox note add", "sandbox note delete", "sandbox close", "customer add",
            "customer list", "customer show", "customer remove", "import",
            "source check", "source run",
            "sync status", "sync run", "sync explain", "sync retry", "sync pause", "sync resume", "config show",
            "doctor", "migrate",
            "dashboard account add", "dashboard account list", "dashboard account reset", "dashboard account role",
            "dashboard account enable", "audit verify", "support-bundle",
        ] {
            #expect(paths.contains(path), "\(path)")
        }
    }

    @Test(arguments: [
        (["customer", "add", "--id", "Not A Slug", "--name", "x", "--organization", "1"], "--id"),
        (["customer", "add", "--id", "a", "--name", "My LinkedIn", "--organization", "1"], "LinkedIn does not allow"),
        (["customer", "add", "--id", "a", "--name", "x", "--organization", "0"], "--organization"),
        (
            ["customer", "add", "--id", "a", "--name", "x", "--organization", "1", "--client-id", "c"],
            "belong together"
        ),
        (["sync", "retry", "--customer", "a", "--id", "1"], "--id needs --type"),
        (["demo", "--candidates", "1"], "--candidates"),
        (["sandbox", "seat", "add"], "say who gets the seat"),
        (["sandbox", "inmail", "--text", "x"], "name the --member to write to"),
        (["sandbox", "inmail", "--member", "17", "--text", "x"], "needs a --subject"),
        (["sandbox", "reply", "7000"], "needs --text"),
        (["sandbox", "export", "--member", "17"], "--job"),
        (["sandbox", "export", "--member", "17", "--job", "R", "--wait", "9999"], "0 to 3600"),
        (["sandbox", "see", "--member", "17", "--query", "x"], "leave --member out"),
        (["sandbox", "push", "resend", "a/b"], "request id"),
        (["sandbox", "reply", "7000", "--decline", "--share-contact"], "exclude each other"),
        (["dashboard", "account", "add", "two words"], "one word"),
        (["dashboard", "account", "role", "ada", "king"], "king"),
        (["audit", "verify", "--expect", "abc"], "64 hexadecimal digits"),
    ])
    func `a wrong command line names the option and what it wants`(arguments: [String], expected: String) {
        let error = #expect(throws: (any Error).self) { _ = try Crosswalk.parseAsRoot(arguments) }
        #expect(error.map { Crosswalk.message(for: $0).contains(expected) } == true)
    }
}

@Suite struct SettingsTests {
    let folder = try! TemporaryFolder()

    private func file(_ yaml: String) throws -> String {
        let path = folder.path("crosswalk.yaml")
        try yaml.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test func `flags win over the environment, that over the file, that over defaults, and each says so`() async throws
    {
        let path = try file("connector:\n  port: 1\n  host: file.example\nlinkedin:\n  quotas: false\n")
        let settings = try await Settings.read(
            flags: [.data: "flag"], file: path,
            environment: ["CROSSWALK_CONNECTOR_PORT": "2", "CROSSWALK_DATA": "environment"])
        #expect(settings.found(.data).map { [$0.value, $0.origin] } == ["flag", "flag"])
        #expect(settings.found(.port).map { [$0.value, $0.origin] } == ["2", "CROSSWALK_CONNECTOR_PORT"])
        #expect(settings.found(.host).map { [$0.value, $0.origin] } == ["file.example", path])
        #expect(settings.flag(.quotas) == false)
        #expect(settings.found(.profile)?.origin == "default")
    }

    @Test func `a setting that does not exist names the nearest one`() async throws {
        let path = try file("connector:\n  prot: 1\n")
        let error = await #expect(throws: ValidationError.self) {
            try await Settings.read(file: path, environment: [:])
        }
        #expect(error?.message.contains("'connector.prot'; did you mean 'connector.port'?") == true)
    }

    @Test func `every wrong value is told at once`() async throws {
        let error = await #expect(throws: ValidationError.self) {
            try await Settings.read(environment: ["CROSSWALK_CONNECTOR_PORT": "many", "CROSSWALK_PROFILE": "test"])
        }
        #expect(
            error?.message.contains("connector.port (from CROSSWALK_CONNECTOR_PORT): expected a whole number") == true)
        #expect(error?.message.contains("profile (from CROSSWALK_PROFILE): expected sandbox or production") == true)
    }

    @Test func `a sandbox profile never reaches LinkedIn, a production profile never speaks plain http`() async throws {
        let sandbox = try await Settings.read(flags: [.profile: "sandbox"], environment: [:])
        #expect(throws: CommandError.self) { try LinkedInAccess.check("https://api.linkedin.com", sandbox) }
        try LinkedInAccess.check("http://127.0.0.1:8090", sandbox)
        let production = try await Settings.read(flags: [.profile: "production"], environment: [:])
        #expect(throws: CommandError.self) { try LinkedInAccess.check("http://127.0.0.1:8090", production) }
        try LinkedInAccess.check("https://api.linkedin.com", production)
    }
}

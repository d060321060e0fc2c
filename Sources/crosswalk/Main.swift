// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CMalloc

/// The command line. One command a file in `Commands/`.
@main
struct Crosswalk: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crosswalk",
        abstract: "The open way across between an applicant tracking system and LinkedIn Recruiter.",
        discussion: """
            See it work, with no account and no configuration:
              crosswalk demo

            Run it:
              crosswalk sandbox serve          LinkedIn's side, on 127.0.0.1:8090
              crosswalk serve                  the connector, on 127.0.0.1:8080
              crosswalk customer add …         one ATS tenant; prints its API key
              crosswalk source check m.yaml    look before you send
              crosswalk source run m.yaml      send an ATS's database
              crosswalk events --follow        what LinkedIn tells the ATS
              crosswalk sync status            what is there, what is due, what is rejected

            Every command says more with --help. Works with LinkedIn Recruiter System Connect; not affiliated with LinkedIn.
            """,
        version: version,
        subcommands: [
            Demo.self, Serve.self, SandboxCommand.self, CustomerCommand.self, Import.self, SourceCommand.self,
            SyncCommand.self, PullsCommand.self, Events.self, WebhookCommand.self, UsersCommand.self,
            ExportsCommand.self, EraseCommand.self, RetentionCommand.self, DashboardCommand.self, AuditCommand.self,
            SupportBundleCommand.self, ConfigCommand.self, Doctor.self, Migrate.self,
        ]
    )

    static let version = "0.1.0"

    static func main() async {
        // Memory that a thread freed is not given back to the system; with the default of eight arenas per core
        // a bulk load keeps hundreds of megabytes, with two the threads wait for each other (a quarter of the intake, measured).
        mallopt(M_ARENA_MAX, 4)
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
        } catch let error as CommandError {
            Terminal.note(Terminal.errorStyle.red("error: ") + error.message)
            exit(withError: error.code)
        } catch {
            exit(withError: error)
        }
    }
}

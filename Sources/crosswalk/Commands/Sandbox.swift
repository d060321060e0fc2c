// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "LinkedIn's side on your machine: serve it, and steer it while it runs.",
        discussion: "docs/sandbox.md says what it does, and first what it does not do.",
        subcommands: [
            SandboxServe.self, SandboxRequest.self, SandboxEnable.self, SandboxDisable.self, SandboxState.self,
            SandboxJournal.self,
            SandboxExport.self, SandboxSee.self, SandboxPush.self,
            SandboxContract.self, SandboxSeat.self, SandboxInMail.self, SandboxReply.self, SandboxNote.self,
            SandboxClose.self, SandboxActivity.self,
            SandboxClockCommand.self, SandboxFault.self, SandboxSnapshot.self, SandboxRestore.self, SandboxReset.self,
        ],
        defaultSubcommand: SandboxServe.self)
}

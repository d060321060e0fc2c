// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Erasing people, and everything about erasures.
struct EraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Forget people, here and at LinkedIn, with a signed receipt.",
        discussion: """
            What is held here is gone at once. LinkedIn is told, children first, and then read back until nothing is found.
              crosswalk erase --customer acme candidate C-1 C-2      candidates, with notes, applications and all that hangs on them
              crosswalk erase --customer acme person urn:li:person:…  what LinkedIn told about a member; the ATS's records stay
              crosswalk erase --customer acme --everything           the end of a contract
              crosswalk erase list --customer acme --candidate C-1    was this candidate erased?
              crosswalk erase show --customer acme er_…               how far it is; its receipt
              crosswalk erase verify receipt.json                     is it ours, and unaltered?
              crosswalk erase close --customer acme er_…              stop waiting for LinkedIn (an integration that stays disabled)

            A receipt names nobody and may be given away. Backups made before hold what was erased until they are overwritten: docs/privacy.md.
            """,
        subcommands: [EraseRun.self, EraseList.self, EraseShow.self, EraseVerify.self, EraseClose.self],
        defaultSubcommand: EraseRun.self)
}

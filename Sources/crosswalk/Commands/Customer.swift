// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

struct CustomerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customer", abstract: "ATS tenants: one LinkedIn child application each.",
        subcommands: [
            CustomerAdd.self, CustomerList.self, CustomerShow.self, CustomerSet.self, CustomerSecret.self,
            CustomerRemove.self,
        ])
}

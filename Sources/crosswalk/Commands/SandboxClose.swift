// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONBytes

struct SandboxClose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Play a member who closes the LinkedIn account.",
        discussion: """
            Nobody is matched to a closed account any more, and customers who exported the member learn of it when they ask
            for closed profiles.
              crosswalk sandbox close 17
            """)
    @OptionGroup var sandbox: SandboxTarget
    @Argument(help: ArgumentHelp(MemberName.help + " who leaves.")) var member: MemberName
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await sandbox.client.send(.POST, "/_sandbox/members/close", ["member": member.json])
        let number = answer.number("number")
        output.print(
            answer,
            table: [
                answer["changed"]?.bool == true
                    ? "Member \(number) has left LinkedIn." : "Member \(number) had left before."
            ])
    }
}

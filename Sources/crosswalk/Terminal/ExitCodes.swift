// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// What the exit status says; `docs/command-line.md` lists them.
extension ExitCode {
    /// The work was done, but something in it needs a person: rejected records, different totals.
    static let needsAttention = ExitCode(1)
    /// The other side cannot be reached or refused: connector, sandbox, LinkedIn, the source database.
    static let unreachable = ExitCode(3)
    /// Another process holds what this one needs (a lease, a port, the data folder).
    static let busy = ExitCode(4)
}

/// An error for the person at the terminal: what is wrong, and what to do.
struct CommandError: Error, CustomStringConvertible {
    var message: String
    var code: ExitCode

    init(_ message: String, code: ExitCode = .failure) {
        self.message = message
        self.code = code
    }

    var description: String { message }
}

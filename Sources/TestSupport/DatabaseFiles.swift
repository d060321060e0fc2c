// SPDX-License-Identifier: Apache-2.0

package import Foundation

/// What lies on the disk of a database that is open in this process.
package enum DatabaseFiles {
    /// Every byte of every file in `folder`, one file after the other.
    ///
    /// Another process reads them: closing a file that SQLite holds open here would drop all locks of this process on it, and the next
    /// process that opens the database would empty the shared memory under our feet.
    package static func bytes(in folder: String) throws -> Data {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "find \"$0\" -type f -exec cat {} +", folder]
        process.standardOutput = output
        try process.run()
        defer { process.waitUntilExit() }
        return try output.fileHandleForReading.readToEnd() ?? Data()
    }
}

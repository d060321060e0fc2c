// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A program of the machine that a fixture runs.
enum Tool {
    /// The path of a program in `PATH` or in the newest of Debian's PostgreSQL folders; nil when it is not installed.
    static func path(_ name: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let postgres = "/usr/lib/postgresql"
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: postgres)) ?? []).sorted {
            (Int($0) ?? 0) > (Int($1) ?? 0)
        }
        let folders =
            path.split(separator: ":").map(String.init) + ["/usr/sbin"] + versions.map { "\(postgres)/\($0)/bin" }
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    static var isRoot: Bool { geteuid() == 0 }

    /// Runs a program to its end.
    ///
    /// - Returns: what it wrote to standard output.
    /// - Throws: `FixtureError` with its standard error when it fails and `mayFail` is false.
    @discardableResult
    static func run(
        _ program: String, _ arguments: [String], inputFile: String? = nil, input: String? = nil, mayFail: Bool = false
    ) throws -> String {
        guard let path = path(program) else { throw FixtureError(message: "\(program) is not installed") }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let (output, errors, stdin) = (Pipe(), Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        if let inputFile {
            process.standardInput = FileHandle(forReadingAtPath: inputFile)
        } else {
            process.standardInput = stdin
        }
        try process.run()
        if inputFile == nil {
            if let input { try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8)) }
            try stdin.fileHandleForWriting.close()
        }
        // Errors are read beside the output, or a full pipe would hold the program up.
        let reading = DispatchQueue(label: "crosswalk.fixture.errors")
        // Written on `reading` alone, and read only after `reading.sync` below has waited for that.
        nonisolated(unsafe) var said = Data()
        let errorHandle = errors.fileHandleForReading
        reading.async { said = errorHandle.readDataToEndOfFile() }
        let written = output.fileHandleForReading.readDataToEndOfFile()
        reading.sync {}
        process.waitUntilExit()
        guard mayFail || process.terminationStatus == 0 else {
            throw FixtureError(message: "\(program) failed: \(String(decoding: said.prefix(400), as: UTF8.self))")
        }
        return String(decoding: written, as: UTF8.self)
    }
}

package struct FixtureError: Error, CustomStringConvertible {
    package var message: String
    package var description: String { message }
}

/// A server process that ends, with its folder, when this object or the whole test process does.
///
/// A shell waits for the end of its standard input, whose other end only this process holds: even a crash of the tests
/// leaves nothing behind.
final class GuardedServer: Sendable {
    private let input: FileHandle

    /// - Parameter start: shell commands that start the server and return when it answers; they see the folder as `$1`.
    /// - Parameter stop: shell commands that end it at once.
    init(folder: String, start: String, stop: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        let script =
            "( \(start) ) </dev/null >\"$1/start.log\" 2>&1 && echo ready || echo failed; read line; \(stop)\nrm -rf \"$1\""
        process.arguments = ["-c", script, "sh", folder]
        let (stdin, stdout) = (Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = FileHandle.nullDevice
        try process.run()
        input = stdin.fileHandleForWriting
        var answer = ""
        while !answer.contains("\n") {
            let piece = stdout.fileHandleForReading.availableData
            if piece.isEmpty { break }
            answer += String(decoding: piece, as: UTF8.self)
        }
        guard answer == "ready\n" else {
            let log =
                FileManager.default.contents(atPath: folder + "/start.log").map {
                    String(decoding: $0.suffix(2000), as: UTF8.self)
                } ?? ""
            end()
            throw FixtureError(message: "the server did not start: \(log)")
        }
    }

    deinit { end() }

    private func end() { try? input.close() }
}

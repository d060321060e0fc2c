// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONBytes
import TestSupport
import Testing

@testable import crosswalk

/// `crosswalk serve` as a process of its own, to be killed.
final class ServerProcess {
    let url: String
    private let arguments: [String]
    private let data: String
    private let linkedIn: String
    private let port: Int
    private var process: Process?

    init(data: String, linkedIn: String) throws {
        port = try FreePort.find()
        url = "http://127.0.0.1:\(port)"
        self.data = data
        self.linkedIn = linkedIn
        arguments = ["serve", "--port", String(port), "--data", data, "--linkedin", linkedIn, "--no-quotas"]
    }

    deinit { kill() }

    /// - Returns: the API key.
    func add(customer: String, organization: Int64) throws -> String {
        let output = try Crosswalk.output([
            "customer", "add", "--data", data, "--linkedin", linkedIn, "--id", customer, "--name", "Acme",
            "--organization", String(organization),
            "--contract", "5000", "--format", "json",
        ])
        return try #require(try JSONValue(parsing: Array(output.utf8))["api_key"]?.string)
    }

    func start() throws {
        let process = Process()
        process.executableURL = Crosswalk.executable
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        self.process = process
    }

    func kill() {
        guard let process, process.isRunning else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        self.process = nil
    }
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AsyncHTTPClient
import Foundation
import JSONBytes
import LinkedIn
import LinkedInClient
import Logging
import NIOCore
import NIOHTTP1
import Sync

/// A sandbox that runs somewhere.
struct SandboxProbe: Sendable {
    var url: String

    func send(_ method: HTTPMethod, _ path: String, _ json: JSONValue? = nil) async throws -> JSONValue {
        var request = HTTPClientRequest(url: url + path)
        request.method = method
        if let json {
            request.headers = ["content-type": "application/json"]
            request.body = .bytes(json.bytes)
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        let bytes = Array(buffer: try await response.body.collect(upTo: 16 << 20))
        guard response.status == .ok else {
            throw ValidationError(
                "\(path): \(response.status.code) \(String(decoding: bytes.prefix(500), as: UTF8.self))")
        }
        return try JSONValue(parsing: bytes)
    }

    func candidates(_ organization: Int64) async throws -> Int {
        Int(try await send(.GET, "/_sandbox/state?organization=\(organization)")["counts"]?["candidates"]?.int ?? 0)
    }
}

/// Makes a customer in the sandbox whose integration is enabled, and prints a token that lives for 30 minutes.
struct Child: AsyncParsableCommand {
    @Option var url: String
    @Option var organization: Int64

    func run() async throws {
        let sandbox = SandboxProbe(url: url)
        let partner = try await sandbox.send(.GET, "/_sandbox/partner")
        let transport = AHCTransport()
        let name = "bench-\(organization)"
        let client = LinkedInClient(
            hosts: .init(both: url),
            credentials: TokenRequest(
                clientID: partner["client_id"]?.string ?? "", clientSecret: partner["client_secret"]?.string ?? ""),
            transport: transport, nowMillis: { Int64(Date().timeIntervalSince1970 * 1000) },
            logger: Logger(label: "bench"))
        let child = try await Provisioner(client).add(foreignID: name, customer: name)
        try await transport.shutdown()
        _ = try await sandbox.send(
            .POST, "/_sandbox/integrations/enable",
            ["organization": .int(organization), "contract": 5000, "unique_foreign_id": .string(name)])
        var request = HTTPClientRequest(url: url + TokenRequest.path)
        request.method = .POST
        request.headers = ["content-type": TokenRequest.contentType]
        request.body = .bytes(TokenRequest(clientID: child.clientID, clientSecret: child.clientSecret).body)
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        let json = try JSONValue(parsing: Array(buffer: try await response.body.collect(upTo: 1 << 20)))
        guard let token = json["access_token"]?.string else {
            throw ValidationError("no token: \(response.status.code)")
        }
        print(token)
    }
}

/// Waits until the sandbox holds so many candidates, and says how many a second arrived since the first.
struct Watch: AsyncParsableCommand {
    @Option var url: String
    @Option var organization: [Int64]
    @Option var records: Int

    func run() async throws {
        let sandbox = SandboxProbe(url: url)
        let clock = ContinuousClock()
        var first: (at: ContinuousClock.Instant, count: Int)?
        while true {
            var count = 0
            for organization in organization { count += try await sandbox.candidates(organization) }
            let now = clock.now
            if first == nil, count > 0 { first = (now, count) }
            if let first, count >= records {
                let seconds = (now - first.at).seconds
                return report(("rate", Double(count - first.count) / seconds), ("seconds", seconds))
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}

/// Starts a program and says after how many milliseconds a URL answers 200; then stops it.
struct Ready: AsyncParsableCommand {
    @Option var url: String
    @Argument(parsing: .captureForPassthrough) var command: [String]

    func run() async throws {
        let arguments = command.drop { $0 == "--" }
        // Connections that are refused are tried again at once, and not after the client's own pause of a tenth of a second.
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(configuration: configuration)
        // The client's own start is not what is measured.
        _ = try? await client.execute(HTTPClientRequest(url: url), timeout: .milliseconds(200))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: arguments.first ?? "")
        process.arguments = Array(arguments.dropFirst())
        process.standardError = FileHandle.nullDevice
        let clock = ContinuousClock()
        let start = clock.now
        try process.run()
        defer { process.terminate() }
        while true {
            let response = try? await client.execute(HTTPClientRequest(url: url), timeout: .seconds(1))
            if response?.status == .ok { break }
            guard clock.now - start < .seconds(30), process.isRunning else {
                throw ValidationError("\(url) does not answer")
            }
            try await Task.sleep(for: .milliseconds(1))
        }
        report(("milliseconds", (clock.now - start).seconds * 1000))
        try await client.shutdown()
    }
}

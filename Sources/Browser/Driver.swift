// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Foundation
import JSONBytes
import NIOCore
import NIOHTTP1

/// Debian's chromedriver as a process of our own, spoken to over WebDriver (W3C) on loopback.
struct Driver: Sendable {
    private let base: String

    /// Starts a driver, gives it to `body`, and ends it and its browsers afterwards, whatever happens.
    ///
    /// - Throws: `BrowserError` `.missing` when it is not installed.
    static func run<Value>(_ body: (Driver) async throws -> Value) async throws -> Value {
        guard let program = find("chromedriver"), find("chromium") != nil else {
            throw BrowserError(
                .missing,
                "there is no chromium or no chromedriver: run `scripts/install test`, which installs Debian's chromium and chromium-driver"
            )
        }
        let process = Process()
        let (life, output) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        // The shell waits for the end of its input, which comes with the end of this process too, however it ends. Without its driver
        // a browser that listens on a pipe goes by itself.
        process.arguments = ["-c", "'\(program)' --port=0 </dev/null & driver=$!; read -r _; kill -9 $driver"]
        process.standardInput = life
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer { try? life.fileHandleForWriting.close() }
        guard let port = await port(saidOn: output) else {
            throw BrowserError(.missing, "chromedriver does not start: run it by hand to see why")
        }
        return try await body(Driver(base: "http://127.0.0.1:\(port)"))
    }

    /// One command.
    ///
    /// - Returns: the answer's `value`.
    /// - Throws: `BrowserError` `.refused` whose message begins with WebDriver's word for the error.
    func send(_ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil) async throws -> JSONValue {
        var request = HTTPClientRequest(url: base + path)
        request.method = method
        if method == .POST {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: (body ?? [:]).bytes))
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(90))
        let bytes = try await response.body.collect(upTo: 64 << 20)
        let value = try JSONValue(parsing: Array(bytes.readableBytesView))["value"] ?? .null
        guard response.status == .ok else {
            let says = value["message"]?.string?.split(separator: "\n").first ?? ""
            throw BrowserError(.refused, "\(value["error"]?.string ?? "HTTP \(response.status.code)"): \(says)")
        }
        return value
    }

    private static func find(_ program: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":").map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// The port that the driver chose and tells.
    private static func port(saidOn output: Pipe) async -> Int? {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var text = ""
                while true {
                    let piece = output.fileHandleForReading.availableData
                    guard !piece.isEmpty else { return continuation.resume(returning: nil) }
                    text += String(decoding: piece, as: UTF8.self)
                    if let end = text.range(of: "started successfully on port ") {
                        let digits = text[end.upperBound...].prefix { $0.isNumber }
                        if digits.endIndex < text.endIndex { return continuation.resume(returning: Int(digits)) }
                    }
                }
            }
        }
    }
}

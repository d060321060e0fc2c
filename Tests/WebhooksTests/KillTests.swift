// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import TestSupport
import Testing

@testable import Webhooks

/// The promise of the whole: `crosswalk serve` is killed with `kill -9` while it delivers.
@Suite struct KillTests {
    @Test(.timeLimit(.minutes(3)))
    func `a connector that is killed again and again delivers every event in the end`() async throws {
        let world = try await PostWorld()
        try await Receiver.run { receiver in
            let (shown, secret) = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            let port = try FreePort.find()
            var last: Int64 = 0
            for round in 1...3 {
                last = try await world.append(300).last ?? 0
                let process = try Self.serve(world.folder.path("data"), port: port)
                let target = round * 100
                try await eventually("\(target) deliveries") { receiver.deliveries.count >= target }
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
            }
            let process = try Self.serve(world.folder.path("data"), port: port)
            try await eventually("all deliveries") { Set(receiver.numbers) == Set(1...last) }
            try await eventually("the cursor") { try await world.show(shown.webhook.id).webhook.cursor == last }
            kill(process.processIdentifier, SIGTERM)
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            #expect(receiver.deliveries.allSatisfy { isSigned($0, with: secret) })
            // What was under way at a death comes twice, and no more than that.
            #expect(receiver.deliveries.count <= Int(last) + 3 * 16)
        }
    }

    private static func serve(_ data: String, port: Int) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            .deletingLastPathComponent().appendingPathComponent("crosswalk")
        process.arguments = ["serve", "--port", String(port), "--data", data, "--linkedin", "http://127.0.0.1:9"]
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        return process
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import crosswalk

@Suite struct DemoTests {
    @Test(.timeLimit(.minutes(5)))
    func `the demo plays to its end, both sides agree, and no line stands there twice`() async throws {
        let folder = try TemporaryFolder()
        let run = try await Crosswalk.run([
            "demo", "--exit", "--candidates", "60", "--members", "500", "--data", folder.path("demo"),
            "--connector-port", String(try FreePort.find()), "--sandbox-port", String(try FreePort.find()),
        ])
        #expect(run.status == 0, "\(run.output)\n\(run.errors)")
        #expect(run.output.contains("Both sides agree"))
        #expect(run.output.contains("found among 500 members"))
        for kind in ["job", "candidate", "candidateNote", "application", "applicationNote", "stage", "feedback"] {
            #expect(run.output.contains("\n\(kind) "), "\(kind)")
        }
        let bars = run.errors.split(separator: "\n").filter { $0.hasPrefix("  stage ") }
        #expect((1...2).contains(bars.count), "one line for the back-fill, one for the day's changes: \(bars)")
        #expect(!run.output.contains("\u{1B}"), "no colours in a pipe")
    }

    @Test func `a folder that no demo made is left alone`() async throws {
        let folder = try TemporaryFolder()
        try "mine".write(toFile: folder.path("note.txt"), atomically: true, encoding: .utf8)
        let run = try await Crosswalk.run(["demo", "--exit", "--candidates", "60", "--data", folder.path])
        #expect(run.status == 1)
        #expect(run.errors.contains("no demo made it"))
        #expect(try String(contentsOfFile: folder.path("note.txt"), encoding: .utf8) == "mine")
    }
}

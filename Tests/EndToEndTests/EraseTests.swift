// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import JSONBytes
import TestSupport
import Testing

@testable import crosswalk

/// Forgetting as a privacy officer does it: the command line beside a connector that runs, over HTTP on both sides.
@Suite struct EraseTests {
    @Test func `erase prints a receipt that verifies, names nobody, and LinkedIn's side is empty`() async throws {
        try await Stage.run { stage in
            let data = ["--data", stage.folder.path("connector")]
            for id in ["C-1", "C-2"] {
                try await stage.put("candidates/\(id)", .candidate(lastName: "Canary\(id)"))
                try await stage.put("candidates/\(id)/notes/N", .note)
            }
            try await stage.settled()
            let run = try await Crosswalk.run(
                ["erase", "--customer", "acme", "candidate", "C-1", "--format", "json"] + data)
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.json?["receipt"]?["linkedIn"]?["outcome"] == "proven")
            #expect(try await stage.ids("candidates") == ["C-2"])
            #expect(try await stage.counts()[.candidateNote] == 1)
            let held = try DatabaseFiles.bytes(in: stage.folder.path("connector"))
            #expect(held.range(of: Data("CanaryC-1".utf8)) == nil)
            #expect(held.range(of: Data("CanaryC-2".utf8)) != nil)

            let file = stage.folder.path("receipt.json")
            try Data(run.output.utf8).write(to: URL(fileURLWithPath: file))
            #expect(!run.output.contains("C-1"))
            let valid = try await Crosswalk.run(["erase", "verify", file, "--candidate", "C-1"] + data)
            #expect(valid.status == 0, "\(valid.output)\(valid.errors)")
            #expect(try await Crosswalk.run(["erase", "verify", file, "--candidate", "C-2"] + data).status == 1)
            let key = try #require(try await stage.api.send(.GET, "/api/v1/erasures/key")["key"]?.string)
            #expect(try await Crosswalk.run(["erase", "verify", file, "--key", key]).status == 0)
            try Data(run.output.replacing("proven", with: "proved").utf8).write(to: URL(fileURLWithPath: file))
            let altered = try await Crosswalk.run(["erase", "verify", file] + data)
            #expect(altered.status == 1 && altered.output.contains("altered"))
            let listed = try await Crosswalk.run(
                ["erase", "list", "--customer", "acme", "--candidate", "C-1", "--format", "json"] + data)
            #expect(listed.json?.array?.count == 1)
        }
    }
}

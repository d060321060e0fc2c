// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Sandbox
import TestSupport
import Testing

@testable import crosswalk

/// The commands a person asks when something did not arrive, beside a connector that runs.
@Suite struct SyncCommandTests {
    @Test
    func `status, explain and retry tell of a rejected and a waiting record and what to do, and set things right`()
        async throws
    {
        try await Stage.run(options: { $0.posterEmailRequired = true }) { stage in
            let data = ["--data", stage.folder.path("connector")]
            try await stage.put("jobs/J-1", .job)
            try await stage.put("candidates/C-9/notes/N", .note)
            try await stage.settled()

            let status = try await Crosswalk.run(["sync", "status", "--format", "json"] + data)
            #expect(status.status == 1)
            let acme = status.json?["acme"]
            #expect(acme?["records"]?["job"]?["rejected"]?.int == 1)
            #expect(acme?["rejections"]?[0]?["id"]?.string == "J-1")
            #expect(acme?["waiting"]?[0]?["because"]?.string == "its candidate C-9 is not known; send it too")
            let table = try await Crosswalk.run(["sync", "status"] + data)
            #expect(table.output.contains("candidateNote C-9/N: its candidate C-9 is not known; send it too"))

            let who = ["--customer", "acme"] + data
            let explained = try await Crosswalk.run(["sync", "explain", "job", "J-1", "--format", "json"] + who)
            #expect(explained.json?["state"]?.string == "rejected")
            #expect(explained.json?["request_id"]?.string?.isEmpty == false)
            let unknown = try await Crosswalk.run(["sync", "explain", "job", "J-2"] + who)
            #expect(unknown.status == 1)
            #expect(unknown.errors.contains("acme has no job with the id 'J-2'"))
            #expect(
                try await Crosswalk.run(["sync", "retry", "--type", "job", "--id", "J-2"] + who).errors.contains(
                    "acme has no job 'J-2'"))

            // The reason lay at LinkedIn's side; it is gone, and the record goes again.
            try await stage.control.send(.POST, "/_sandbox/config", ["poster_email_required": false])
            let retried = try await Crosswalk.run(["sync", "retry", "--format", "json"] + who)
            #expect(retried.json?["due"]?.int == 1)
            try await eventually("the job to arrive", within: .seconds(60)) { try await stage.counts()[.job] == 1 }
            try await stage.settled()
            #expect(try await Crosswalk.run(["sync", "status"] + data).status == 0)
        }
    }
}

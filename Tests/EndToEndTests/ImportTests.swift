// SPDX-License-Identifier: Apache-2.0

import ATSSource
import Domain
import Foundation
import JSONBytes
import Synchronization
import TestSupport
import Testing

@testable import crosswalk

@Suite struct ImportTests {
    private static let header = "id,firstName,lastName,email,profileUrl,createdAt"

    @Test
    func `a CSV file with a byte order mark, CRLF and quotes arrives; bad rows are named and their neighbours arrive`()
        async throws
    {
        try await Stage.run { stage in
            let path = stage.folder.path("people.csv")
            let rows = [
                "\u{FEFF}\(Self.header)",
                #"C-1,"Ada ""Countess""",Byron,ada@example.org,https://ats.example.org/1,2026-01-01"#,
                "C-2,\"two\r\nlines\",Byron,b@example.org,https://ats.example.org/2,2026-01-01", "C-3,too,few",
                "C-4,A,B,a@example.org,https://ats.example.org/4,2026-01-01,too,many",
                "C-5,A,B,not an address,https://ats.example.org/5,2026-01-01",
                "C-6,A,B,a@example.org,https://ats.example.org/6,2026-01-01",
            ]
            try rows.joined(separator: "\r\n").write(toFile: path, atomically: true, encoding: .utf8)
            let complaints = Mutex<[String]>([])
            let run = SourceRun(
                mapping: try Mapping.plainCSV(path: path, kind: .candidate), name: "import", sink: stage.upload,
                full: true,
                complain: { one in complaints.withLock { $0.append(one.description) } })
            let result = try await run.run()
            try await stage.settled()
            #expect(result.rejected == 3)
            let said = complaints.withLock { $0 }.joined(separator: "\n")
            #expect(said.contains("too few") && said.contains("too many"))
            #expect(said.contains("(candidate C-5) /email: email is not an e-mail address"))
            #expect(try await stage.ids("candidates") == ["C-1", "C-2", "C-6"])
            #expect(
                try await stage.entities("candidates").contains {
                    $0["body"]?["firstName"]?.string == #"Ada "Countess""#
                })

            let again = try await run.run()
            #expect(again.counts[.candidate]?.unchanged == 3)
        }
    }

    @Test func `an NDJSON file arrives with everything in it; bad lines are counted and change nothing else`()
        async throws
    {
        try await Stage.run { stage in
            let path = stage.folder.path("all.ndjson")
            let lines = [
                #"{"type":"candidate","id":"C-1","firstName":"A","lastName":"B","email":"a@example.org","profileUrl":"https://ats.example.org/1","createdAt":"2026-01-01"}"#,
                #"{"type":"candidate","id":"C-2""#,
                #"{"type":"candidateNote","candidateId":"C-1","id":"N-1","text":"Met at a fair","author":"Grace Hopper","createdAt":"2026-01-02"}"#,
                #"{"type":"nonsense","id":"C-3"}"#,
            ]
            try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
            let result = try await NDJSONFile(path: path, upload: stage.upload).send()
            #expect(result.rejected == 2)
            try await stage.settled()
            #expect(try await stage.ids("candidates") == ["C-1"])
            #expect(try await stage.ids("candidateNotes") == ["N-1"])
        }
    }

    @Test(arguments: [
        ("id,firstNam", "line 1: 'firstNam' is no field of a candidate; did you mean 'firstName'?"),
        ("id,firstName,id", "line 1: the column 'id' stands there twice"),
        ("id;firstName", "line 1: the columns are separated by ';'"),
        ("", "is empty; its first line must name the columns"),
    ])
    func `a header that cannot be used gives one message with its place and the remedy`(
        header: String, expected: String
    ) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("people.csv")
        try header.write(toFile: path, atomically: true, encoding: .utf8)
        let error = #expect(throws: CommandError.self) { try Mapping.plainCSV(path: path, kind: .candidate) }
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
    }
}

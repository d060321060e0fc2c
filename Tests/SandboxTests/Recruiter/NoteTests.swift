// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Sandbox
import Testing

/// `prospectNotes`. Protocol reference modules 3–5, A.10.
@Suite struct NoteTests {
    private static let noon = TestSandbox.noon.millis
    private static let path = "/v2/prospectNotes?q=criteria&contract=\(RecruiterStage.contract)"

    @Test(arguments: FinderSyntax.both, ["/v2", "/rest"])
    func `a note has its documented fields, and who wrote what about whom`(syntax: FinderSyntax, base: String)
        async throws
    {
        let stage = try await RecruiterStage()
        let number = try await stage.note("Strong on storage; wants Q1 start.")
        #expect(number == 1_323_073_443)
        let contract = syntax.text("contract", RecruiterStage.contract)
        let owners = syntax.list("owners", [stage.ritaURN])
        let page = try await stage.get(
            "\(base)/prospectNotes?q=criteria&\(contract)&\(owners)&cutoffDate=\(Self.noon - 1)"
                + "&beforeDate=\(Self.noon)&start=0&count=100",
            syntax.headers + [("LinkedIn-Version", "202603")])
        #expect(
            page["elements"] == [
                [
                    "id": .int(number), "active": true, "contract": "urn:li:contract:5000", "created": .int(Self.noon),
                    "lastModified": .int(Self.noon), "owner": .string(stage.ritaURN),
                    "prospect": .string(try await stage.person(stage.ada)),
                    "text": "Strong on storage; wants Q1 start.",
                ]
            ])
    }

    @Test func `an edit and a deletion come back by the time of the last change`() async throws {
        let stage = try await RecruiterStage()
        let number = try await stage.note("One")
        try await stage.pass(10)
        try await stage.world.control("POST", "notes/\(number)", ["text": "Two"])
        let edited = try await stage.elements(Self.path + "&cutoffDate=\(Self.noon)")
        #expect(edited.map { $0["text"] } == ["Two"])
        #expect(edited[0]["created"]?.int == Self.noon && edited[0]["lastModified"]?.int == Self.noon + 10_000)
        try await stage.pass(10)
        try await stage.world.control("DELETE", "notes/\(number)")
        let deleted = try await stage.elements(Self.path + "&cutoffDate=\(Self.noon + 10_000)")
        #expect(deleted.map { $0["active"] } == [false] && deleted[0]["id"]?.int == number)
        let again = try await stage.world.send("DELETE", "/_sandbox/notes/\(number)")
        #expect(again.status == 409)
    }

    @Test func `the cut-off is out and the other bound is in`() async throws {
        let stage = try await RecruiterStage()
        let first = try await stage.note("One")
        try await stage.pass(10)
        let second = try await stage.note("Two")
        let (early, late) = (Self.noon, Self.noon + 10_000)
        func ids(_ query: String) async throws -> [Int64] {
            try await stage.ids(Self.path + query).compactMap(\.int)
        }
        #expect(try await ids("&cutoffDate=\(early - 1)") == [first, second])
        #expect(try await ids("&cutoffDate=\(early)") == [second])
        #expect(try await ids("&cutoffDate=\(late)").isEmpty)
        #expect(try await ids("&beforeDate=\(late)") == [first, second])
        #expect(try await ids("&beforeDate=\(late - 1)") == [first])
        #expect(try await ids("&beforeDate=\(early - 1)").isEmpty)
    }

    @Test func `a private note stays with its author, unless the switch says otherwise`() async throws {
        let stage = try await RecruiterStage()
        let shown = try await stage.note("For everybody")
        let hidden = try await stage.note("For me", isPrivate: true)
        #expect(try await stage.ids(Self.path) == [.int(shown)])
        try await stage.world.control("DELETE", "notes/\(hidden)")
        #expect(try await stage.ids(Self.path) == [.int(shown)])
        try await stage.world.control("POST", "config", ["return_private_notes": true])
        #expect(try await stage.ids(Self.path) == [.int(shown), .int(hidden)])
    }

    @Test func `owners narrow the answer, and an edit between two pages shifts them`() async throws {
        let stage = try await RecruiterStage()
        let paul = try await stage.seat("Paul")
        var notes: [JSONValue] = []
        for number in 0..<4 {
            notes.append(.int(try await stage.note("Note \(number)", from: number == 3 ? paul : nil)))
            try await stage.pass(1)
        }
        #expect(try await stage.ids(Self.path + "&owners=urn:li:seat:\(paul)") == [notes[3]])
        #expect(try await stage.ids(Self.path + "&owners=\(stage.ritaURN)&owners=urn:li:seat:\(paul)") == notes)
        #expect(try await stage.ids(Self.path + "&start=0&count=2") == [notes[0], notes[1]])
        try await stage.world.control("POST", "notes/\(notes[0].int ?? 0)", ["text": "Later"])
        // The order is that of the last change: the third note has moved up to the first page.
        #expect(try await stage.ids(Self.path + "&start=2&count=2") == [notes[3], notes[0]])
        #expect(try await stage.everything(Self.path + "&start=0&count=2").compactMap { $0["id"] }.count == 4)
        #expect(try await stage.elements(Self.path + "&start=40").isEmpty)
    }
}

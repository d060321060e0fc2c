// SPDX-License-Identifier: Apache-2.0

import ATSSource
import JSONBytes
import TestSupport
import Testing

@Suite struct CSVTests {
    let folder = try! TemporaryFolder()

    static let mapping = """
        version: 1
        source: {kind: csv, time_zone: Europe/Berlin}
        records:
          - type: candidate
            file: people.csv
            fields:
              id: nr
              firstName: first
              lastName: last
              createdAt: {column: created, as: date, format: dd.MM.yyyy HH:mm}
        """

    private func read(_ csv: String, _ source: String = "") async throws -> Everything {
        try folder.write("people.csv", csv)
        return try await Everything.read(
            folder.mapping(Self.mapping.replacing("kind: csv", with: "kind: csv\(source)")))
    }

    @Test func `a mark, carriage returns, quotes and line breaks in fields are read`() async throws {
        let all = try await read(
            "\u{FEFF}nr,first,last,created\r\n7,\"Ann \"\"Bee\"\"\",\"O,\r\nNeil\",01.07.2024 12:00\r\n\r\n8,Żółć,🎈,02.01.2024 12:00"
        )
        #expect(all.problems.isEmpty)
        #expect(
            all.records == [
                .json(
                    #"{"type":"candidate","id":"7","firstName":"Ann \"Bee\"","lastName":"O,\r\nNeil","createdAt":"2024-07-01T10:00:00Z"}"#
                ),
                .json(
                    #"{"type":"candidate","id":"8","firstName":"Żółć","lastName":"🎈","createdAt":"2024-01-02T11:00:00Z"}"#
                ),
            ])
        #expect(all.rows == [2, 5])
    }

    @Test func `rows with missing or extra columns are reported by line and their neighbours arrive`() async throws {
        let all = try await read("nr,first,last,created\n1,A,B\n2,A,B,01.01.2024 00:00\n3,A,B,01.01.2024 00:00,more\n")
        #expect(all.rows == [3])
        #expect(all.problems.map { $0.place.line } == [2, 4])
        #expect(
            all.problems.map(\.message) == [
                "the record has 3 columns, too few for a header of 4",
                "the record has 5 columns, too many for a header of 4",
            ])
    }

    @Test func `a value that cannot be converted is reported without the value`() async throws {
        let all = try await read("nr,first,last,created\n1,A,B,2024-13-01\n,A,B,01.01.2024 00:00\n")
        #expect(all.records.isEmpty)
        #expect(
            all.problems.map(\.description) == [
                "\(folder.path("people.csv")), line 2, column 'created': not a date written as dd.MM.yyyy HH:mm; set 'format' to how the column writes dates",
                "\(folder.path("people.csv")), line 3: the row has no value for 'id'; every record needs one",
            ])
    }

    @Test func `a quote that is never closed names the line where it opens`() async throws {
        try folder.write("people.csv", "nr,first,last,created\n1,A,B,01.01.2024 00:00\n2,\"A,B,x\n3,A,B,x\n")
        let error = try await #require(throws: SourceError.self) {
            try await Everything.read(folder.mapping(Self.mapping))
        }
        #expect(error.code == .format)
        #expect(error.place.line == 3)
    }

    @Test func `a quote in the middle of a field names its line and field`() async throws {
        let error = try await #require(throws: SourceError.self) {
            try await read("nr,first,last,created\n1,5\" pipe,B,x\n")
        }
        #expect(error.place.line == 2)
        #expect(error.message == "a quote stands where none may, in field 2")
    }

    @Test func `a column the header lacks names the mapping line and the nearest column`() async throws {
        let error = try await #require(throws: SourceError.self) { try await read("nr,frist,last,created\n") }
        #expect(error.place.line == 8)
        #expect(
            error.description.hasSuffix(
                "there is no column 'first' in \(folder.path("people.csv")); did you mean 'frist'?"))
    }

    @Test func `another delimiter and encoding are read`() async throws {
        try folder.write(
            "people.csv",
            bytes: Array("nr;first;last;created\n1;J".utf8) + [0xFC] + Array("rg;".utf8) + [0x80]
                + Array(";01.01.2024 00:00\n".utf8))
        let yaml = Self.mapping.replacing("kind: csv", with: "kind: csv, delimiter: semicolon, encoding: windows-1252")
        let all = try await Everything.read(folder.mapping(yaml))
        #expect(all.records.first?["firstName"] == .string("Jürg"))
        #expect(all.records.first?["lastName"] == .string("€"))
    }

    @Test func `text in the wrong encoding is reported by line and column`() async throws {
        try folder.write(
            "people.csv",
            bytes: Array("nr,first,last,created\n1,J".utf8) + [0xFC] + Array("rg,B,01.01.2024 00:00\n".utf8))
        let all = try await Everything.read(folder.mapping(Self.mapping))
        #expect(all.problems.map { $0.place.line } == [2])
        #expect(all.problems.first?.place.column == "first")
    }

    @Test(arguments: [
        ("", "the file is empty"), ("nr,nr,first\n", "two columns are named 'nr'"), ("\u{FEFF}", "the file is empty"),
    ])
    func `a file without a usable header says so`(csv: (String, String)) async throws {
        let error = try await #require(throws: SourceError.self) { try await read(csv.0) }
        #expect(error.message == csv.1)
    }

    @Test func `a file that is not there says so`() async throws {
        let error = try await #require(throws: SourceError.self) {
            try await Everything.read(folder.mapping(Self.mapping))
        }
        #expect(error.code == .file)
    }

    @Test func `records come in chunks and a limit ends them early`() async throws {
        let csv = "nr,first,last,created\n" + (0..<2500).map { "\($0),A,B,01.01.2024 00:00\n" }.joined()
        let all = try await read(csv)
        #expect(all.records.count == 2500)
        #expect(all.chunks == 3)
        #expect(all.ends["candidate"]?.isLimited == false)
        let some = try await Everything.read(folder.mapping(Self.mapping), ReadingOptions(limit: 5))
        #expect(some.records.count == 5)
        #expect(some.ends["candidate"]?.isLimited == true)
    }

    @Test func `keys are listed without type and fields`() async throws {
        try folder.write("people.csv", "nr,first,last,created\n1,A,B,\n2,A,B,\n")
        let all = try await Everything.read(
            folder.mapping(Self.mapping), ReadingOptions(purpose: .keys(name: "candidate")))
        #expect(all.records == [.json(#"{"id":"1"}"#), .json(#"{"id":"2"}"#)])
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinkedIn
import Testing

@Suite struct CatalogueTests {
    private static let schemas = Resource.allCases.compactMap { Catalogue.schema(of: $0) } + [Catalogue.jobTask]

    /// The required-fields page, table by table.
    @Test(arguments: [
        (Catalogue.job, ["externalJobPostingId", "title", "description", "companyApplyUrl", "listedAt"]),
        (
            Catalogue.candidate,
            [
                "addresses", "atsCreatedAt", "atsLastModifiedAt", "externalProfileUrl", "firstName", "lastName",
                "phoneNumbers",
            ]
        ),
        (
            Catalogue.application,
            ["atsCreatedAt", "atsLastModifiedAt", "atsJobPostingId", "atsJobPostingName", "firstName", "lastName"]
        ),
        (Catalogue.stage, ["atsCreatedAt", "stage"]), (Catalogue.note, []), (Catalogue.feedback, []),
        (Catalogue.actor, ["firstName", "lastName"]), (Catalogue.evaluation, ["attribute"]),
        (Catalogue.provisionedApplication, ["uniqueForeignId", "name", "description"]),
    ])
    func `the required fields are LinkedIn's`(schema: EntitySchema, required: [String]) {
        #expect(Set(schema.fields.filter(\.isRequired).map(\.name)) == Set(required))
    }

    @Test func `field names are unique on each surface`() {
        for schema in Self.schemas {
            for surface in [Surface.v2, .rest(version: "202603")] {
                let names = schema.fields.filter { $0.exists(on: surface) }.map { $0.name(on: surface) }
                #expect(Set(names).count == names.count, "\(schema.name)")
            }
        }
    }

    @Test func `the versioned surface renames the times`() {
        let rest = Surface.rest(version: "202603")
        #expect(Catalogue.candidate.field("externalCreatedAt", on: rest)?.name == "atsCreatedAt")
        #expect(Catalogue.candidate.field("atsCreatedAt", on: rest) == nil)
        #expect(Catalogue.note.field("externalLastModifiedAt") == nil)
        #expect(Catalogue.note.field("externalLastModifiedAt", on: rest) != nil)
        #expect(Catalogue.longestJobID(on: rest) == 75)
    }

    @Test(arguments: [
        (FieldType.string(min: 100, max: 25_000), "100…25000 characters"), (.string(min: 1), "at least 1 character"),
        (.string(max: 50), "at most 50 characters"), (.string(), ""), (.array(.email), "X@X.X"),
        (.array(.string(), max: 7), "at most 7 elements"), (.array(.email, min: 1), "at least 1 element, each X@X.X"),
    ])
    func `limits are told in words`(type: FieldType, text: String) {
        #expect(type.limit == text)
    }

    @Test func `every line that rests on an inference says so`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/LinkedIn")
        let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
        for case let file as URL in files
        where file.pathExtension == "swift" && file.lastPathComponent != "Source.swift" {
            let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
            for (index, line) in lines.enumerated() where line.contains(".inferred(") {
                let around = lines[max(0, index - 3)...index].joined()
                #expect(around.contains("UNVERIFIED"), "\(file.lastPathComponent):\(index + 1)")
            }
        }
    }
}

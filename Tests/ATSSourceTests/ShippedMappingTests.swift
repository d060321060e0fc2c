// SPDX-License-Identifier: Apache-2.0

import ATSSource
import DatabaseFixtures
import Domain
import Foundation
import Intake
import Testing

extension KnownFields {
    /// The fields of our language as the intake reads them.
    static var ofIntake: KnownFields {
        var fields: [RecordKind: [String]] = [:]
        for kind in RecordKind.allCases {
            fields[kind] = ATSLanguage.fields(of: kind).flatMap { field in
                [field.name] + field.aliases + members(field.type).map { "\(field.name).\($0)" }
            }
        }
        return KnownFields(fields)
    }

    private static func members(_ type: ATSType) -> [String] {
        switch type {
        case .record(let record): record.fields.flatMap { [$0.name] + $0.aliases }
        case .list(let element): members(element)
        default: []
        }
    }
}

@Suite struct ShippedMappingTests {
    static let files =
        ((try? FileManager.default.contentsOfDirectory(atPath: SharedData.repositoryFile("mappings"))) ?? []).filter {
            $0.hasSuffix(".yaml")
        }
    static let environment = [
        "SAMPLE_ATS": "x", "OPENCATS_URL": "https://cats.example.com", "OPENCATS_PASSWORD": "x", "ATS_PASSWORD": "x",
    ]

    @Test(arguments: files) func `a mapping we ship names only fields that the intake knows`(file: String) throws {
        let mapping = try Mapping.read(
            path: SharedData.repositoryFile("mappings/\(file)"), known: .ofIntake, environment: Self.environment)
        #expect(mapping.records.count >= 4)
    }

    @Test func `there are mappings to check`() { #expect(Self.files.count == 4) }
}

// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import Intake
import Testing

/// `docs/ats-fields.md` is written from the tables. To write it anew: `RECORD=1 swift test --filter PageTests`.
@Suite struct PageTests {
    @Test func `the page of ATS fields says what the tables say`() throws {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("docs/ats-fields.md")
        let text = FieldsPage.text
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try FileManager.default.createDirectory(
                at: page.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: page, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: page, encoding: .utf8) == text)
    }
}

enum FieldsPage {
    static var text: String {
        introduction + RecordKind.allCases.map(section).joined() + records
    }

    private static func section(_ kind: RecordKind) -> String {
        "\n## \(kind.title.prefix(1).uppercased() + kind.title.dropFirst())\n\n"
            + "`\"type\": \"\(kind.rawValue)\"`\n\n" + table(ATSLanguage.fields(of: kind))
    }

    private static var records: String {
        let inner: [ATSRecord] = [.address, .phone, .personName, .evaluation, .owner]
        return "\n# Objects inside a record\n"
            + inner.map { "\n## \($0.name.prefix(1).uppercased() + $0.name.dropFirst())\n\n" + table($0.fields) }
            .joined()
    }

    private static func table(_ fields: [ATSField]) -> String {
        "| Field | Type | Required | Limits | LinkedIn's field | Meaning | Example | Also accepted |\n"
            + "|---|---|---|---|---|---|---|---|\n" + fields.map(row).joined()
    }

    private static func row(_ field: ATSField) -> String {
        let required =
            switch field.requirement {
            case .required: "yes"
            case .optional: ""
            case .unless(let text): "unless \(text)"
            }
        let cells = [
            "`\(field.name)`", field.type.name, required, field.type.limit, field.linkedIn.map { "`\($0)`" } ?? "",
            field.about,
            "`\(field.example)`", field.aliases.map { "`\($0)`" }.joined(separator: ", "),
        ]
        return "| " + cells.map { $0.replacingOccurrences(of: "|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }

    private static let introduction = """
        # The fields of an ATS record

        What an ATS tells Crosswalk, in its own words: one JSON object per record, to `PUT /api/v1/…`, as a line of
        `POST /api/v1/records`, or mapped from a database or file. This page is written from the tables in
        `Sources/Intake`; a test compares the two.

        * Every name may also be written in snake_case: `firstName` or `first_name`.
        * An empty or blank text, like `null`, is the same as no value. Of two members with one name the last counts.
        * Times are ISO 8601 with a zone (`2024-03-01T09:30:00Z`, `2024-03-01T10:30:00+01:00`); a date alone means
          midnight UTC; whole milliseconds since 1970 are accepted as a number.
        * Ids are texts of 1 to 500 characters; an integer counts as its digits.
        * An unknown field is ignored with a warning that names the nearest known one.
        * A record is always the whole record: a field that is left out is emptied at LinkedIn.
        * In bulk lines `type` says what the record is and `"deleted": true` removes it. `type` may also be a plural,
          snake_case or LinkedIn's word (`job_application`, `interviewFeedback`); a `note` is of whatever its
          `candidateId` or `applicationId` says.

        """
}

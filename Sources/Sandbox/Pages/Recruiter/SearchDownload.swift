// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// A result list as a CSV file, written while it is sent, so that its length does not matter.
enum SearchDownload {
    private static let columns = [
        "Member", "First name", "Last name", "Title", "Company", "Place", "Profile", "Open to work", "In ATS",
    ]
    /// Rows per read.
    private static let chunk = 200

    static func answer(_ call: PageCall) async throws -> WebResponse {
        let recruiter = try call.seated()
        let query = SearchForm(call.query).query
        let sandbox = call.sandbox
        _ = try await sandbox.searchKeeper.catchUp(in: sandbox)
        let cursor = Cursor()
        let pieces = AsyncStream<[UInt8]> {
            guard let before = await cursor.next else { return nil }
            // Nobody can be told any more: a file that breaks off is one that the browser reports.
            let found = try? await sandbox.inside {
                try await lines(query, recruiter, before: before.number, sandbox.core)
            }
            guard let (lines, last) = found else { return nil }
            await cursor.move(to: last)
            return Array(((before.number == nil ? CSVText.line(columns) : "") + lines).utf8)
        }
        return WebResponse(
            status: 200,
            headers: [
                ("content-type", "text/csv; charset=utf-8"), ("cache-control", "no-store"),
                ("x-content-type-options", "nosniff"), ("content-disposition", "attachment; filename=\"members.csv\""),
            ], body: .stream(pieces))
    }

    /// - Returns: the lines after a member, and the last member when there are more.
    private static func lines(_ query: MemberQuery, _ recruiter: Recruiter, before: Int64?, _ core: SandboxCore)
        async throws -> (String, Int64?)
    {
        try await core.world.read { tx in
            let view = try RecruiterView(recruiter, core, tx)
            let numbers = try tx.members(query, view.scope, before: before, limit: chunk)
            let lines = try numbers.compactMap { try tx.member(number: $0) }.map { member in
                let row = try view.row(member, tx)
                return CSVText.line([
                    String(member.number), member.firstName, member.lastName, member.title, member.company,
                    member.place, member.profileURL, member.isOpenToWork ? "yes" : "no",
                    row.marks.isEmpty ? "no" : "yes",
                ])
            }
            return (lines.joined(), numbers.count == chunk ? numbers.last : nil)
        }
    }

    /// Where the file is.
    private actor Cursor {
        struct Place: Sendable {
            var number: Int64?
        }

        private(set) var next: Place? = Place(number: nil)

        func move(to last: Int64?) { next = last.map { Place(number: $0) } }
    }
}

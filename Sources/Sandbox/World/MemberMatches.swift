// SPDX-License-Identifier: Apache-2.0

internal import SQLFile

extension SQLTransaction {
    /// Members who may fit a job, without those whom the seat is not interested in and those who were saved to the job.
    /// The likely ones are looked for first, so that the best are among them however many have the title.
    func membersFitting(_ need: JobNeed, job: String, tenancy: Int64, seat: Int64) throws -> [Member] {
        let title = SearchText.all(of: need.titleWords.sorted().joined(separator: " "), in: "title")
        let somehow = SearchText.any(of: need.titleWords.sorted(), in: "title")
        let place = SearchText.any(of: need.places.sorted(), in: "place")
        let skills = SearchText.any(of: need.skills, in: "skills")
        let tries = [[title, place, skills], [title, place], [title, skills], [title], [skills, place], [somehow]]
        var found: Set<Int64> = []
        var members: [Member] = []
        for parts in tries {
            let expression = parts.compactMap { $0 }
            guard expression.count == parts.count else { continue }
            let numbers = try rows(
                """
                SELECT m.number FROM member_text CROSS JOIN member AS m ON m.number = member_text.rowid
                WHERE member_text MATCH ? AND m.closed_ms IS NULL
                  AND NOT EXISTS (SELECT 1 FROM not_interested WHERE seat = ? AND not_interested.member = m.number)
                  AND NOT EXISTS (SELECT 1 FROM export WHERE tenancy = ? AND export.member = m.number AND job = ?)
                ORDER BY member_text.rowid DESC LIMIT 250
                """,
                [.text(expression.joined(separator: " AND ")), .int(seat), .int(tenancy), .text(job)]
            ) { $0.int(0) }
            for number in numbers where found.insert(number).inserted {
                if let member = try member(number: number) { members.append(member) }
            }
        }
        return members
    }
}

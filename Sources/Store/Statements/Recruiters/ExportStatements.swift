// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// Keeps an export.
    ///
    /// - Returns: false when the request was kept before: nothing else may happen for it.
    package func storeExport(_ export: CandidateExport, customer: Int64) throws -> Bool {
        try run(
            """
            INSERT INTO export (customer_id, request_id, person, job, candidate, application, tied_by, body, at_ms, answered_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (customer_id, request_id) DO NOTHING
            """,
            .int(customer), .text(export.request), .text(export.person), .optional(export.job),
            .optional(export.candidate), .optional(export.application), .optional(export.tiedBy?.rawValue),
            .optional(export.profile), .int(export.at.value), .optional(export.answeredAt?.value)) > 0
    }

    /// Exports in the order of their request ids.
    ///
    /// - Parameters:
    ///   - state: only those; nil for all.
    ///   - candidate: only those of it.
    ///   - after: the last request id that is known; empty for the first page.
    package func exports(
        customer: Int64, state: CandidateExport.State? = nil, candidate: String? = nil, after: String = "", limit: Int
    ) throws -> [CandidateExport] {
        let condition =
            switch state {
            case nil: ""
            case .open: "AND candidate IS NULL"
            case .tied: "AND candidate IS NOT NULL"
            }
        return try exports(
            "request_id > ? \(condition) \(candidate == nil ? "" : "AND candidate = ?") ORDER BY request_id LIMIT ?",
            [.int(customer), .text(after)] + (candidate.map { [.text($0)] } ?? []) + [.int(limit)])
    }

    package func export(_ request: String, customer: Int64) throws -> CandidateExport? {
        try exports("request_id = ?", [.int(customer), .text(request)]).first
    }

    /// What recruiters exported of one member, oldest first.
    package func exports(ofPerson person: String, customer: Int64) throws -> [CandidateExport] {
        try exports("person = ? ORDER BY at_ms, request_id", [.int(customer), .text(person)])
    }

    /// The ATS answers an export with its own candidate: that is who the member is from now on, for this export and every other.
    ///
    /// - Parameter application: the ATS's application of the candidate to the export's job, when it made one.
    /// - Returns: false for an export that is not known.
    package func answerExport(
        _ request: String, candidate: String, application: String?, customer: Int64, at now: Millis
    ) throws -> Bool {
        guard let export = try export(request, customer: customer) else { return false }
        if let known = export.candidate, known != candidate {
            _ = try untie(person: export.person, from: known, customer: customer, at: now)
        }
        try tie(
            person: export.person, to: candidate, how: .ats, reasons: ["the ATS answered an export with its candidate"],
            customer: customer, at: now)
        try run(
            """
            UPDATE export SET candidate = ?, tied_by = ?, application = ?, answered_ms = ?
            WHERE customer_id = ? AND request_id = ?
            """,
            .text(candidate), .int(TieSource.ats.rawValue), .optional(application ?? export.application),
            .int(now.value), .int(customer), .text(request))
        return true
    }

    /// An application of a candidate to a job that the ATS wants, the newest first; nil when there is none.
    package func application(of candidate: String, job: String, customer: Int64) throws -> String? {
        try first(
            """
            SELECT id FROM record WHERE customer_id = ? AND kind = 4 AND candidate = ? AND job = ? AND desired IS NOT NULL
            ORDER BY rid DESC LIMIT 1
            """, [.int(customer), .text(candidate), .text(job)]
        ) { $0.text(0) }
    }

    /// Gives what recruiters exported of a member, and nobody answered, to the candidate it turned out to be, and has LinkedIn show it.
    func attachExports(person: String, to candidate: String, how source: TieSource, customer: Int64, at now: Millis)
        throws
    {
        let attached = try run(
            """
            UPDATE export SET candidate = ?, tied_by = ? WHERE customer_id = ? AND person = ?
                AND (candidate IS NULL OR candidate <> ? AND tied_by > ?)
            """,
            .text(candidate), .int(source.rawValue), .int(customer), .text(person), .text(candidate),
            .int(source.rawValue))
        if attached > 0 || source == .ats {
            try setManualMatch(candidate: candidate, person: person, customer: customer, at: now)
        }
    }

    func detachExports(person: String, from candidate: String, customer: Int64) throws {
        try run(
            """
            UPDATE export SET candidate = NULL, tied_by = NULL, application = NULL, answered_ms = NULL
            WHERE customer_id = ? AND person = ? AND candidate = ?
            """, .int(customer), .text(person), .text(candidate))
    }

    func exports(_ condition: String, _ values: [SQLValue]) throws -> [CandidateExport] {
        try rows(
            """
            SELECT request_id, person, job, candidate, application, tied_by, body, at_ms, answered_ms FROM export
            WHERE customer_id = ? AND \(condition)
            """, values
        ) { row in
            CandidateExport(
                request: row.text(0), person: row.text(1), job: row.optionalText(2), candidate: row.optionalText(3),
                application: row.optionalText(4), tiedBy: row.optionalInt(5).flatMap(TieSource.init(rawValue:)),
                profile: row.optionalBlob(6), at: Millis(row.int(7)), answeredAt: row.optionalInt(8).map(Millis.init))
        }
    }
}

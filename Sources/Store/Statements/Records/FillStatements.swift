// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import SQLFile

/// The v2 field names that a fill is about [modules-1-2.md 4.1, 4.2, 4.4, doc].
private enum Name {
    static let jobTitle = "title"
    static let first = "firstName"
    static let last = "lastName"
    static let emails = "emailAddresses"
    static let applicationJob = "atsJobPostingName"
    static let applicationEmail = "candidateEmail"
}

extension Fills {
    /// What an application leaves to its job and its candidate.
    init(lackedBy record: DesiredRecord) {
        self = []
        guard record.key.kind == .application else { return }
        let names = (try? Members(record.body))?.names ?? []
        if !names.contains(Name.applicationJob) { insert(.title) }
        if !names.isSuperset(of: [Name.first, Name.last, Name.applicationEmail]) { insert(.person) }
    }
}

extension ApplicationFill {
    /// - Parameters: the stored bytes of the application, its job and its candidate; nil where there is none.
    init(application: [UInt8], job: [UInt8]?, candidate: [UInt8]?) throws {
        let own = try Members(application).names
        let job = try job.map(Members.init)
        let candidate = try candidate.map(Members.init)
        self.init(
            jobTitle: own.contains(Name.applicationJob) ? nil : job?.texts[Name.jobTitle],
            firstName: own.contains(Name.first) ? nil : candidate?.texts[Name.first],
            lastName: own.contains(Name.last) ? nil : candidate?.texts[Name.last],
            email: own.contains(Name.applicationEmail) ? nil : candidate?.texts[Name.emails])
    }
}

/// The members of a stored object: all names, and the text of those that a fill is about (the first of a list).
private struct Members {
    var names: Set<String> = []
    var texts: [String: String] = [:]

    init(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { buffer in
            var reader = JSONReader(buffer)
            try reader.object { reader, name in
                let name = name.string
                names.insert(name)
                switch (name, try reader.peek()) {
                case (Name.jobTitle, .string), (Name.first, .string), (Name.last, .string):
                    texts[name] = try reader.string()
                case (Name.emails, .array):
                    try reader.array { reader, index in
                        if index == 0, try reader.peek() == .string {
                            texts[name] = try reader.string()
                        } else {
                            _ = try reader.skip()
                        }
                    }
                default:
                    _ = try reader.skip()
                }
            }
        }
    }

    /// What applications take over from it.
    var filling: [String?] { [texts[Name.jobTitle], texts[Name.first], texts[Name.last], texts[Name.emails]] }
}

extension Acceptance {
    /// A job or a candidate is new: applications that were filled in from an older one of its id are stale.
    mutating func refill(from key: RecordKey) throws {
        guard let (column, fills) = Self.source(key.kind) else { return }
        for row in try filled(by: column, id: key.id) where row.fills.contains(fills) { try makeStale(row) }
    }

    /// A job or a candidate changes: applications that took over what changed are stale.
    mutating func refill(from row: RecordRow, to record: DesiredRecord) throws {
        guard let (column, fills) = Self.source(record.key.kind) else { return }
        let applications = try filled(by: column, id: record.key.id).filter { $0.fills.contains(fills) }
        guard !applications.isEmpty else { return }
        if let old = try tx.body(customer: customer, rid: row.rid),
            try Members(old).filling == Members(record.body).filling
        {
            return
        }
        for application in applications { try makeStale(application) }
    }

    private static func source(_ kind: RecordKind) -> (column: String, fills: Fills)? {
        switch kind {
        case .job: ("job", .title)
        case .candidate: ("candidate", .person)
        case .candidateNote, .application, .applicationNote, .stage, .feedback, .acl, .assignee: nil
        }
    }

    private func filled(by column: String, id: String) throws -> [RecordRow] {
        try tx.rows(
            """
            SELECT \(RecordRow.columns) FROM record WHERE customer_id = ? AND \(column) = ? AND fills > 0 AND desired IS NOT NULL
            """, [.int(customer), .text(id)], RecordRow.init)
    }

    /// It must be sent again although its own bytes are the same; one that waits does so anyway.
    private mutating func makeStale(_ row: RecordRow) throws {
        guard row.state != .waiting else { return }
        var after = row
        after.state = .due
        after.observed = row.observed.map { _ in [] }
        try tx.run(
            """
            UPDATE record SET revision = revision + 1, observed = ?, state = 1, priority = ?, due_ms = ?, attempts = 0,
                reason_code = NULL, reason = NULL
            WHERE customer_id = ? AND rid = ?
            """,
            .optional(after.observed), .int((row.state == .due ? min(row.priority, priority) : priority).rawValue),
            .int(now.value),
            .int(customer), .int(row.rid))
        counts.record(row.kind, from: row.counted, to: after.counted)
    }
}

extension SQLTransaction {
    func body(customer: Int64, rid: Int64) throws -> [UInt8]? {
        try first("SELECT bytes FROM body WHERE customer_id = ? AND rid = ?", [.int(customer), .int(rid)]) {
            $0.blob(0)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// A mapping that was written on a page.
package struct StoredSource: Hashable, Sendable {
    package var name: String
    /// YAML.
    package var mapping: String
    /// Rises with every change of the mapping.
    package var revision: Int64
    package var schedule: SourceSchedule?
    /// When it runs next; nil: not by itself.
    package var dueAt: Millis?
    /// The account that asked for a run which has not begun.
    package var askedBy: String?
    package var isFull: Bool
    /// Somebody wants the run under way to end.
    package var stops: Bool

    package init(
        name: String, mapping: String, revision: Int64, schedule: SourceSchedule? = nil, dueAt: Millis? = nil,
        askedBy: String? = nil, isFull: Bool = false, stops: Bool = false
    ) {
        self.name = name
        self.mapping = mapping
        self.revision = revision
        self.schedule = schedule
        self.dueAt = dueAt
        self.askedBy = askedBy
        self.isFull = isFull
        self.stops = stops
    }

    /// Names of sources: they stand in paths and in the names of leases.
    package static func isName(_ text: String) -> Bool {
        (1...60).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
    }

    /// What a secret of a source is sealed for.
    package static func secretPurpose(_ customer: CustomerID, _ name: String, _ variable: String) -> String {
        "customer/\(customer)/source/\(name)/\(variable)"
    }

    /// The name of the lease under which it runs.
    package static func lease(_ name: String) -> String { "source/\(name)" }
}

/// A version of a mapping.
package struct SourceRevision: Hashable, Sendable {
    package var revision: Int64
    package var mapping: String
    package var author: String
    package var at: Millis

    package init(revision: Int64, mapping: String, author: String, at: Millis) {
        self.revision = revision
        self.mapping = mapping
        self.author = author
        self.at = at
    }
}

/// One run of a source.
package struct SourceRunRecord: Hashable, Sendable {
    package enum State: Int64, Sendable {
        case running = 0
        case finished = 1
        /// The source could not be read, or the connector could not take it.
        case failed = 2
        /// A person or the end of the process stopped it; what was acknowledged stays.
        case stopped = 3
    }

    /// Records and rows by what became of them.
    package struct Counts: Hashable, Sendable {
        package var read = 0, added = 0, changed = 0, unchanged = 0, deleted = 0, refused = 0, warnings = 0

        package init() {}
    }

    package var number: Int64
    package var revision: Int64
    /// nil: the schedule.
    package var askedBy: String?
    package var isFull: Bool
    package var begunAt: Millis
    package var endedAt: Millis?
    package var state: State
    package var counts: Counts
    package var reason: String?

    package init(
        number: Int64, revision: Int64, askedBy: String?, isFull: Bool, begunAt: Millis, endedAt: Millis? = nil,
        state: State = .running, counts: Counts = Counts(), reason: String? = nil
    ) {
        self.number = number
        self.revision = revision
        self.askedBy = askedBy
        self.isFull = isFull
        self.begunAt = begunAt
        self.endedAt = endedAt
        self.state = state
        self.counts = counts
        self.reason = reason
    }
}

/// A row of a run that could not be used, or only with a warning.
package struct SourceProblem: Hashable, Sendable {
    package var place: String
    /// The record's type; empty when the row was not read so far.
    package var kind: String
    /// The ATS's id, of a candidate or a job: what else a row is, its place says.
    package var candidate: String?
    package var job: String?
    package var message: String
    package var isWarning: Bool

    package init(
        place: String, kind: String, candidate: String? = nil, job: String? = nil, message: String, isWarning: Bool
    ) {
        self.place = place
        self.kind = kind
        self.candidate = candidate
        self.job = job
        self.message = message
        self.isWarning = isWarning
    }
}

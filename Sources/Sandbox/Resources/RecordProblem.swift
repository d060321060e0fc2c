// SPDX-License-Identifier: Apache-2.0

/// Why one record of a batch was not done. Its neighbours are not touched by it.
struct RecordProblem: Error, Sendable, Hashable {
    var status: Int
    var message: String
    var code: String?

    init(_ status: Int, _ message: String, code: String? = nil) {
        self.status = status
        self.message = message
        self.code = code
    }

    /// The body breaks LinkedIn's schema (protocol reference 3.4: documented).
    static func invalid(_ complaints: Complaints) -> Self { Self(422, complaints.message) }

    /// UNVERIFIED: the wording; a batch answer reports an unknown key under `errors` with 404.
    static let unknown = Self(404, "Entity not found")

    /// UNVERIFIED: whether LinkedIn checks it at all (protocol reference 9, item 28).
    static func unknownParent(_ kind: EntityKind) -> Self {
        Self(404, "The \(kind == .candidate ? "candidate" : "application") of this record does not exist")
    }

    /// What a planned fault does to one record.
    static let planned = Self(500, "Internal Server Error")
}

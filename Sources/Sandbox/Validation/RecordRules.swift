// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import RestLi

/// A checked record, ready to be stored.
struct CheckedRecord: Sendable {
    var content: EntityContent
    /// A candidate without an e-mail address: fine only when a member is attached already.
    var needsStoredMatch = false
}

/// Checks one record: LinkedIn's schema, then the rules that span fields.
struct RecordRules: Sendable {
    let face: RecordFace
    private let validator: Validator

    init(_ face: RecordFace, _ switches: Switches) {
        self.face = face
        validator = Validator(shape: face.shape, refusesUnknown: switches.rejectUnknownFields)
    }

    var sketch: Sketch { Sketch(for: face.shape) }

    /// - Parameter bytes: the record in the surface's names.
    /// - Throws: `JSONError`.
    func check(_ bytes: UnsafeRawBufferPointer, _ sketch: inout Sketch) throws -> Result<CheckedRecord, RecordProblem> {
        try validator.check(bytes, into: &sketch)
        // "> 0 and not before it was created" (release notes, November 2021: documented; the wording is not).
        if let created = sketch.int(face.created, in: bytes), let modified = sketch.int(face.modified, in: bytes),
            modified < created,
            let index = face.modified, let first = face.created
        {
            sketch.complaints.add(
                "/\(face.shape.fields[index].name)", Complaints.before(modified, face.shape.fields[first].name))
        }
        var record = CheckedRecord(content: EntityContent(body: []))
        var dropped: [String] = []
        if face.kind == .candidate { candidate(bytes, sketch, &record, &dropped) }
        guard sketch.complaints.isEmpty else { return .failure(.invalid(sketch.complaints)) }
        record.content.reference = sketch.string(face.candidate, in: bytes)
        record.content.body = try face.stored(bytes, without: dropped)
        return .success(record)
    }

    /// The two match fields live in columns of their own, because a record that comes without them keeps them.
    private func candidate(
        _ bytes: UnsafeRawBufferPointer, _ sketch: Sketch, _ record: inout CheckedRecord, _ dropped: inout [String]
    ) {
        record.content.manual = sketch.string(face.manual, in: bytes)
        if let manual = face.manual, sketch.values[manual] != nil { dropped.append("manualMatchedMember") }
        if let matched = face.matched, sketch.values[matched] != nil { dropped.append("matchedMembers") }
        var emails: [String] = []
        sketch.each(face.emails, in: bytes) { emails.append($0.string) }
        record.content.matchKeys = MatchKeys.text(emails: emails, profileURL: sketch.string(face.profileURL, in: bytes))
        record.needsStoredMatch = emails.isEmpty && record.content.manual == nil
    }

    /// What a candidate without e-mail and member is answered with.
    static let emailMissing: RecordProblem = {
        var complaints = Complaints()
        complaints.add("/emailAddresses", Complaints.missing)
        return .invalid(complaints)
    }()
}

// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import Domain
internal import JSONBytes
internal import LinkedIn

/// The work on one record: read, apply the rules that span fields, write.
struct Pass {
    private let table: KindTable
    private let settings: Intake.Settings
    private var reader: RecordReader

    init(_ kind: RecordKind, _ settings: Intake.Settings, _ unknownNames: UnknownNames, typeMeansKind: Bool) {
        table = KindTable.of(kind)
        self.settings = settings
        reader = RecordReader(unknownNames: unknownNames)
        reader.expectedKind = kind
        if !typeMeansKind, let other = table.object.slot("interviewType") { reader.redirect = (table.type, other) }
    }

    mutating func run(_ bytes: UnsafeRawBufferPointer, parent: String?, id: String?, mayDelete: Bool) -> Checked {
        reader.slots.append(contentsOf: repeatElement(RecordReader.Slot(), count: table.object.slotCount))
        do {
            var json = JSONReader(bytes)
            guard try json.peek() == .object else {
                return Checked(
                    change: nil,
                    problems: [Problem(pointer: "", code: .type, message: "The record must be a JSON object")])
            }
            try reader.members(&json, table.object, base: 0)
            try json.end()
        } catch {
            return Checked(change: nil, problems: [Self.problem(error)])
        }
        return decide(parent: parent, id: id, mayDelete: mayDelete)
    }

    mutating func delete(parent: String?, id: String) -> Checked {
        reader.slots.append(contentsOf: repeatElement(RecordReader.Slot(), count: table.object.slotCount))
        guard let key = key(parent: parent, id: id) else { return Checked(change: nil, problems: reader.problems) }
        return Checked(change: .delete(key))
    }

    static func problem(_ error: any Error) -> Problem {
        let place = (error as? JSONError).map { $0.description } ?? "unreadable"
        return Problem(pointer: "", code: .json, message: "The record is not valid JSON: \(place)")
    }
}

extension Pass {
    private mutating func decide(parent: String?, id: String?, mayDelete: Bool) -> Checked {
        let fieldProblems = reader.problems
        let isDeletion = reader.slots[table.deleted].state == .filled && reader.slots[table.deleted].number == 1
        if isDeletion {
            // Only the key counts: what else is in the line does not matter any more.
            reader.problems = fieldProblems.filter { keyPointers.contains($0.pointer) }
        }
        let key = key(parent: parent, id: id)
        if isDeletion {
            if !mayDelete {
                reader.problem(
                    .mismatch, below: "deleted", "deleted belongs in bulk lines; to delete this record send DELETE")
            }
            guard let key, reader.problems.isEmpty else { return refused }
            return Checked(change: .delete(key), warnings: reader.warnings)
        }
        requireFields()
        checkKindRules(id: key?.id)
        guard let key, reader.problems.isEmpty else { return refused }
        return Checked(change: .put(write(key)), warnings: reader.warnings)
    }

    private var refused: Checked { Checked(change: nil, problems: reader.problems, warnings: reader.warnings) }

    private var keyPointers: Set<String> {
        Set(
            [table.id, table.parent, table.type, table.deleted].compactMap { $0 }.map { slot in
                RecordReader.token(reader.slots[slot].name?.string ?? table.object.fields[slot].name)
            })
    }

    /// The key from the path and the object, which must agree.
    private mutating func key(parent: String?, id: String?) -> RecordKey? {
        guard let id = part(table.id, given: id) else { return nil }
        var parentID = ""
        if let slot = table.parent {
            guard let found = part(slot, given: parent) else { return nil }
            parentID = found
        }
        if table.kind == .job { checkJobID(id) }
        return RecordKey(table.kind, parent: parentID, id: id)
    }

    /// - Returns: nil when the part is missing or wrong; the problem is then told.
    private mutating func part(_ slot: Int, given: String?) -> String? {
        let name = table.object.fields[slot].name
        let written = reader.slots[slot].state == .filled ? reader.ids.last { $0.slot == slot }?.text : nil
        guard let given else {
            if written == nil, reader.slots[slot].state == .absent {
                reader.problem(.required, below: name, "\(name) is missing; a \(table.object.name) needs it")
            }
            return written
        }
        if let written, written != given {
            reader.problem(
                .mismatch, below: reader.slots[slot].name?.string ?? name,
                "\(name) is not the id in the path; leave it out or make them equal")
        }
        return checkGiven(given, name) ? given : nil
    }

    /// An id from the path obeys the same rules as one in the object.
    private mutating func checkGiven(_ id: String, _ name: String) -> Bool {
        Array(id.utf8).withUnsafeBytes { bytes in
            if bytes.isEmpty {
                reader.problem(.required, below: name, "\(name) is empty; an id has 1…\(ATSType.longestID) characters")
            } else if LengthRule.characters(bytes) > ATSType.longestID {
                reader.problem(
                    .tooLong, below: name, "\(name) has more than \(ATSType.longestID) characters; use a shorter id")
            } else if bytes.contains(0) {
                reader.problem(.format, below: name, "\(name) contains a NUL character; leave it out")
            } else {
                return true
            }
            return false
        }
    }

    /// Source: job-posting-api-schema, 200 (documented); the versioned surface allows 75 (SDK).
    private mutating func checkJobID(_ id: String) {
        guard id.utf8.count > Catalogue.longestJobID(on: .rest(version: "")) else { return }
        let count = id.unicodeScalars.count
        let limit = Catalogue.longestJobID(on: .v2)
        if count > limit {
            reader.problem(.tooLong, below: "id", "id has \(count) characters; a job's id has at most \(limit)")
        } else if count > 75 {
            reader.warnings.append(
                Problem(
                    pointer: "/id", code: .tooLong,
                    message: "id has \(count) characters; LinkedIn's newer API allows a job's id 75"))
        }
    }

    private mutating func requireFields() {
        for field in table.object.required
        where field != table.id && field != table.parent && reader.slots[field].state == .absent {
            let name = table.object.fields[field].name
            reader.problem(.required, below: name, "\(name) is missing; a \(table.object.name) needs it")
        }
    }
}

extension Pass {
    private func slot(_ name: String) -> RecordReader.Slot {
        table.object.slot(name).map { reader.slots[$0] } ?? RecordReader.Slot()
    }

    private func isAbsent(_ names: String...) -> Bool { names.allSatisfy { slot($0).state == .absent } }

    /// Rules that look at more than one field.
    private mutating func checkKindRules(id: String?) {
        checkOrder()
        switch table.kind {
        case .candidate: checkCandidate()
        case .job: checkJob()
        case .stage: checkStage()
        case .candidateNote, .application, .applicationNote, .feedback: break
        }
    }

    /// Source: rsc-release-notes 2021-11: last modified not before created (documented).
    private mutating func checkOrder() {
        guard let created = table.created, let updated = table.updated else { return }
        let first = reader.slots[created]
        let last = reader.slots[updated]
        guard first.state == .filled, last.state == .filled else { return }
        if !EpochRule.isOrdered(created: first.number, modified: last.number) {
            let name = last.name?.string ?? "updatedAt"
            reader.problem(.order, below: name, "\(name) is before createdAt; send the later time")
        }
    }

    /// Source: required-fields: an e-mail unless the candidate has a person URN; a profile URL always (documented).
    private mutating func checkCandidate() {
        if isAbsent("email", "emails", "linkedInPerson") {
            reader.problem(
                .required, below: "email",
                "email is missing; a candidate needs one, or linkedInPerson when LinkedIn knows the person"
            )
        }
        if isAbsent("profileUrl"), settings.profileURLTemplate == nil {
            reader.problem(
                .required, below: "profileUrl",
                "profileUrl is missing; send the candidate's page in the ATS, or set a profile URL template"
            )
        }
    }

    /// Source: required-fields: location, or country code and postal code; listedAt not in the future (documented).
    private mutating func checkJob() {
        if isAbsent("location"), isAbsent("countryCode") || isAbsent("postalCode") {
            reader.problem(
                .required, below: "location", "location is missing; send it, or countryCode and postalCode together")
        }
        if let created = table.created, reader.slots[created].state == .filled,
            Millis(reader.slots[created].number) > settings.now() + Self.clockTolerance
        {
            let name = reader.slots[created].name?.string ?? "createdAt"
            reader.problem(.range, below: name, "\(name) is in the future; LinkedIn takes a job only when it is listed")
        }
    }

    /// How far ahead of ours the ATS's clock may be.
    private static let clockTolerance = Duration.seconds(60)

    /// Source: sync-application-stages (documented).
    private mutating func checkStage() {
        let stage = slot("stage")
        guard stage.state == .filled,
            reader.scratch[stage.start..<stage.end].elementsEqual("\"\(StageRule.forbidden)\"".utf8)
        else { return }
        reader.problem(
            .choice, below: stage.name?.string ?? "stage",
            "stage may not be \"\(StageRule.forbidden)\"; send the stage's real name")
    }
}

extension Pass {
    private mutating func write(_ key: RecordKey) -> DesiredRecord {
        let settings = settings
        reader.assemble(table.object, base: 0) { fallback in
            switch fallback {
            case .profileURL: Self.profileURL(settings.profileURLTemplate, key.id)
            case .availability: Array("\"\(settings.jobAvailability.rawValue)\"".utf8)
            default: nil
            }
        }
        let body = reader.assembly
        var record = DesiredRecord(key: key, body: body, hash: Self.hash(body))
        if table.kind == .application {
            record.job = id("jobId")
            record.candidate = id("candidateId")
        }
        return record
    }

    private func id(_ name: String) -> String? {
        table.object.slot(name).flatMap { slot in reader.ids.last { $0.slot == slot }?.text }
    }

    private static func hash(_ body: [UInt8]) -> ContentHash {
        ContentHash(Array(SHA256.hash(data: body).prefix(16)))
    }

    /// The template as JSON, with the id percent-encoded in it.
    private static func profileURL(_ template: String?, _ id: String) -> [UInt8]? {
        guard let template else { return nil }
        var encoded = ""
        for byte in id.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                encoded += hex.count == 1 ? "%0\(hex)" : "%\(hex)"
            }
        }
        var writer = JSONWriter()
        let parts = template.split(separator: "{id}", omittingEmptySubsequences: false)
        writer.string(parts.joined(separator: encoded))
        return writer.bytes
    }
}

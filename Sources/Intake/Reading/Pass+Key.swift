// SPDX-License-Identifier: Apache-2.0

internal import Domain
internal import JSONBytes
internal import LinkedIn

extension Pass {
    /// The key from the path and the object, which must agree.
    mutating func key(parent: String?, id: String?) -> RecordKey? {
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
                reader.problem(.required, below: name, "\(name) is missing; \(table.object.anyOne) needs it")
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
}

// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes

/// Makes what LinkedIn receives of what is stored: members are spliced in as bytes, nothing is decoded on the hot path.
enum BodySplice {
    /// A record of any kind but a job.
    static func body(_ record: DueRecord) -> [UInt8] {
        switch record.key.kind {
        case .application: application(record)
        case .candidate: candidate(record)
        default: record.body
        }
    }

    /// A job as `simpleJobPostings` wants it: with the organization and its own id inside (create-jobs, documented).
    static func job(_ record: DueRecord, organization: Int64) -> [UInt8] {
        var front = JSONWriter(capacity: 128)
        front.beginObject()
        front.name("integrationContext")
        front.string("urn:li:organization:\(organization)")
        front.name("externalJobPostingId")
        front.string(record.key.id)
        front.endObject()
        return insert(front.bytes, into: record.hash == nil ? closed(record.body) : record.body)
    }

    /// An application with what it takes over from its job and its candidate.
    static func application(_ record: DueRecord) -> [UInt8] {
        guard let fill = record.fill else { return record.body }
        var front = JSONWriter(capacity: 256)
        front.beginObject()
        for (name, value) in [
            ("atsJobPostingName", fill.jobTitle), ("firstName", fill.firstName), ("lastName", fill.lastName),
            ("candidateEmail", fill.email),
        ] {
            guard let value else { continue }
            front.name(name)
            front.string(value)
        }
        front.endObject()
        return insert(front.bytes, into: record.body)
    }

    /// A candidate with the member that somebody chose for it, unless the ATS names one itself.
    static func candidate(_ record: DueRecord) -> [UInt8] {
        guard let member = record.chosenMember, !names(record.body, "manualMatchedMember") else { return record.body }
        var front = JSONWriter(capacity: 64)
        front.beginObject()
        front.name("manualMatchedMember")
        front.string(member)
        front.endObject()
        return insert(front.bytes, into: record.body)
    }

    private static func names(_ body: [UInt8], _ wanted: String) -> Bool {
        var isThere = false
        try? body.withUnsafeBytes { bytes in
            var reader = JSONReader(bytes)
            try reader.object { reader, name in
                isThere = isThere || name == wanted
                _ = try reader.skip()
            }
        }
        return isThere
    }

    /// The members of one object in front of those of another.
    static func insert(_ front: [UInt8], into body: [UInt8]) -> [UInt8] {
        guard front.count > 2 else { return body }
        guard body.count > 2 else { return front }
        var result: [UInt8] = []
        result.reserveCapacity(front.count + body.count)
        result.append(contentsOf: front.dropLast())
        result.append(UInt8(ascii: ","))
        result.append(contentsOf: body.dropFirst())
        return result
    }

    /// A deleted job is closed: LinkedIn has no other end for one (protocol reference 4.1.2).
    private static func closed(_ body: [UInt8]) -> [UInt8] {
        guard case .object(var job)? = try? JSONValue(parsing: body) else { return Array(#"{"state":"CLOSED"}"#.utf8) }
        job["state"] = .string("CLOSED")
        return JSONValue.object(job).bytes
    }
}

// SPDX-License-Identifier: Apache-2.0

import Crypto
package import Domain
package import JSONBytes

/// The chain of the audit's hashes: entry `n` is hashed as SHA-256 over the 32 bytes of entry `n - 1`'s hash (zeros before the first)
/// and `n`'s own bytes: JSON with the names `action`, `actor`, `at`, `customer`, `number`, `subject` in this order and nothing between
/// its tokens; `at` in milliseconds, `customer` null when there is none.
package struct AuditChain: Sendable, Hashable {
    /// Why an entry does not fit.
    package enum Break: Hashable, Sendable {
        /// An entry with this number is missing, or stands elsewhere.
        case missing(Int64)
        /// This entry is not what was written.
        case altered(Int64)

        package var says: String {
            switch self {
            case .missing(let number): "entry \(number) is missing"
            case .altered(let number): "entry \(number) is not what was written"
            }
        }
    }

    /// How many entries were found whole.
    package private(set) var count: Int64 = 0
    package private(set) var hash = [UInt8](repeating: 0, count: 32)
    package private(set) var broken: Break?

    package init() {}

    /// The chain as it stands after an entry.
    init(after number: Int64, _ hash: [UInt8]) {
        count = number
        self.hash = hash
    }

    /// Takes the next entry; after a break nothing more is looked at.
    package mutating func check(_ record: AuditRecord) {
        guard broken == nil else { return }
        guard record.number == count + 1 else { return broken = .missing(count + 1) }
        guard Self.hash(record, after: hash) == record.hash else { return broken = .altered(record.number) }
        count += 1
        hash = record.hash
    }

    static func hash(_ record: AuditRecord, after previous: [UInt8]) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        Self.write(record, to: &json)
        json.endObject()
        var hash = SHA256()
        hash.update(data: previous)
        hash.update(data: json.bytes)
        return Array(hash.finalize())
    }

    private static func write(_ record: AuditRecord, to json: inout JSONWriter) {
        json.name("action")
        json.string(record.action)
        json.name("actor")
        json.string(record.actor)
        json.name("at")
        json.int(record.at.value)
        json.name("customer")
        if let customer = record.customer { json.string(customer) } else { json.null() }
        json.name("number")
        json.int(record.number)
        json.name("subject")
        json.string(record.subject)
    }

    /// One line of a downloaded audit: the hashed members and `hash`.
    package static func line(_ record: AuditRecord, to json: inout JSONWriter) {
        json.beginObject()
        write(record, to: &json)
        json.name("hash")
        json.string(record.hash.hex)
        json.endObject()
        json.endLine()
    }

    /// - Returns: nil for what is no line of an audit.
    package static func record(_ json: JSONValue) -> AuditRecord? {
        guard let number = json["number"]?.int, let at = json["at"]?.int, let actor = json["actor"]?.string,
            let action = json["action"]?.string, let subject = json["subject"]?.string,
            let hash = json["hash"]?.string?.bytesOfHex, hash.count == 32
        else { return nil }
        return AuditRecord(
            number: number, at: Millis(at), actor: actor, action: action, customer: json["customer"]?.string,
            subject: subject, hash: hash)
    }
}

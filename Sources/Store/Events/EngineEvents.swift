// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes

/// The events that the store's own statements append; `docs/events.md` shows them all.
extension NewEvent {
    /// LinkedIn refused a record.
    ///
    /// - Parameter candidate: whom the record is about, in the ATS's id, so that the event is found when they are erased.
    static func recordRejected(_ key: RecordKey, _ reason: Reason, candidate: String?) -> NewEvent {
        var json = JSONWriter()
        json.beginObject()
        json.name("type")
        json.string(key.kind.rawValue)
        json.name("id")
        json.string(key.id)
        if !key.parent.isEmpty {
            json.name("parent")
            json.string(key.parent)
        }
        json.name("code")
        json.string(reason.code.rawValue)
        json.name("reason")
        json.string(reason.message)
        json.endObject()
        return NewEvent(.recordRejected, candidate: candidate, isFromLinkedIn: false, data: json.bytes)
    }

    /// - Parameter status: LinkedIn's word.
    static func integrationChanged(type: String, context: String, status: String) -> NewEvent {
        var json = JSONWriter()
        json.beginObject()
        for (name, value) in [("type", type), ("context", context), ("status", status)] {
            json.name(name)
            json.string(value)
        }
        json.endObject()
        return NewEvent(.integrationChanged, isFromLinkedIn: false, data: json.bytes)
    }

    /// - Parameter match: nil when no match is left.
    static func matchChanged(candidate: String, _ match: DecisiveMatch?) -> NewEvent {
        var json = JSONWriter()
        json.beginObject()
        json.name("candidateId")
        json.string(candidate)
        json.name("person")
        if let match { json.string(match.person) } else { json.null() }
        json.name("manual")
        json.bool(match?.isManual ?? false)
        json.endObject()
        return NewEvent(
            .matchChanged, candidate: candidate, person: match?.person, isFromLinkedIn: true, data: json.bytes)
    }

    /// A webhook was switched off by itself.
    static func webhookDisabled(_ webhook: Webhook, because reason: String) -> NewEvent {
        var json = JSONWriter()
        json.beginObject()
        json.name("webhook")
        json.string(webhook.id)
        json.name("reason")
        json.string(reason)
        json.endObject()
        return NewEvent(.webhookDisabled, isFromLinkedIn: false, data: json.bytes)
    }
}

/// The member that counts among those a candidate was matched to: the one a person chose, else the first by name of the URN.
struct DecisiveMatch: Comparable {
    var person: String
    var isManual: Bool

    init(person: String, isManual: Bool) {
        self.person = person
        self.isManual = isManual
    }

    /// - Returns: nil when there is no match.
    init?(matched: [String], manual: String?) {
        guard let person = manual ?? matched.min() else { return nil }
        self.init(person: person, isManual: manual != nil)
    }

    static func < (lhs: Self, rhs: Self) -> Bool {
        lhs.isManual == rhs.isManual ? lhs.person < rhs.person : lhs.isManual
    }
}

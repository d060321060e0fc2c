// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes

extension JSONWriter {
    /// `"type"`, `"id"` and, for a child, the id of the record it belongs to, under the name that the ATS uses.
    mutating func recordKey(_ key: RecordKey) {
        member("type", key.kind.rawValue)
        member("id", key.id)
        if let parent = key.kind.parent { member("\(parent.rawValue)Id", key.parent) }
    }

    /// Everything the connector can say about a record.
    ///
    /// - Parameter body: LinkedIn-ready JSON; nil for a record that is to go.
    mutating func record(_ status: RecordStatus, body: [UInt8]?) {
        recordKey(status.key)
        member("state", status.state.name)
        member("because", status.because)
        member("deleted", status.isDeletion)
        member("changedAt", status.changedAt)
        if let hash = status.desired { member("hash", hash.hex) }
        if let wait = status.waitsFor { self.wait(wait) }
        name("desired")
        if let body, !status.isDeletion { raw(body) } else { null() }
        name("linkedIn")
        linkedIn(status)
    }

    private mutating func wait(_ wait: RecordStatus.Wait) {
        name("waitsFor")
        beginObject()
        member("type", wait.kind.rawValue)
        member("id", wait.id)
        member("state", wait.state?.name ?? "unknown")
        endObject()
    }

    private mutating func linkedIn(_ status: RecordStatus) {
        beginObject()
        switch status.observed {
        case .nothing: member("holds", "nothing")
        case .older: member("holds", "something else")
        case .exactly(let hash): member("holds", hash == status.desired ? "this" : "something else")
        }
        if let moment = status.sentAt { member("sentAt", moment) }
        if let moment = status.observedAt { member("acceptedAt", moment) }
        member("attempts", status.attempts)
        if let id = status.requestID { member("requestId", id) }
        if let task = status.task { member("task", task.task) }
        if let reason = status.reason {
            name("reason")
            beginObject()
            member("code", reason.code.rawValue)
            member("message", reason.message)
            endObject()
        }
        if status.key.kind == .candidate { matches(status.matches) }
        endObject()
    }

    private mutating func matches(_ matches: [Match]) {
        name("matches")
        beginArray()
        for match in matches {
            beginObject()
            member("person", match.person)
            member("manual", match.isManual)
            member("readAt", match.readAt)
            endObject()
        }
        endArray()
    }
}

extension RecordState {
    /// The state's name in our API.
    var name: String {
        switch self {
        case .synced: "synced"
        case .due: "due"
        case .confirming: "confirming"
        case .waiting: "waiting"
        case .rejected: "rejected"
        }
    }
}

extension ContentHash {
    /// 32 lowercase hex digits.
    var hex: String { bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}

// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Store

/// What recruiters did, in the language of our API.
extension JSONWriter {
    /// A conversation with everything that was said in it, by time.
    mutating func thread(_ thread: InMailThread, _ who: WhoIsWho) throws {
        beginObject()
        member("thread", thread.thread)
        optional("person", thread.person)
        optional("candidateId", try who.candidate(thread.person))
        member("contract", thread.contract)
        name("messages")
        beginArray()
        for message in thread.messages {
            beginObject()
            member("id", message.id)
            member("from", message.isFromMember ? "member" : "recruiter")
            member("seat", message.seat)
            optional("userId", try who.user(ofSeat: message.seat))
            member("at", message.at)
            optional("subject", message.subject)
            optional("text", message.text)
            endObject()
        }
        endArray()
        endObject()
    }

    mutating func recruiterNote(_ note: RecruiterNote, _ who: WhoIsWho) throws {
        beginObject()
        member("note", note.id)
        optional("person", note.person)
        optional("seat", note.seat)
        optional("userId", try who.user(ofSeat: note.seat))
        optional("createdAt", note.createdAt)
        member("changedAt", note.modifiedAt)
        optional("text", note.text)
        endObject()
    }

    mutating func sharedProfile(_ kept: KeptProfile, _ who: WhoIsWho) throws {
        beginObject()
        member("stub", kept.profile.id)
        member("person", kept.profile.person)
        optional("candidateId", try who.candidate(kept.profile.person))
        optional("seat", kept.profile.seat)
        optional("userId", try who.user(ofSeat: kept.profile.seat))
        member("contract", kept.contract)
        optional("sharedAt", kept.profile.at)
        member("receivedAt", kept.receivedAt)
        name("profile")
        raw(kept.profile.profile)
        endObject()
    }

    mutating func closure(_ kept: KeptClosure, _ who: WhoIsWho) throws {
        beginObject()
        member("person", kept.account.person)
        optional("candidateId", try who.candidate(kept.account.person))
        optional("closedAt", kept.account.closedAt)
        member("receivedAt", kept.receivedAt)
        endObject()
    }

    mutating func heldSeat(_ held: HeldSeat) {
        let seat = held.seat
        beginObject()
        member("seat", seat.number)
        member("contract", seat.contract)
        optional("person", seat.person)
        member("firstName", seat.firstName)
        member("lastName", seat.lastName)
        optional("email", seat.email)
        member("state", seat.state)
        name("roles")
        beginArray()
        for role in seat.roles { string(role) }
        endArray()
        optional("userId", held.user?.id)
        optional("matchedBy", held.match?.rawValue)
        member("readAt", held.readAt)
        endObject()
    }

    mutating func member(_ name: String, _ value: Int64) {
        self.name(name)
        int(value)
    }

    /// Null stands for what is not known.
    mutating func optional(_ name: String, _ value: String?) {
        self.name(name)
        if let value { string(value) } else { null() }
    }

    mutating func optional(_ name: String, _ value: Int64?) {
        self.name(name)
        if let value { int(value) } else { null() }
    }

    mutating func optional(_ name: String, _ moment: Millis?) { optional(name, moment?.iso8601) }
}

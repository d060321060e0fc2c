// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import JSONBytes
import SQLFile
import Store

/// What recruiters did at LinkedIn, to read. Whom it is about is looked up as it is read, so a tie that is made later shows what was there
/// before.
struct RecruiterRoutes: Sendable {
    let store: Store

    var endpoints: [Endpoint] {
        [
            .customer(.get, "/api/v1/candidates/{id}/inmails", candidateInMails),
            .customer(.get, "/api/v1/candidates/{id}/notes/linkedin", candidateNotes),
            .customer(.get, "/api/v1/inmails", inMails),
            .customer(.get, "/api/v1/stub-profiles", profiles),
            .customer(.get, "/api/v1/seats", seats),
            .customer(.get, "/api/v1/closed-profiles", closures),
        ]
    }

    private func candidateInMails(_ call: Call, _ caller: Caller) async throws -> Response {
        let (after, limit, candidate) = (call.after, try call.limit(), call.values[0])
        return try await answer(caller, limit) { tx in
            let threads = try tx.persons(ofCandidate: candidate, customer: caller.number).flatMap {
                try tx.inMailThreads(customer: caller.number, person: $0.person, after: after, limit: limit)
            }
            return threads.sorted { $0.thread < $1.thread }
        } key: {
            .string($0.thread)
        } write: { json, thread, who in
            try json.thread(thread, who)
        }
    }

    private func inMails(_ call: Call, _ caller: Caller) async throws -> Response {
        let (after, limit, person) = (call.after, try call.limit(), call.query["person"])
        return try await answer(caller, limit) { tx in
            try tx.inMailThreads(customer: caller.number, person: person, after: after, limit: limit)
        } key: {
            .string($0.thread)
        } write: { json, thread, who in
            try json.thread(thread, who)
        }
    }

    private func candidateNotes(_ call: Call, _ caller: Caller) async throws -> Response {
        let (after, limit, candidate) = (call.after, try call.limit(), call.values[0])
        return try await answer(caller, limit) { tx in
            let notes = try tx.persons(ofCandidate: candidate, customer: caller.number).flatMap {
                try tx.notes(customer: caller.number, person: $0.person, after: after, limit: limit)
            }
            return notes.sorted { $0.id < $1.id }
        } key: {
            .string($0.id)
        } write: { json, note, who in
            try json.recruiterNote(note, who)
        }
    }

    private func profiles(_ call: Call, _ caller: Caller) async throws -> Response {
        let (after, limit, person) = (call.after, try call.limit(), call.query["person"])
        return try await answer(caller, limit) { tx in
            try tx.profiles(customer: caller.number, person: person, after: after, limit: limit)
        } key: {
            .string($0.profile.id)
        } write: { json, kept, who in
            try json.sharedProfile(kept, who)
        }
    }

    private func closures(_ call: Call, _ caller: Caller) async throws -> Response {
        let (after, limit) = (call.after, try call.limit())
        return try await answer(caller, limit) { tx in
            try tx.closures(customer: caller.number, after: after, limit: limit)
        } key: {
            .string($0.account.person)
        } write: { json, kept, who in
            try json.closure(kept, who)
        }
    }

    private func seats(_ call: Call, _ caller: Caller) async throws -> Response {
        let after = try call.number("after", default: 0, in: 0...Int64.max)
        let (limit, unmatched) = (try call.limit(), try call.flag("unmatched"))
        return try await answer(caller, limit) { tx in
            guard unmatched else { return try tx.heldSeats(customer: caller.number, after: after, limit: limit) }
            // Who is unmatched is only known when users and seats are compared; a customer has at most a few thousand seats.
            var found: [HeldSeat] = []
            var last = after
            while found.count < limit {
                let page = try tx.heldSeats(customer: caller.number, after: last, limit: 500)
                found += page.filter { $0.user == nil }
                guard let end = page.last, page.count == 500 else { break }
                last = end.seat.number
            }
            return found
        } key: {
            .int($0.seat.number)
        } write: { json, held, _ in
            json.heldSeat(held)
        }
    }

    /// A page of `items`, with the key to ask for the next one by.
    private func answer<Item: Sendable>(
        _ caller: Caller, _ limit: Int, _ read: @escaping @Sendable (SQLTransaction) throws -> [Item],
        key: @escaping @Sendable (Item) -> JSONValue,
        write: @escaping @Sendable (inout JSONWriter, Item, WhoIsWho) throws -> Void
    ) async throws -> Response {
        let body = try await store.read { tx in
            let items = try read(tx).prefix(limit)
            let who = WhoIsWho(tx: tx, customer: caller.number)
            var json = JSONWriter()
            json.beginObject()
            json.name("items")
            json.beginArray()
            for item in items { try write(&json, item, who) }
            json.endArray()
            json.name("next")
            if items.count == limit, let last = items.last { json.value(key(last)) } else { json.null() }
            json.endObject()
            return json.bytes
        }
        return Response(
            status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }
}

/// Looks up who a member is and who holds a seat.
struct WhoIsWho {
    let tx: SQLTransaction
    let customer: Int64

    func candidate(_ person: String?) throws -> String? {
        try person.flatMap { try tx.candidate(ofPerson: $0, customer: customer)?.candidate }
    }

    func user(ofSeat seat: Int64?) throws -> String? {
        try seat.flatMap { try tx.user(ofSeat: $0, customer: customer)?.id }
    }
}

extension Call {
    /// The key that the page before ended with; empty for the first page.
    fileprivate var after: String { query["after"] ?? "" }

    fileprivate func limit() throws -> Int { Int(try number("limit", default: 100, in: 1...1000)) }
}

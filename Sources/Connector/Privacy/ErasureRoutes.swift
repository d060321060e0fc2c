// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import JSONBytes
import LinkedIn
import Store

/// Erasing a candidate, a member or everything; how far it is; and the receipt.
struct ErasureRoutes: Sendable {
    let store: Store
    let time: any Timekeeper
    let signal: SyncSignal
    let limits: ConnectorLimits

    var endpoints: [Endpoint] {
        [
            .customer(.post, "/api/v1/erasures", begin),
            .customer(.get, "/api/v1/erasures", list),
            .customer(.get, "/api/v1/erasures/key", key),
            .customer(.get, "/api/v1/erasures/{id}", show),
            .customer(.post, "/api/v1/erasures/{id}/close", close),
            .customer(.delete, "/api/v1/data", everything),
        ]
    }

    /// Begins an erasure. What is held here is gone when this answers; LinkedIn's part goes on.
    func erase(_ scope: ErasureScope, _ caller: Caller) async throws -> Response {
        let (now, request) = (time.now(), store.receipts.request(scope, customer: caller.id))
        let erasure = try await store.write { tx -> Erasure? in
            guard let customer = try tx.customer(number: caller.number) else { return nil }
            let id = try tx.beginErasure(request, of: customer, at: now)
            // The audit outlives the person: it names the erasure and not whom it is about.
            try tx.audit(caller.entry("erasure.begin", "erasure \(id)"), at: now)
            return try tx.erasure(id, customer: caller.number)
        }
        guard let erasure else { throw HTTPProblem.unknownErasure() }
        signal.erasureAsked(caller.number)
        // Nobody waits for it: the receipt says when the log was overwritten, which is done again before it is signed.
        _ = try await store.emptyLog()
        return .json(.accepted) { json in
            json.member("erasure", erasure.id)
            json.member("state", erasure.state.word)
            json.member("status", "/api/v1/erasures/\(erasure.id)")
        }
    }

    private func begin(_ call: Call, _ caller: Caller) async throws -> Response {
        try call.expectBody("application/json")
        let body = try await call.wholeBody(limit: limits.recordBytes, patience: limits.bodyPatience)
        let json: JSONValue
        do throws(JSONError) { json = try JSONValue(parsing: Array(body.readableBytesView)) } catch {
            throw HTTPProblem.malformedJSON(error)
        }
        switch (json["candidate"]?.string, json["person"]?.string) {
        case (let candidate?, nil) where !candidate.isEmpty:
            return try await erase(.candidate(candidate), caller)
        case (nil, let person?):
            guard let urn = PersonURN(person) else {
                throw HTTPProblem.invalidBody([
                    Fault("/person", "urn", "a person is urn:li:person:… as LinkedIn wrote it")
                ])
            }
            return try await erase(.person(urn.description), caller)
        default:
            throw HTTPProblem.invalidBody([
                Fault(
                    "", "subject", "say whom: {\"candidate\": \"<the ATS's id>\"} or {\"person\": \"urn:li:person:…\"}")
            ])
        }
    }

    /// The end of a contract. The customer's id has to be said, because nothing brings the data back.
    private func everything(_ call: Call, _ caller: Caller) async throws -> Response {
        guard call.query["confirm"] == caller.id.text else {
            throw HTTPProblem.badParameter(
                "confirm", "it must be the customer's id: everything of the customer is erased, here and at LinkedIn")
        }
        return try await erase(.everything, caller)
    }

    /// - Query: `candidate` or `person` finds the erasures about somebody, for whoever knows the id.
    private func list(_ call: Call, _ caller: Caller) async throws -> Response {
        let limit = try call.number("limit", default: 100, in: 1...1000)
        let after = call.query["after"]
        let scope: ErasureScope? =
            call.query["candidate"].map { .candidate($0) } ?? call.query["person"].map { .person($0) }
        let (found, next) = try await store.read { [key = store.receipts] tx in
            try tx.erasures(customer: caller.number, after: after, limit: Int(limit)) { erasure in
                scope.map { key.isAbout($0, erasure) } ?? true
            }
        }
        return .json { json in
            json.name("items")
            json.beginArray()
            for erasure in found {
                json.beginObject()
                json.erasure(erasure)
                json.endObject()
            }
            json.endArray()
            json.name("next")
            if let next { json.string(next) } else { json.null() }
        }
    }

    private func show(_ call: Call, _ caller: Caller) async throws -> Response {
        let id = call.values[0]
        let (erasure, progress) = try await store.read { tx in
            (try tx.erasure(id, customer: caller.number), try tx.progress(erasure: id, customer: caller.number))
        }
        guard let erasure else { throw HTTPProblem.unknownErasure() }
        return .json { json in
            json.erasure(erasure)
            json.progress(progress)
            if let receipt = erasure.receipt {
                json.name("receipt")
                json.raw(receipt)
            }
        }
    }

    private func close(_ call: Call, _ caller: Caller) async throws -> Response {
        let (id, now) = (call.values[0], time.now())
        let closed = try await store.write { tx in
            let closed = try tx.closeErasure(id, customer: caller.number, at: now)
            if closed != nil { try tx.audit(caller.entry("erasure.close", "erasure \(id)"), at: now) }
            return closed
        }
        guard let closed else { throw HTTPProblem.unknownErasure() }
        signal.erasureAsked(caller.number)
        return .json(.accepted) { $0.erasure(closed) }
    }

    private func key(_ call: Call, _ caller: Caller) async throws -> Response {
        .json { json in
            json.member("algorithm", "Ed25519")
            json.member("key", store.receipts.publicKey)
        }
    }
}

extension JSONWriter {
    /// What anybody may know of an erasure.
    mutating func erasure(_ erasure: Erasure) {
        member("id", erasure.id)
        member("what", erasure.kind.word)
        member("state", erasure.state.word)
        name("because")
        if let because = erasure.because { string(because) } else { null() }
        member("askedAt", erasure.askedAt)
        for (name, moment) in [
            ("erasedHereAt", erasure.localAt), ("deletedAtLinkedInAt", erasure.deletedAt),
            ("provedAt", erasure.provedAt),
            ("finishedAt", erasure.finishedAt),
        ] {
            if let moment { member(name, moment) }
        }
    }

    /// How many records of each kind LinkedIn has forgotten; empty once the erasure is finished, when the receipt says it.
    mutating func progress(_ progress: [RecordKind: ErasureProgress]) {
        name("linkedIn")
        beginObject()
        for (kind, counts) in progress.sorted(by: { $0.key < $1.key }) {
            name(kind.rawValue)
            beginObject()
            member("total", counts.total)
            member("deleted", counts.deleted)
            member("proven", counts.proven)
            member("unproven", counts.unproven)
            endObject()
        }
        endObject()
    }
}

extension HTTPProblem {
    static func unknownErasure() -> Self {
        Self(
            .notFound, "no-such-erasure", "This erasure is not known",
            "Compare the id with the answer to the DELETE; GET /api/v1/erasures lists all of them.")
    }

    static func contractEnded() -> Self {
        Self(
            .gone, "contract-ended", "The contract of this customer has ended",
            "Everything of it is being erased, or was: nothing is taken in any more. A new contract is a new customer.")
    }
}

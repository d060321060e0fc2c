// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import JSONBytes
import LinkedIn
import Store

/// Who is who, as the ATS sees and decides it.
struct TieRoutes: Sendable {
    let store: Store
    let time: any Timekeeper
    let signal: SyncSignal

    var endpoints: [Endpoint] {
        [
            .customer(.get, "/api/v1/candidates/{id}/ties", ties),
            .customer(.put, "/api/v1/candidates/{id}/ties/{person}", tie),
            .customer(.delete, "/api/v1/candidates/{id}/ties/{person}", untie),
            .customer(.get, "/api/v1/suggestions", suggestions),
            .customer(.post, "/api/v1/candidates/{id}/suggestions/{person}/accept", accept),
            .customer(.post, "/api/v1/candidates/{id}/suggestions/{person}/decline", decline),
        ]
    }

    private func ties(_ call: Call, _ caller: Caller) async throws -> Response {
        let candidate = call.values[0]
        let (ties, suggestions) = try await store.read { tx in
            (
                try tx.persons(ofCandidate: candidate, customer: caller.number),
                try tx.suggestions(customer: caller.number, candidate: candidate, limit: 100)
            )
        }
        return .json { json in
            json.name("items")
            json.beginArray()
            for tie in ties { json.tie(tie) }
            json.endArray()
            json.name("suggestions")
            json.beginArray()
            for suggestion in suggestions { json.suggestion(suggestion) }
            json.endArray()
        }
    }

    /// The ATS says that a member is its candidate: somebody picked the profile in LinkedIn's widget (RSC-304).
    private func tie(_ call: Call, _ caller: Caller) async throws -> Response {
        let (candidate, person, now) = (call.values[0], try Self.person(call), time.now())
        let isNew = try await store.write {
            try $0.tie(
                person: person, to: candidate, how: .ats, reasons: ["the ATS said so"], customer: caller.number, at: now
            )
        }
        signal.recordsChanged(caller.number)
        let tie = try await store.read { try $0.candidate(ofPerson: person, customer: caller.number) }
        guard let tie else { throw HTTPProblem.unknownTie() }
        return .json(isNew ? .created : .ok) { json in
            json.member("person", tie.person)
            json.member("candidateId", tie.candidate)
            json.member("how", tie.source.name)
            json.member("at", tie.at)
        }
    }

    private func untie(_ call: Call, _ caller: Caller) async throws -> Response {
        let (candidate, person, now) = (call.values[0], try Self.person(call), time.now())
        let isKnown = try await store.write {
            try $0.untie(person: person, from: candidate, customer: caller.number, at: now)
        }
        guard isKnown else { throw HTTPProblem.unknownTie() }
        signal.recordsChanged(caller.number)
        return Response(status: .noContent)
    }

    private func suggestions(_ call: Call, _ caller: Caller) async throws -> Response {
        let limit = Int(try call.number("limit", default: 100, in: 1...1000))
        let state = try call.choice("state", [.open, .accepted, .declined] as [TieSuggestion.State], \.name)
        // A person URN has no spaces, so the first one ends it.
        let parts = (call.query["after"] ?? "").split(separator: " ", maxSplits: 1).map(String.init)
        let after = (person: parts.first ?? "", candidate: parts.count > 1 ? parts[1] : "")
        let suggestions = try await store.read {
            try $0.suggestions(customer: caller.number, state: state ?? .open, after: after, limit: limit)
        }
        return .page(suggestions, limit: limit, next: { "\($0.person) \($0.candidate)" }) { $0.suggestion($1) }
    }

    private func accept(_ call: Call, _ caller: Caller) async throws -> Response {
        let (candidate, person, now) = (call.values[0], try Self.person(call), time.now())
        let isOpen = try await store.write { tx in
            let open = try tx.suggestions(customer: caller.number, candidate: candidate, person: person, limit: 1)
            guard !open.isEmpty else { return false }
            return try tx.tie(
                person: person, to: candidate, how: .ats, reasons: ["the ATS accepted a suggestion"],
                customer: caller.number, at: now)
        }
        guard isOpen else { throw HTTPProblem.unknownSuggestion() }
        signal.recordsChanged(caller.number)
        return Response(status: .noContent)
    }

    private func decline(_ call: Call, _ caller: Caller) async throws -> Response {
        let (candidate, person, now) = (call.values[0], try Self.person(call), time.now())
        let isOpen = try await store.write {
            try $0.declineSuggestion(person: person, candidate: candidate, customer: caller.number, at: now)
        }
        guard isOpen else { throw HTTPProblem.unknownSuggestion() }
        return Response(status: .noContent)
    }

    /// - Throws: `HTTPProblem` 422 for anything but a person URN.
    private static func person(_ call: Call) throws -> String {
        guard let person = PersonURN(call.values[1]) else {
            throw HTTPProblem.invalidBody([
                Fault("", "person", "the last part of the path is a person URN: urn:li:person:…")
            ])
        }
        return person.description
    }
}

// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import JSONBytes

extension JSONWriter {
    mutating func export(_ export: CandidateExport) {
        beginObject()
        exportMembers(export)
        endObject()
    }

    /// An export as the API shows it: as in the event, and what became of it.
    mutating func exportMembers(_ export: CandidateExport) {
        member("export", export.request)
        member("state", export.state.rawValue)
        member("person", export.person)
        optional("jobId", export.job)
        optional("candidateId", export.candidate)
        optional("applicationId", export.application)
        optional("tiedBy", export.tiedBy?.name)
        member("source", "LinkedIn")
        member("receivedAt", export.at)
        if let answered = export.answeredAt { member("answeredAt", answered) }
        name("profile")
        if let profile = export.profile { raw(profile) } else { null() }
    }

    mutating func push(_ push: StoredPush) {
        beginObject()
        member("id", push.id)
        member("type", push.type)
        member("state", push.state.name)
        member("receivedAt", push.receivedAt)
        if let expires = push.expiresAt { member("expiresAt", expires) }
        member("attempts", push.attempts)
        if push.state == .open { member("nextAt", push.nextAt) }
        if let settled = push.settledAt { member("settledAt", settled) }
        if let reason = push.reason { member("because", reason) }
        name("body")
        if let body = push.body { raw(body) } else { null() }
        endObject()
    }

    mutating func tie(_ tie: PersonTie) {
        beginObject()
        member("person", tie.person)
        member("candidateId", tie.candidate)
        member("how", tie.source.name)
        member("at", tie.at)
        endObject()
    }

    mutating func suggestion(_ suggestion: TieSuggestion) {
        beginObject()
        member("person", suggestion.person)
        member("candidateId", suggestion.candidate)
        member("state", suggestion.state.name)
        name("reasons")
        beginArray()
        for reason in suggestion.reasons { string(reason) }
        endArray()
        member("at", suggestion.at)
        endObject()
    }
}

extension Response {
    /// A page of a list: `{"items": […], "next": …}`, where `next` is what `after` takes; null at the end.
    static func page<Item>(
        _ items: [Item], limit: Int, next: (Item) -> String, _ write: (inout JSONWriter, Item) -> Void
    ) -> Response {
        .json { json in
            json.name("items")
            json.beginArray()
            for item in items { write(&json, item) }
            json.endArray()
            json.name("next")
            if items.count == limit, let last = items.last { json.string(next(last)) } else { json.null() }
        }
    }
}

extension Call {
    /// One of some words; nil when the parameter is not there.
    ///
    /// - Throws: `HTTPProblem` 400 for another word.
    func choice<Value>(_ name: String, _ values: [Value], _ word: (Value) -> String) throws -> Value? {
        guard let text = query[name] else { return nil }
        guard let value = values.first(where: { word($0) == text }) else {
            throw HTTPProblem.badParameter(name, "it is one of \(values.map(word).joined(separator: ", "))")
        }
        return value
    }

    /// The body as JSON, whatever it is.
    ///
    /// - Throws: `HTTPProblem` 400, 413 or 415.
    func json(_ limits: ConnectorLimits) async throws -> JSONValue {
        try expectBody("application/json")
        let body = try await wholeBody(limit: limits.recordBytes, patience: limits.bodyPatience)
        do { return try JSONValue(parsing: Array(body.readableBytesView)) } catch {
            throw HTTPProblem.malformedJSON(error)
        }
    }
}

extension HTTPProblem {
    static func unknownExport() -> Self {
        Self(
            .notFound, "no-such-export", "This export is not known",
            "GET /api/v1/exports lists those that recruiters of this customer made.")
    }

    static func unknownTie() -> Self {
        Self(
            .notFound, "no-such-tie", "The two are not tied",
            "GET /api/v1/candidates/{id}/ties lists the members that a candidate is tied to.")
    }

    static func unknownSuggestion() -> Self {
        Self(
            .notFound, "no-such-suggestion", "There is no such suggestion that is open",
            "GET /api/v1/suggestions lists them.")
    }
}

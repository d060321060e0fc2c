// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import LinkedIn
import Store
import Web

/// Which candidates are which members of LinkedIn: how many, since when, why not, and what people say about it.
enum Matches {
    static let routes: [DashboardRoute] = [
        .get("/ui/customers/{id}/matches", .viewer, show),
        .get("/ui/customers/{id}/matches/matched", .viewer, matched),
        .get("/ui/customers/{id}/matches/unmatched", .viewer, unmatched),
        .post("/ui/customers/{id}/matches/link", .operator, link),
        .post("/ui/customers/{id}/matches/unlink", .operator, unlink),
        .post("/ui/customers/{id}/matches/accept", .operator, accept),
        .post("/ui/customers/{id}/matches/decline", .operator, decline),
    ]

    /// Days of the chart.
    private static let days: Int64 = 60

    private static func show(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let today = call.now.utcDay
        // A person URN has no spaces, so the first one ends it.
        let parts = (call.query.exact("after") ?? "").split(separator: " ", maxSplits: 1).map(String.init)
        let after = (person: parts.first ?? "", candidate: parts.count > 1 ? parts[1] : "")
        let facts = try await call.store.read { tx in
            MatchesPage.Facts(
                tally: try tx.tallies(customer: customer.number)[.candidate] ?? Tally(),
                days: try tx.matchDays(customer: customer.number, since: today - days + 1), today: today,
                suggestions: try tx.suggestions(customer: customer.number, after: after, limit: Pager.asked).map {
                    ($0, try tx.recordLine(customer: customer.number, key: RecordKey(.candidate, id: $0.candidate)))
                }, suggested: try tx.openSuggestions(customer: customer.number))
        }
        return call.page(
            MatchesPage(
                customer: customer, facts: facts, query: call.query, mayAct: call.visitor.account.role >= .operator,
                now: call.now), of: customer)
    }

    private static func matched(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let after = call.query["after"].flatMap(Int64.init) ?? 0
        let (tally, lines) = try await call.store.read { tx in
            (
                try tx.tallies(customer: customer.number)[.candidate] ?? Tally(),
                try tx.matched(customer: customer.number, after: after, limit: Pager.asked)
            )
        }
        return call.page(
            MatchListPage(customer: customer, matched: lines, count: tally.matched, query: call.query, now: call.now),
            of: customer)
    }

    private static func unmatched(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let after = call.query.exact("after") ?? ""
        let (tally, page) = try await call.store.read { tx in
            (
                try tx.tallies(customer: customer.number)[.candidate] ?? Tally(),
                try tx.unmatched(customer: customer.number, after: after)
            )
        }
        return call.page(
            MatchListPage(
                customer: customer, unmatched: page.lines, next: page.next, isCut: page.isCut,
                count: max(0, tally.observed - tally.matched), query: call.query, now: call.now), of: customer)
    }

    // MARK: What people say

    private static func link(_ call: DashboardCall) async throws -> WebResponse {
        let (customer, candidate) = try await named(call)
        let person = try person(call, customer, candidate)
        let now = call.now
        try await call.store.write { tx in
            guard try tx.recordLine(customer: customer.number, key: RecordKey(.candidate, id: candidate)) != nil else {
                throw DashboardProblem.unknownRecord(customer)
            }
            try tx.tie(
                person: person, to: candidate, how: .ats, reasons: ["somebody said so on the dashboard"],
                customer: customer.number, at: now)
            try tx.audit(entry(call, "match.link", candidate, customer), at: now)
        }
        call.parts.signal.recordsChanged(customer.number)
        return .see(.page(RecordKey(.candidate, id: candidate).path(of: customer.id) + "&done=linked"))
    }

    private static func unlink(_ call: DashboardCall) async throws -> WebResponse {
        let (customer, candidate) = try await named(call)
        let person = try person(call, customer, candidate)
        let now = call.now
        let wasTied = try await call.store.write { tx in
            guard try tx.untie(person: person, from: candidate, customer: customer.number, at: now) else {
                return false
            }
            try tx.audit(entry(call, "match.unlink", candidate, customer), at: now)
            return true
        }
        let back = RecordKey(.candidate, id: candidate).path(of: customer.id)
        guard wasTied else {
            throw DashboardProblem(
                status: 409, title: "The two are not linked", text: "Somebody undid it already.",
                links: [Link("Back to the candidate", back)])
        }
        call.parts.signal.recordsChanged(customer.number)
        return .see(.page(back + "&done=unlinked"))
    }

    private static func accept(_ call: DashboardCall) async throws -> WebResponse {
        try await answer(call, "match.accept") { tx, person, candidate, customer, now in
            let open = try tx.suggestions(customer: customer, candidate: candidate, person: person, limit: 1)
            guard !open.isEmpty else { return false }
            return try tx.tie(
                person: person, to: candidate, how: .ats, reasons: ["somebody accepted a suggestion on the dashboard"],
                customer: customer, at: now)
        }
    }

    private static func decline(_ call: DashboardCall) async throws -> WebResponse {
        try await answer(call, "match.decline") { tx, person, candidate, customer, now in
            try tx.declineSuggestion(person: person, candidate: candidate, customer: customer, at: now)
        }
    }

    private static func answer(
        _ call: DashboardCall, _ action: String,
        _ act: @escaping @Sendable (StoreTransaction, String, String, Int64, Millis) throws -> Bool
    ) async throws -> WebResponse {
        let (customer, candidate) = try await named(call)
        let person = try person(call, customer, candidate)
        let now = call.now
        let wasOpen = try await call.store.write { tx in
            guard try act(tx, person, candidate, customer.number, now) else { return false }
            try tx.audit(entry(call, action, candidate, customer), at: now)
            return true
        }
        guard wasOpen else {
            throw DashboardProblem(
                status: 409, title: "This suggestion was answered already", text: "Somebody else was faster.",
                links: [Link("Matches", "/ui/customers/\(customer.id)/matches")])
        }
        call.parts.signal.recordsChanged(customer.number)
        return .see("/ui/customers/\(customer.id.text)/matches?done=answered")
    }

    private static func entry(_ call: DashboardCall, _ action: String, _ candidate: String, _ customer: Customer)
        -> AuditEntry
    {
        AuditEntry(
            actor: call.visitor.account.name, action: action, customer: customer.number,
            subject: call.store.receipts.auditName(
                of: RecordKey(.candidate, id: candidate), customer: customer.id))
    }

    private static func named(_ call: DashboardCall) async throws -> (Customer, String) {
        let customer = try await call.customer()
        guard let candidate = call.form.exact("candidate"), !candidate.isEmpty else {
            throw DashboardProblem.unknownRecord(customer)
        }
        return (customer, candidate)
    }

    private static func person(_ call: DashboardCall, _ customer: Customer, _ candidate: String) throws -> String {
        guard let person = call.form["person"].flatMap(PersonURN.init) else {
            throw DashboardProblem(
                status: 422, title: "That is no member of LinkedIn",
                text:
                    "A member is named by a person URN, such as urn:li:person:a1B2c3; LinkedIn's widgets and exports tell it.",
                links: [Link("Back to the candidate", RecordKey(.candidate, id: candidate).path(of: customer.id))])
        }
        return person.description
    }
}

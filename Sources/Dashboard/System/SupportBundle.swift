// SPDX-License-Identifier: Apache-2.0

package import Domain
package import JSONBytes
import LinkedIn
package import Store
import Sync

/// What support needs to understand an installation, as one JSON file: for whoever helps with Crosswalk, and for LinkedIn's support, which
/// asks for the API key (the application's client id), the request, and the id of the answer (`x-li-uuid`).
///
/// Nobody's name, e-mail address, words, ids in the ATS, tokens or secrets are in it: of a record only its shape is told, and of LinkedIn's
/// words about it only what does not stand in the record. Source: support-resources, "Zendesk" (modules-3-5 G.2).
package struct SupportBundle: Sendable {
    let store: Store
    let configuration: [ConfigurationLine]
    let version: String

    /// Rejected records told of each customer and kind.
    private static let problems = 5
    private static let mostCustomers = 500

    package init(store: Store, configuration: [ConfigurationLine], version: String) {
        self.store = store
        self.configuration = configuration
        self.version = version
    }

    package func make(at now: Millis) async throws -> JSONValue {
        let (store, configuration, version) = (store, configuration, version)
        return try await store.read { tx in
            let customers = try tx.customers()
            var bundle = JSONObject()
            bundle["about"] = .string(Self.about)
            bundle["crosswalk"] = [
                "version": .string(version), "made_at": .string(now.iso8601), "schema": .string(try tx.schemaVersion()),
            ]
            bundle["configuration"] = .object(JSONObject(configuration.map { ($0.key, Self.tell($0)) }))
            bundle["database"] = [
                "bytes": .int(try tx.databaseBytes()),
                "tables": .object(
                    JSONObject(try tx.tableSizes(days: 7, limit: 200).map { ($0.table, JSONValue.int($0.bytes)) })),
            ]
            bundle["workers"] = .array(try tx.leases().map(Self.tell))
            let chain = try tx.verifyAudit()
            bundle["audit"] = [
                "entries": .int(try tx.auditCount()), "intact_up_to": .int(chain.count),
                "broken": chain.broken.map { .string($0.says) } ?? .null,
            ]
            bundle["customers_in_all"] = .int(Int64(customers.count))
            bundle["customers"] = .array(
                try customers.prefix(Self.mostCustomers).map { try Self.tell($0, tx, at: now) })
            return .object(bundle)
        }
    }

    private static let about = """
        Crosswalk's support bundle: no names, e-mail addresses, texts, ATS ids, tokens or secrets are in it. LinkedIn's support asks for \
        api_key, request and x_li_uuid.
        """

    private static func tell(_ line: ConfigurationLine) -> JSONValue {
        ["value": line.value.map { .string($0) } ?? .null, "origin": .string(line.origin)]
    }

    private static func tell(_ row: LeaseRow) -> JSONValue {
        [
            "lease": .string(row.lease.name), "customer": row.customer.map { .string($0) } ?? .null,
            "holder": .string(row.lease.holder), "expires_at": .string(row.lease.expires.iso8601),
        ]
    }

    private static func tell(_ customer: Customer, _ tx: StoreTransaction, at now: Millis) throws -> JSONValue {
        let tallies = try tx.tallies(customer: customer.number)
        var budgets = JSONObject()
        for group in EndpointGroup.allCases {
            guard let limit = group.quota.requestsPerDay else { continue }
            let spent = try tx.spentToday(customer: customer.number, group: group.rawValue, day: now.utcDay)
            budgets[group.rawValue] = [
                "requests_today": .int(Int64(spent.requests)), "of": .int(Int64(limit)),
                "records_today": .int(Int64(spent.records)),
            ]
        }
        var records = JSONObject()
        for kind in RecordKind.allCases { records[kind.rawValue] = tallies[kind].map(counts) }
        return [
            "customer": .string(customer.id.text), "state": .string("\(customer.status)"),
            "for_linkedin": [
                "api_key": .string(customer.clientID),
                "application": customer.applicationURN.map { .string($0) } ?? .null,
                "organization": .string("urn:li:organization:\(customer.organization)"),
                "contracts": .array(customer.contracts.map { .string("urn:li:contract:\($0)") }),
                "host": .string(customer.linkedInURL),
                "integrations": .array(
                    try tx.integrations(customer: customer.number).map { one in
                        [
                            "type": .string(one.type), "context": .string(one.context), "status": .string(one.status),
                            "since": .string(one.changedAt.iso8601),
                        ]
                    }),
                "problems": .array(try problems(customer, tallies, tx)),
                "tried_again": .array(try retries(customer, tallies, tx)),
            ],
            "records": .object(records), "budgets": .object(budgets),
            "paused_since": customer.pausedAt.map { .string($0.iso8601) } ?? .null,
            "last_24_hours": .array(try hours(customer, tx, at: now)), "callback": try callback(customer, tx),
            "feeds": .array(try feeds(customer, tx)),
        ]
    }

    /// What LinkedIn took, refused and answered with 429, hour by hour.
    private static func hours(_ customer: Customer, _ tx: StoreTransaction, at now: Millis) throws -> [JSONValue] {
        let steps = try tx.history(customer: customer.number, .hour, steps: 24, at: now)
        return Dictionary(grouping: steps, by: \.began).sorted { $0.key < $1.key }.map { began, steps in
            let sum = steps.reduce(into: HistoryCount()) { $0 += $1.count }
            return [
                "from": .string(began.iso8601), "accepted": .int(Int64(sum.accepted)),
                "rejected": .int(Int64(sum.rejected)), "calls_answered_429": .int(Int64(sum.throttled)),
            ]
        }
    }

    private static func callback(_ customer: Customer, _ tx: StoreTransaction) throws -> JSONValue {
        let health = try tx.callbackHealth(customer: customer.number)
        return [
            "last_challenge_answered": health.challengedAt.map { .string($0.iso8601) } ?? .null,
            "last_notification": health.pushedAt.map { .string($0.iso8601) } ?? .null,
        ]
    }

    /// How far what recruiters do is read, and where LinkedIn does not answer.
    private static func feeds(_ customer: Customer, _ tx: StoreTransaction) throws -> [JSONValue] {
        let cursors = try tx.pullCursors(customer: customer.number)
        return PullFeed.allCases.compactMap { feed in
            let own = cursors.filter { $0.feed == feed }
            guard !own.isEmpty else { return nil }
            let broken = own.filter { $0.failures > 0 }
            return [
                "feed": .string(feed.rawValue), "cursors": .int(Int64(own.count)), "failing": .int(Int64(broken.count)),
                "said": broken.first?.reason.map { .string(Redaction.words($0, hiding: [], and: nil)) } ?? .null,
            ]
        }
    }

    private static func counts(_ tally: Tally) -> JSONValue {
        [
            "desired": .int(Int64(tally.desired)), "at_linkedin": .int(Int64(tally.observed)),
            "due": .int(Int64(tally.due)),
            "waiting": .int(Int64(tally.waiting)), "confirming": .int(Int64(tally.confirming)),
            "rejected": .int(Int64(tally.rejected)),
            "deleting": .int(Int64(tally.deleting)), "matched": .int(Int64(tally.matched)),
        ]
    }

    private static func problems(_ customer: Customer, _ tallies: [RecordKind: Tally], _ tx: StoreTransaction) throws
        -> [JSONValue]
    {
        try RecordKind.allCases.filter { (tallies[$0]?.rejected ?? 0) > 0 }.flatMap { kind in
            try tx.rejections(customer: customer.number, kind: kind, limit: Self.problems).map { problem in
                let bytes = try tx.body(customer: customer.number, key: problem.key)
                return tell(problem, bytes.flatMap { try? JSONValue(parsing: $0) })
            }
        }
    }

    /// What LinkedIn took for no fault of the record's: throttled, refused a token, failed, or did not answer.
    private static func retries(_ customer: Customer, _ tallies: [RecordKind: Tally], _ tx: StoreTransaction) throws
        -> [JSONValue]
    {
        try RecordKind.allCases.filter { (tallies[$0]?.due ?? 0) > 0 }.flatMap { kind in
            try tx.triedAgain(customer: customer.number, kind: kind, limit: Self.problems).map { tell($0, nil) }
        }
    }

    private static func tell(_ problem: Rejection, _ body: JSONValue?) -> JSONValue {
        let kind = problem.key.kind
        let place = kind.resource.place(on: .v2)
        let path = place.parent.map { "/\(place.base)/\($0.place(on: .v2).segment)/(key)/\(place.segment)" }
        let request: JSONValue = [
            "method": .string(kind == .job ? "POST" : "PUT"),
            "path": .string(path ?? "/\(place.base)/\(place.segment)"),
            // No X-RestLi-Protocol-Version: calls to /v2 are of version 1.0.0, which is what its absence says.
            "headers": [
                "Authorization": "Bearer (hidden)", "Content-Type": "application/json",
                "X-RestLi-Method": .string(kind == .job ? "BATCH_CREATE" : "BATCH_UPDATE"),
            ],
            "body_of_the_record": body.map(Redaction.shape) ?? .null,
        ]
        let (own, theirs) = Redaction.split(problem.reason.message)
        let said = own + Redaction.words(theirs, hiding: [problem.key.id, problem.key.parent], and: body)
        return [
            "type": .string(kind.rawValue), "at": .string(problem.at.iso8601),
            "code": .string(problem.reason.code.rawValue), "said": .string(said),
            "status": status(problem.reason.message).map { .int($0) } ?? .null,
            "x_li_uuid": problem.requestID.map { .string($0) } ?? .null, "request": request,
        ]
    }
}

extension SupportBundle {
    /// The HTTP status that our own words about an answer end with: `LinkedIn refused it (422): …`.
    fileprivate static func status(_ message: String) -> Int64? {
        message.prefix { $0 != ":" }.firstMatch(of: /\(([1-5][0-9][0-9])\)/).flatMap { Int64($0.1) }
    }
}

/// Takes people out of what is told.
enum Redaction {
    /// The same names; of each text only how long it is, of each number only that it is one.
    static func shape(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object): .object(JSONObject(object.map { ($0.0, shape($0.1)) }))
        case .array(let elements): .array(elements.map(shape))
        case .string(let text): .string(text.isEmpty ? "" : "(text of \(text.count))")
        case .int, .double: "(number)"
        case .bool, .null: value
        }
    }

    /// Our words before LinkedIn's, `LinkedIn refused it (422): `, and LinkedIn's, which may say anything.
    static func split(_ message: String) -> (own: String, theirs: String) {
        guard let own = message.prefixMatch(of: /LinkedIn\ refused\ it\ \([0-9]{3}\):\ /)?.output else {
            return ("", message)
        }
        return (String(own), String(message.dropFirst(own.count)))
    }

    /// A message without what stands in a record, without what is quoted, and without addresses.
    static func words(_ message: String, hiding ids: [String], and record: JSONValue?) -> String {
        var text = message
        let own = (record.map(texts) ?? []) + ids
        let words = own.flatMap { $0.split { !$0.isLetter && !$0.isNumber }.map(String.init) }
        // The longest first: a part must not leave the rest of the whole behind.
        for hidden in Set(own + words).filter({ $0.count > 1 }).sorted(by: { ($0.count, $0) > ($1.count, $1) }) {
            text = text.replacing(hidden, with: "…")
        }
        text = text.replacing(/(["'“‘«`])[^"'”’»`]*["'”’»`]/, with: "…")
        let plain = text.split(separator: " ").map { word in
            ["@", "://", "urn:"].contains { word.contains($0) } ? "…" : String(word)
        }
        return plain.joined(separator: " ")
    }

    private static func texts(_ value: JSONValue) -> [String] {
        switch value {
        case .object(let object): object.flatMap { texts($0.1) }
        case .array(let elements): elements.flatMap(texts)
        case .string(let text): [text]
        case .int(let number): [String(number)]
        case .double, .bool, .null: []
        }
    }
}

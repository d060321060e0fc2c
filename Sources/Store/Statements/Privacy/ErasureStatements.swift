// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// An erasure to begin. The random parts are made outside the transaction, which may run twice.
package struct ErasureRequest: Sendable {
    package var id: String
    package var scope: ErasureScope
    var salt: [UInt8]
    var subject: [UInt8]
}

extension SQLTransaction {
    /// Begins an erasure. For a candidate or a person everything that is held here is gone with this commit but the keys that LinkedIn must
    /// be told; records become tombstones, which the lanes send, children first.
    ///
    /// A second erasure of everything is the first one.
    ///
    /// - Returns: the erasure's id.
    package func beginErasure(_ request: ErasureRequest, of customer: Customer, at now: Millis) throws -> String {
        if case .everything = request.scope, let known = try erasureOfEverything(customer: customer.number) {
            return known
        }
        let state: ErasureState =
            switch request.scope {
            case .candidate: .deleting
            case .person: .clearing
            case .everything: .marking
            }
        try run(
            """
            INSERT INTO erasure (customer_id, erasure_id, scope, state, slug, salt, subject, asked_ms, due_ms, round)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
            """,
            .int(customer.number), .text(request.id), .int(request.scope.kind.rawValue), .int(state.rawValue),
            .text(customer.id.text), .blob(request.salt), .blob(request.subject), .int(now.value), .int(now.value))
        switch request.scope {
        case .candidate(let candidate):
            try mark(candidate: candidate, erasure: request.id, customer: customer.number, at: now)
        case .person(let person):
            try addSubject(.person, person, erasure: request.id, customer: customer.number)
            try scrub(erasure: request.id, customer: customer.number, at: now)
        case .everything: break
        }
        if state != .marking {
            try run(
                "UPDATE erasure SET local_ms = ? WHERE customer_id = ? AND erasure_id = ?", .int(now.value),
                .int(customer.number), .text(request.id))
        }
        return request.id
    }

    /// Whether everything of the customer is being erased, or was: nothing is taken in any more.
    package func isEnding(customer: Int64) throws -> Bool { try erasureOfEverything(customer: customer) != nil }

    /// The erasure at the contract's end; nil when none was asked for.
    package func lastErasureOfEverything(customer: Int64) throws -> Erasure? {
        try erasureOfEverything(customer: customer).flatMap { try erasure($0, customer: customer) }
    }

    func erasureOfEverything(customer: Int64) throws -> String? {
        try first(
            "SELECT erasure_id FROM erasure WHERE customer_id = ? AND scope = 3", [.int(customer)]
        ) { $0.text(0) }
    }

    /// Customers whose contract has not ended: the ones to work for.
    package func activeCustomers() throws -> [Customer] {
        let ended = Set(
            try rows("SELECT customer_id FROM erasure WHERE scope = 3 AND finished_ms IS NOT NULL") { $0.int(0) })
        return try customers().filter { !ended.contains($0.number) }
    }

    package func erasure(_ id: String, customer: Int64) throws -> Erasure? {
        try rows(
            "SELECT \(Self.erasureColumns) FROM erasure WHERE customer_id = ? AND erasure_id = ?",
            [.int(customer), .text(id)], Self.erasure
        ).first
    }

    /// Erasures of a customer by id, those that `matches` wants.
    ///
    /// - Parameters:
    ///   - after: the last id of the page before.
    ///   - matches: asked for every erasure on the way: subjects are hashes with a salt each, which no index finds.
    /// - Returns: at most `limit`, and the id to go on after; nil at the end.
    package func erasures(
        customer: Int64, after: String? = nil, limit: Int, where matches: (Erasure) -> Bool = { _ in true }
    ) throws -> (page: [Erasure], next: String?) {
        var page: [Erasure] = []
        var next: String?
        try each(
            "SELECT \(Self.erasureColumns) FROM erasure WHERE customer_id = ? AND erasure_id > ? ORDER BY erasure_id",
            [.int(customer), .text(after ?? "")]
        ) { row in
            let erasure = try Self.erasure(row)
            guard matches(erasure) else { return true }
            if page.count == limit {
                next = page.last?.id
                return false
            }
            page.append(erasure)
            return true
        }
        return (page, next)
    }

    /// Ends an erasure that waits for something which will not come: its receipt will say that LinkedIn's part is not proven, and why.
    ///
    /// - Returns: nil when it is not known; a finished one as it is.
    package func closeErasure(_ id: String, customer: Int64, at now: Millis) throws -> Erasure? {
        guard let erasure = try erasure(id, customer: customer) else { return nil }
        guard erasure.state == .deleting || erasure.state == .proving else { return erasure }
        try run(
            "UPDATE erasure_item SET state = 3 WHERE customer_id = ? AND erasure_id = ? AND state = 0", .int(customer),
            .text(id))
        let why = "closed by a person; before that: \(erasure.because ?? "LinkedIn was being told")"
        try move(erasure: erasure, customer: customer, to: .clearing, due: now, because: why, at: now)
        return try self.erasure(id, customer: customer)
    }

    /// Open erasures that are to be looked at, the one that waits longest first. One whose last deletion was confirmed is due at once.
    package func erasuresDue(customer: Int64, at now: Millis) throws -> [Erasure] {
        try rows(
            """
            SELECT \(Self.erasureColumns) FROM erasure e WHERE customer_id = ? AND finished_ms IS NULL AND (due_ms <= ?
                OR (state = 1 AND round = 0 AND NOT EXISTS (
                    SELECT 1 FROM erasure_item i WHERE i.customer_id = e.customer_id AND i.erasure_id = e.erasure_id AND i.state = 0)))
            ORDER BY due_ms, erasure_id
            """, [.int(customer), .int(now.value)], Self.erasure)
    }

    /// When an open erasure is to be looked at next; nil when none is open.
    package func nextErasure(customer: Int64) throws -> Millis? {
        try first(
            "SELECT due_ms FROM erasure WHERE customer_id = ? AND finished_ms IS NULL ORDER BY due_ms LIMIT 1",
            [.int(customer)]
        ) { Millis($0.int(0)) }
    }

    /// Moves an erasure on, or says why it stays.
    ///
    /// - Parameters:
    ///   - round: how often a proof was tried; nil leaves it.
    ///   - because: nil when nothing is in its way.
    package func move(
        erasure: Erasure, customer: Int64, to state: ErasureState, due: Millis, round: Int? = nil, because: String?,
        at now: Millis
    ) throws {
        precondition(state == erasure.state || erasure.state.allowed.contains(state), "no such move of an erasure")
        let isDeleted = state != .marking && state != .deleting
        try run(
            """
            UPDATE erasure SET state = ?, due_ms = ?, round = ?, because = ?,
                local_ms = CASE WHEN local_ms IS NULL AND ? = 1 THEN ? ELSE local_ms END,
                deleted_ms = CASE WHEN deleted_ms IS NULL AND ? = 1 THEN ? ELSE deleted_ms END
            WHERE customer_id = ? AND erasure_id = ?
            """,
            .int(state.rawValue), .int(due.value), .int(round ?? erasure.round), .optional(because),
            .flag(state != .marking), .int(now.value), .flag(isDeleted), .int(now.value), .int(customer),
            .text(erasure.id))
    }

    static let erasureColumns =
        """
        erasure_id, slug, scope, state, asked_ms, local_ms, deleted_ms, proved_ms, finished_ms, due_ms, round, because, salt, subject, \
        receipt
        """

    static func erasure(_ row: borrowing SQLRow) throws -> Erasure {
        guard let customer = CustomerID(row.text(1)), let kind = ErasureScope.Kind(rawValue: row.int(2)),
            let state = ErasureState(rawValue: row.int(3))
        else { throw StoreError(.schema, "an erasure of the database is not readable") }
        return Erasure(
            id: row.text(0), customer: customer, kind: kind, state: state, askedAt: Millis(row.int(4)),
            localAt: row.optionalInt(5).map(Millis.init), deletedAt: row.optionalInt(6).map(Millis.init),
            provedAt: row.optionalInt(7).map(Millis.init), finishedAt: row.optionalInt(8).map(Millis.init),
            dueAt: Millis(row.int(9)), round: Int(row.int(10)), because: row.optionalText(11), salt: row.blob(12),
            subject: row.blob(13), receipt: row.optionalBlob(14))
    }
}

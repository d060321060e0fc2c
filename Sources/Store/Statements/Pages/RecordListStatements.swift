// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// Which records a list shows. The raw value is the word in its address.
package enum RecordFilter: String, CaseIterable, Sendable {
    /// What the ATS wants at LinkedIn.
    case wanted
    /// What LinkedIn holds some version of.
    case held
    case synced
    case due
    case confirming
    case waiting
    case rejected
    /// What is to go from LinkedIn.
    case deleting
}

/// One record in a list.
package struct RecordLine: Sendable {
    package var rid: Int64
    package var status: RecordStatus
    /// What an application names.
    package var job: String?
    package var candidate: String?
    package var label: RecordLabel

    package var key: RecordKey { status.key }
}

/// A page of records, in the order of some key.
package struct RecordPage: Sendable {
    package var lines: [RecordLine] = []
    /// Where the next page begins; nil on the last.
    package var next: ListCursor?
    /// It ends early, because as many records were looked at as one page may.
    package var isCut = false
}

/// Lists of records for people: by key, and through the index that holds few rows where there is one.
extension SQLTransaction {
    /// How many rows a page may look at: some ten milliseconds.
    private static var mostLookedAt: Int { 20_000 }

    /// A page of a customer's records.
    ///
    /// - Parameters:
    ///   - kind: nil for all, in the order in which they are sent.
    ///   - after: `next` of the page before; one of another list begins anew.
    package func recordPage(
        customer: Int64, _ filter: RecordFilter? = nil, kind: RecordKind? = nil, after: ListCursor? = nil,
        limit: Int = 50
    ) throws -> RecordPage {
        let byKey: [ListColumn] = [.kind, .parent, .id]
        let bySending: [ListColumn] = [.kind, ListColumn(name: "priority"), ListColumn(name: "due_ms"), .rid]
        var walk = Walk(customer: customer, kind: kind, order: byKey, limit: limit)
        let found: Walk.Found
        switch filter {
        case nil: found = try visit(walk, after)
        case .wanted: found = try visit(walk, after) { !$0.flag(2) }
        case .held: found = try visit(walk, after) { !$0.flag(3) }
        case .synced: found = try visit(walk, after) { $0.int(1) == RecordState.synced.rawValue }
        case .deleting:
            walk.condition = "AND desired IS NULL"
            found = try visit(walk, after)
        case .confirming:
            walk.condition = "AND state = 2"
            found = try visit(walk, after)
        case .rejected:
            walk.order = [.kind, .rid]
            walk.condition = "AND state = 4"
            found = try visit(walk, after)
        case .waiting:
            walk.order = [ListColumn(name: "wait_kind"), ListColumn(name: "wait_id", isText: true), .rid]
            walk.condition = "AND state = 3"
            walk.kind = nil
            found = try visit(walk, after) { kind == nil || $0.int(4) == kind?.number }
        case .due:
            walk.order = bySending
            walk.condition = "AND state = 1 AND desired IS NOT NULL"
            let sending = try visit(walk, after)
            walk.condition = "AND state = 1 AND desired IS NULL"
            found = sending.merged(with: try visit(walk, after), limit: limit)
        }
        return RecordPage(lines: try lines(found.rids), next: found.next, isCut: found.isCut)
    }

    /// What belongs to a record, by id: a candidate's notes and applications, a job's applications and groups, an application's notes,
    /// stages and feedback.
    package func recordPage(
        customer: Int64, of owner: RecordKey, kind: RecordKind, after: ListCursor? = nil, limit: Int = 50
    ) throws -> RecordPage {
        var walk = Walk(customer: customer, kind: kind, order: [.id], limit: limit)
        if kind == .application {
            walk.kind = nil
            walk.order = [.rid]
            walk.condition = owner.kind == .job ? "AND job = ?" : "AND candidate = ?"
        } else {
            walk.condition = "AND parent = ?"
        }
        walk.values = [.text(owner.id)]
        let found = try visit(walk, after)
        return RecordPage(lines: try lines(found.rids), next: found.next)
    }

    /// One record as a list shows it; nil when it is not known.
    package func recordLine(customer: Int64, key: RecordKey) throws -> RecordLine? {
        let rid = try first(
            "SELECT rid FROM record WHERE customer_id = ? AND kind = ? AND parent = ? AND id = ?", place(customer, key)
        ) { $0.int(0) }
        return try rid.flatMap { try lines([$0]).first }
    }

    /// Records by their numbers, in that order; those that are gone are left out.
    func lines(_ rids: [Int64]) throws -> [RecordLine] {
        try rids.compactMap { rid in
            let found = try first(
                """
                SELECT \(RecordStatus.columns), r.customer_id, kind, parent, id, job, candidate, b.bytes FROM record r
                LEFT JOIN body b ON b.customer_id = r.customer_id AND b.rid = r.rid WHERE r.rid = ?
                """, [.int(rid)]
            ) { row in
                let column = RecordStatus.columnCount
                guard let kind = RecordKind(number: row.int(column + 1)) else {
                    throw StoreError(.schema, "a record has an unknown kind")
                }
                let key = RecordKey(kind, parent: row.text(column + 2), id: row.text(column + 3))
                return (
                    row.int(column),
                    RecordLine(
                        rid: rid, status: try RecordStatus(row, key: key), job: row.optionalText(column + 4),
                        candidate: row.optionalText(column + 5),
                        label: row.optionalBlob(column + 6).map(RecordLabel.read) ?? RecordLabel())
                )
            }
            guard case (let customer, var line)? = found else { return nil }
            if let wait = line.status.waitsFor, !line.status.isDeletion {
                line.status.waitsFor?.state = try state(customer: customer, key: RecordKey(wait.kind, id: wait.id))
            }
            return line
        }
    }

    /// Visits an index in its order, from where the page before ended.
    private func visit(
        _ walk: Walk, _ after: ListCursor?, where isWanted: (borrowing SQLRow) -> Bool = { _ in true }
    ) throws -> Walk.Found {
        let order = walk.kind == nil ? walk.order : walk.order.filter { $0.name != "kind" }
        let columns = order.map(\.name).joined(separator: ", ")
        let start = after?.matching(order)
        var sql = """
            SELECT rid, state, desired IS NULL, observed IS NULL, kind, \(columns) FROM record
            WHERE customer_id = ? \(walk.kind == nil ? "" : "AND kind = ?") \(walk.condition)
            """
        var values: [SQLValue] = [.int(walk.customer)]
        if let kind = walk.kind { values.append(.int(kind.number)) }
        values += walk.values
        if let start {
            sql += " AND (\(columns)) > (\(start.map { _ in "?" }.joined(separator: ", ")))"
            values += start
        }
        var found = Walk.Found()
        var looked = 0
        try each(sql + " ORDER BY \(columns)", values) { row in
            if found.rows.count == walk.limit {
                found.next = found.last.map(ListCursor.init)
                return false
            }
            if isWanted(row) { found.rows.append((row.int(0), Walk.values(row, order))) }
            looked += 1
            guard looked == Self.mostLookedAt else { return true }
            found.next = ListCursor(Walk.values(row, order))
            found.isCut = found.rows.count < walk.limit
            return false
        }
        return found
    }
}

/// A way through the records of a customer.
private struct Walk {
    var customer: Int64
    var kind: RecordKind?
    var order: [ListColumn]
    var limit: Int
    var condition = ""
    var values: [SQLValue] = []

    struct Found {
        var rows: [(rid: Int64, values: [SQLValue])] = []
        var next: ListCursor?
        var isCut = false

        var rids: [Int64] { rows.map(\.rid) }
        var last: [SQLValue]? { rows.last?.values }

        /// Both in one order of numbers.
        func merged(with other: Found, limit: Int) -> Found {
            var both = Found()
            let all = (rows + other.rows).sorted { left, right in
                for case (.int(let left), .int(let right)) in zip(left.values, right.values) where left != right {
                    return left < right
                }
                return false
            }
            both.rows = Array(all.prefix(limit))
            if all.count > limit || next != nil || other.next != nil { both.next = both.last.map(ListCursor.init) }
            return both
        }
    }

    /// The values of the order's columns, which follow five others.
    static func values(_ row: borrowing SQLRow, _ order: [ListColumn]) -> [SQLValue] {
        var values: [SQLValue] = []
        for (offset, column) in order.enumerated() {
            let index = Int32(offset) + 5
            values.append(column.isText ? .text(row.text(index)) : .int(row.int(index)))
        }
        return values
    }
}

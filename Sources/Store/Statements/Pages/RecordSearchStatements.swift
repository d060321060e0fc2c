// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// What somebody looks for among a customer's records.
package struct RecordSearch: Sendable {
    /// The beginning of an id, or words of a name or title.
    package var text: String
    package var kind: RecordKind?
    package var filter: RecordFilter?

    package init(_ text: String, kind: RecordKind? = nil, filter: RecordFilter? = nil) {
        self.text = text
        self.kind = kind
        self.filter = filter
    }

    /// What follows every text that begins with `text`, in the order of bytes.
    static func end(_ text: String) -> String { text + "\u{10FFFF}" }
}

/// Finding records by id and by name. First come those whose id begins with the text, and what belongs to such records; then candidates
/// and jobs by name, as far as the index of names reaches.
extension SQLTransaction {
    private static var mostNames: Int { 50_000 }
    private static var mostTried: Int { 1_000 }

    package func find(_ search: RecordSearch, customer: Int64, after: ListCursor? = nil, limit: Int = 50) throws
        -> RecordPage
    {
        var page = RecordPage()
        var tried = 0
        var cursor = after
        // Some records more than are shown, because the filter looks at the records themselves.
        while true {
            let step = try nextFound(search, customer: customer, after: cursor, limit: limit)
            for (rid, place) in step.found {
                if page.lines.count == limit {
                    page.next = cursor
                    return page
                }
                cursor = place
                tried += 1
                if let line = try lines([rid]).first, search.shows(line, at: place) { page.lines.append(line) }
            }
            guard let next = step.next else { return page }
            cursor = next
            if tried >= Self.mostTried || step.isCut {
                page.next = next
                page.isCut = page.lines.count < limit
                return page
            }
        }
    }

    /// The next records by id, and when there are none left, by name.
    private func nextFound(_ search: RecordSearch, customer: Int64, after: ListCursor?, limit: Int) throws -> (
        found: [(rid: Int64, place: ListCursor)], next: ListCursor?, isCut: Bool
    ) {
        let names = ListCursor([.text(""), .int(0)])
        if let after, case .text? = after.values.first {
            return try byName(search, customer: customer, after: after, limit: limit)
        }
        let found = try byID(search, customer: customer, after: after, limit: limit)
        let isLast = found.count < limit
        return (found, isLast ? names : found.last?.place, false)
    }

    private func byID(_ search: RecordSearch, customer: Int64, after: ListCursor?, limit: Int) throws -> [(
        rid: Int64, place: ListCursor
    )] {
        var found: [(rid: Int64, place: ListCursor)] = []
        let start = after?.matching([.kind, .parent, .id])
        let (from, end) = (SQLValue.text(search.text), SQLValue.text(RecordSearch.end(search.text)))
        for kind in search.kind.map({ [$0] }) ?? RecordKind.allCases.sorted(by: { $0.number < $1.number }) {
            var values: [SQLValue] = [.int(customer), .int(kind.number)]
            var condition: String
            if kind.parent == nil {
                condition = "AND parent = '' AND id >= ? AND id < ?"
                values += [from, end]
            } else {
                condition = "AND ((id >= ? AND id < ?) OR (parent >= ? AND parent < ?))"
                values += [from, end, from, end]
            }
            if let start, case .int(let number) = start[0] {
                if kind.number < number { continue }
                if kind.number == number {
                    condition += " AND (parent, id) > (?, ?)"
                    values += start.dropFirst()
                }
            }
            // Only the index is read.
            try each(
                "SELECT rid, kind, parent, id FROM record WHERE customer_id = ? AND kind = ? \(condition) ORDER BY parent, id LIMIT ?",
                values + [.int(limit - found.count)]
            ) { row in
                found.append(
                    (row.int(0), ListCursor([.int(row.int(1)), .text(row.text(2)), .text(row.text(3))])))
                return true
            }
            if found.count == limit { break }
        }
        return found
    }

    private func byName(_ search: RecordSearch, customer: Int64, after: ListCursor, limit: Int) throws -> (
        found: [(rid: Int64, place: ListCursor)], next: ListCursor?, isCut: Bool
    ) {
        let words = WhoIsWho.searched(search.text)
        let order = [ListColumn(name: "name", isText: true), .rid]
        guard let start = after.matching(order), let lead = words.max(by: { $0.count < $1.count }),
            search.kind == nil || search.kind == .job || search.kind == .candidate
        else { return ([], nil, false) }
        let others = words.filter { $0 != lead }
        let fits = others.map { _ in "AND ' ' || name LIKE ?" }.joined(separator: " ")
        var found: [(rid: Int64, place: ListCursor)] = []
        var looked = 0
        var next: ListCursor?
        try each(
            """
            SELECT name, rid, (TRUE \(fits)) FROM record_name
            WHERE customer_id = ? AND name >= ? AND name < ? AND (name, rid) > (?, ?) ORDER BY name, rid
            """,
            others.map { .text("% \($0)%") } + [.int(customer), .text(lead), .text(RecordSearch.end(lead))] + start
        ) { row in
            looked += 1
            if row.flag(2) {
                let name = row.text(0)
                if Self.isFirstTurn(name, from: lead) {
                    found.append((row.int(1), ListCursor([.text(name), .int(row.int(1))])))
                }
            }
            guard found.count == limit || looked == Self.mostNames else { return true }
            next = ListCursor([.text(row.text(0)), .int(row.int(1))])
            return false
        }
        return (found, next, looked == Self.mostNames)
    }

    /// `anna anna-lena` would be found by both of its words: only the turn that sorts first counts.
    private static func isFirstTurn(_ name: String, from lead: String) -> Bool {
        guard name.contains(" " + lead) else { return true }
        return WhoIsWho.turns(of: [name]).filter { $0.hasPrefix(lead) }.min(by: {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        })
            == name
    }
}

extension RecordSearch {
    /// Whether a found record passes the filters, and was not found by its id already.
    fileprivate func shows(_ line: RecordLine, at place: ListCursor) -> Bool {
        if case .text? = place.values.first, line.key.id.utf8.starts(with: text.utf8) { return false }
        if let kind, line.key.kind != kind { return false }
        let status = line.status
        switch filter {
        case nil: return true
        case .wanted: return !status.isDeletion
        case .held: return status.observed != .nothing
        case .synced: return status.state == .synced
        case .due: return status.state == .due
        case .confirming: return status.state == .confirming
        case .waiting: return status.state == .waiting
        case .rejected: return status.state == .rejected
        case .deleting: return status.isDeletion
        }
    }
}

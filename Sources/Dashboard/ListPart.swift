// SPDX-License-Identifier: Apache-2.0

import Store
import Web

/// One page's part of a list that is read by key.
struct ListPart<Row> {
    let rows: ArraySlice<Row>
    /// Of the last row, when more follow.
    let nextKey: String?

    /// - Parameter found: `Pager.asked` rows at the most; the one that is too many tells that there is a next page.
    init(_ found: [Row], key: (Row) -> String) {
        rows = found.prefix(Pager.length)
        nextKey = found.count > Pager.length ? rows.last.map(key) : nil
    }

    /// Of a list that is read the newest first.
    init(_ found: [Row], mark: (Row) -> PageMark) { self.init(found) { mark($0).text } }

    /// - Parameter noun: what one row is.
    func pager(_ path: String, _ fields: FormFields, _ noun: String, key: String = "after") -> Pager {
        Pager(
            path, fields, nextKey: nextKey,
            says: Wording.count(rows.count, noun) + (nextKey == nil ? "" : " on this page"), key: key)
    }
}

extension Pager {
    /// Rows of a page.
    static let length = 50
    static let asked = length + 1
}

extension DashboardCall {
    /// Where the page of a list begins that is read the newest first; nil: at its start.
    var mark: PageMark? { query["after"].flatMap { PageMark($0) } }
}

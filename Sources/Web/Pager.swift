// SPDX-License-Identifier: Apache-2.0

/// The links under a list that is read page by page, by key: `after` the last row shown, or back to the start.
package struct Pager: Sendable {
    /// Of the next page; nil on the last.
    package var next: String?
    /// Of the first page; nil when this is it.
    package var first: String?
    /// What is shown, in words: "50 of 1,204 records".
    package var says: String

    /// - Parameters:
    ///   - path: of the list.
    ///   - fields: the list's filters, which the links keep.
    ///   - nextKey: the last row's key when there are more rows.
    package init(_ path: String, _ fields: FormFields, nextKey: String?, says: String, key: String = "after") {
        let filters = fields.query(except: [key])
        next = nextKey.map { path + "?" + fields.query(except: [key], adding: [(key, $0)]) }
        first = fields[key] == nil ? nil : path + (filters.isEmpty ? "" : "?" + filters)
        self.says = says
    }
}

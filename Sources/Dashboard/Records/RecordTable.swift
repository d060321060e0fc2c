// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Web

/// Records as the rows of a table: `{{#table}}{{> records}}{{/table}}`.
struct RecordTable: Sendable {
    struct Row: Sendable {
        var href: String
        var kind: String
        var id: String
        /// Of the record it belongs to.
        var owner: Link?
        var label: String?
        var state: Badge
        /// nil where the state says it all.
        var because: String?
        var changed: ShownTime
    }

    var caption: String
    var rows: [Row]

    init(_ caption: String, _ lines: [RecordLine], of customer: CustomerID, now: Millis) {
        self.caption = caption
        rows = lines.map { line in
            Row(
                href: line.key.path(of: customer), kind: line.key.kind.label, id: line.key.id,
                owner: line.key.owner.map { Link($0.id, $0.path(of: customer)) },
                label: line.label.text.map(Self.short),
                state: line.status.state.badge, because: line.status.state == .synced ? nil : line.status.because,
                changed: ShownTime(line.status.changedAt.value, now: now.value))
        }
    }

    /// A name that fits into a row; the record's page shows all of it.
    static func short(_ text: String) -> String { text.count > 80 ? text.prefix(80) + "…" : text }

    static let fragment = Fragment("records", utf8: PackageResources.record_table_mustache)
}

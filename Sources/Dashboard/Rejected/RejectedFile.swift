// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Web

/// What LinkedIn refused as a file for a spreadsheet, read and sent page by page.
enum RejectedFile {
    private static let step = 500

    static func download(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let reader = RejectedReader(
            store: call.store, customer: customer.number, group: RejectedGroup(call.query), step: step)
        let pieces = AsyncStream<[UInt8]> { await reader.next() }
        var response = WebResponse.download("rejected-\(customer.id).csv", type: "text/csv; charset=utf-8", [])
        response.body = .stream(pieces)
        return response
    }

    static let head = CSVText.line([
        "type", "id", "parent", "name", "reason", "field", "at", "request id", "in the ATS",
    ])

    static func row(_ line: RecordLine, ats: String?) -> String {
        let (status, reason) = (line.status, line.status.reason?.message ?? "")
        return CSVText.line([
            line.key.kind.rawValue, line.key.id, line.key.parent, line.label.text ?? "", reason,
            RejectedGroup.field(in: reason) ?? "", (status.sentAt ?? status.changedAt).iso8601, status.requestID ?? "",
            ats ?? "",
        ])
    }
}

/// Goes through the rejected records, one piece of the file at a time; whoever downloads sets the pace.
private actor RejectedReader {
    private let store: Store
    private let customer: Int64
    private let group: RejectedGroup?
    private let step: Int
    private var kinds: [RecordKind]
    private var after: Int64 = 0
    private var hasBegun = false

    init(store: Store, customer: Int64, group: RejectedGroup?, step: Int) {
        self.store = store
        self.customer = customer
        self.group = group
        self.step = step
        kinds = group.map { [$0.kind] } ?? RecordKind.allCases
    }

    /// - Returns: nil at the end. A file that breaks off says so in its last row.
    func next() async -> [UInt8]? {
        guard hasBegun else {
            hasBegun = true
            return Array(RejectedFile.head.utf8)
        }
        do {
            return try await read()
        } catch {
            kinds = []
            return Array(CSVText.line(["This file is incomplete: the rest could not be read."]).utf8)
        }
    }

    private func read() async throws -> [UInt8]? {
        while let kind = kinds.first {
            let (customer, after, step, group) = (customer, after, step, group)
            let rows = try await store.read { tx in
                let lines =
                    if let group {
                        try tx.rejected(
                            customer: customer, kind: kind, reason: group.reason, after: after, limit: step)
                    } else {
                        try tx.rejected(customer: customer, kind: kind, after: after, limit: step)
                    }
                return try lines.map {
                    ($0.rid, RejectedFile.row($0, ats: try ATSPage.address(of: $0, tx, customer: customer)))
                }
            }
            if let last = rows.last {
                self.after = last.0
                return Array(rows.map(\.1).joined().utf8)
            }
            kinds.removeFirst()
            self.after = 0
        }
        return nil
    }
}

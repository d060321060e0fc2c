// SPDX-License-Identifier: Apache-2.0

package import Domain
import JSONBytes
package import SQLFile

/// The last steps of an erasure: keys go, facts stay, and are signed.
extension SQLTransaction {
    /// The most request ids that a receipt lists; a contract's end makes tens of thousands of calls.
    private static let mostRequests = 500

    /// How many of the records that can be read back were, and how they stand: the outcome.
    ///
    /// - Parameter because: what stood in the way of a proof.
    private func outcome(erasure: Erasure, customer: Int64, because: String?) throws -> (word: String, because: String?)
    {
        let items = try items(erasure: erasure.id, customer: customer)
        if items.isEmpty { return ("nothing to delete", nil) }
        let open = (items[.pending] ?? 0) + (items[.unproven] ?? 0)
        if open > 0 { return ("unproven", because ?? "LinkedIn did not confirm every deletion") }
        if items.keys.allSatisfy({ $0 == .neverHeld }) { return ("never held", nil) }
        // A candidate is the head of everything (protocol reference D.3): what hangs on it need not be readable.
        let unread = try first(
            "SELECT 1 FROM erasure_item WHERE customer_id = ? AND erasure_id = ? AND state = 1 AND kind = 2 LIMIT 1",
            [.int(customer), .text(erasure.id)]
        ) { _ in true }
        if unread != nil { return ("unproven", because ?? "LinkedIn could not be read back") }
        return ("proven", nil)
    }

    /// Deletes the next rows of a customer whose contract ended, and counts them for the receipt. What the erasure itself still needs goes
    /// last, once the facts are written down; the lease it works under stays.
    ///
    /// - Returns: false when nothing was left.
    package func clearMore(_ erasure: Erasure, customer: Int64, limit: Int) throws -> Bool {
        let kept: Set = erasure.state == .sealing ? ["lease"] : ["lease", "erasure_item", "erasure_subject"]
        let deleted = try deleteEverything(customer: customer, but: kept, limit: limit)
        if erasure.state == .clearing {
            for (table, erased) in deleted { try count(table, erased, erasure: erasure.id, customer: customer) }
        }
        return !deleted.isEmpty
    }

    /// Scrubs once more and writes down the facts of the receipt. The keys of a candidate's or person's erasure are forgotten with it; a
    /// contract's end has too many for one commit: before and after, it takes `clearMore`.
    ///
    /// - Parameter because: what stood in the way of a proof; nil when nothing did.
    package func clear(_ erasure: Erasure, customer: Int64, because: String?, at now: Millis) throws {
        if erasure.kind != .everything { try scrubAgain(erasure: erasure.id, customer: customer) }
        let (word, because) = try outcome(erasure: erasure, customer: customer, because: because)
        let facts = try facts(erasure, customer: customer, outcome: word, because: because)
        try run(
            """
            UPDATE erasure SET facts = ?, state = 4, due_ms = ?, because = ?, deleted_ms = coalesce(deleted_ms, ?), proved_ms = ?
            WHERE customer_id = ? AND erasure_id = ?
            """,
            .blob(facts.bytes), .int(now.value), .optional(because), .int(now.value),
            .optional(word == "proven" ? now.value : nil), .int(customer), .text(erasure.id))
        guard erasure.kind != .everything else { return }
        try run("DELETE FROM erasure_item WHERE customer_id = ? AND erasure_id = ?", .int(customer), .text(erasure.id))
        try run(
            "DELETE FROM erasure_subject WHERE customer_id = ? AND erasure_id = ?", .int(customer), .text(erasure.id))
    }

    /// Signs the receipt and tells the ATS.
    package func seal(_ erasure: Erasure, customer: Int64, key: ReceiptKey, overwrittenAt: Millis, at now: Millis)
        throws
    {
        let stored = try first(
            "SELECT facts FROM erasure WHERE customer_id = ? AND erasure_id = ? AND state = 4",
            [.int(customer), .text(erasure.id)]
        ) { $0.blob(0) }
        guard let stored, var facts = try? JSONValue(parsing: stored) else { return }
        if erasure.kind == .everything { _ = try deleteEverything(customer: customer, limit: .max) }
        facts["overwrittenAt"] = .string(overwrittenAt.iso8601)
        facts["finishedAt"] = .string(now.iso8601)
        let receipt = try Receipt(facts, key: key)
        try run(
            """
            UPDATE erasure SET state = 5, receipt = ?, finished_ms = ?, proved_ms = proved_ms WHERE customer_id = ? AND erasure_id = ?
            """, .blob(receipt.json.bytes), .int(now.value), .int(customer), .text(erasure.id))
        guard erasure.kind != .everything else { return }
        let data: JSONValue = [
            "receipt": .string(erasure.id), "candidateId": nil,
            "outcome": facts["linkedIn"]?["outcome"] ?? nil,
        ]
        try append(NewEvent(.erased, isFromLinkedIn: false, data: data.bytes), customer: customer, at: now)
    }

    private func facts(_ erasure: Erasure, customer: Int64, outcome: String, because: String?) throws -> JSONValue {
        var here = JSONObject()
        try each(
            "SELECT holding, erased FROM erasure_count WHERE customer_id = ? AND erasure_id = ? ORDER BY holding",
            [.int(customer), .text(erasure.id)]
        ) { row in
            here[row.text(0)] = .int(row.int(1))
            return true
        }
        var records = JSONObject()
        for (kind, progress) in try progress(erasure: erasure.id, customer: customer).sorted(by: { $0.key < $1.key }) {
            records[kind.rawValue] = .object(progress.json)
        }
        let (requests, total) = try requests(erasure, customer: customer)
        let linkedIn: JSONObject = [
            "outcome": .string(outcome), "because": because.map(JSONValue.string) ?? nil, "records": .object(records),
            "requests": .array(requests), "requestsInAll": .int(Int64(total)),
        ]
        return [
            "version": 1, "id": .string(erasure.id), "customer": .string(erasure.customer.text),
            "subject": [
                "kind": .string(erasure.kind.word), "salt": .string(erasure.salt.hex),
                "hash": .string(erasure.subject.hex),
                "method":
                    "HMAC-SHA256 with a key of this connector over salt, customer, kind, id; each but the salt ends with a zero byte",
            ],
            "askedAt": .string(erasure.askedAt.iso8601),
            "erasedHereAt": (erasure.localAt ?? erasure.askedAt).jsonTime,
            "deletedAtLinkedInAt": outcome == "proven" ? erasure.deletedAt?.jsonTime ?? nil : nil,
            "erasedHere": .object(here), "linkedIn": .object(linkedIn),
        ]
    }

    /// The calls that did it, with LinkedIn's own ids: what its support finds them by.
    private func requests(_ erasure: Erasure, customer: Int64) throws -> (listed: [JSONValue], total: Int) {
        var listed: [JSONValue] = []
        var total = 0
        for (does, id, at, status) in [
            ("delete", "request_id", "deleted_ms", "coalesce(status, 0)"),
            ("read back", "proof_id", "proof_ms", "state"),
        ] {
            try each(
                """
                SELECT \(id), kind, \(status), min(\(at)), count(*) FROM erasure_item
                WHERE customer_id = ? AND erasure_id = ? AND \(id) IS NOT NULL GROUP BY \(id), kind, \(status) ORDER BY 4, 1, 2
                """, [.int(customer), .text(erasure.id)]
            ) { row in
                total += 1
                guard listed.count < Self.mostRequests else { return true }
                var request: JSONObject = [
                    "id": .string(row.text(0)), "does": .string(does),
                    "kind": .string(RecordKind(number: row.int(1))?.rawValue ?? ""),
                    "records": .int(row.int(4)), "at": row.optionalInt(3).map { Millis($0).jsonTime } ?? nil,
                ]
                if does == "delete" {
                    request["status"] = .int(row.int(2))
                } else {
                    request["found"] = row.int(2) == ErasureItem.State.proven.rawValue ? "nothing" : "no answer"
                }
                listed.append(.object(request))
                return true
            }
        }
        return (listed, total)
    }
}

extension Millis {
    fileprivate var jsonTime: JSONValue { .string(iso8601) }
}

extension ErasureProgress {
    var json: JSONObject {
        [
            "total": .int(Int64(total)), "deleted": .int(Int64(deleted)), "proven": .int(Int64(proven)),
            "unproven": .int(Int64(unproven)), "neverHeld": .int(Int64(neverHeld)), "sentAgain": .int(Int64(sentAgain)),
        ]
    }
}

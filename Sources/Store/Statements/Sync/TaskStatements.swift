// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// Job tasks to ask LinkedIn for, the longest overdue first.
    package func tasks(customer: Int64, dueBefore moment: Millis, limit: Int) throws -> [TaskPoll] {
        try rows(
            """
            SELECT t.task, t.rid, r.id, t.submitted_ms, t.polls FROM job_task t
            JOIN record r ON r.customer_id = t.customer_id AND r.rid = t.rid
            WHERE t.customer_id = ? AND t.poll_ms <= ? ORDER BY t.poll_ms LIMIT ?
            """, [.int(customer), .int(moment.value), .int(limit)]
        ) { row in
            TaskPoll(
                task: row.text(0), rid: row.int(1), key: RecordKey(.job, id: row.text(2)),
                submittedAt: Millis(row.int(3)),
                polls: Int(row.int(4)))
        }
    }

    /// When the next task is to be asked for; nil when none is open.
    package func nextTask(customer: Int64) throws -> Millis? {
        try first("SELECT poll_ms FROM job_task WHERE customer_id = ? ORDER BY poll_ms LIMIT 1", [.int(customer)]) {
            Millis($0.int(0))
        }
    }

    /// Writes down what asking for tasks said. A task that ended settles its job like `settle` does.
    package func settleTasks(_ outcomes: [TaskOutcome], customer: Int64, at now: Millis) throws {
        var settlement = Settlement(tx: self, customer: customer, now: now, matchPollAt: now)
        for outcome in outcomes {
            if case .pending(let pollAt) = outcome.result {
                try run(
                    "UPDATE job_task SET poll_ms = ?, polls = polls + 1 WHERE customer_id = ? AND task = ?",
                    .int(pollAt.value), .int(customer), .text(outcome.task))
                continue
            }
            let ended = try first(
                "DELETE FROM job_task WHERE customer_id = ? AND task = ? RETURNING rid, revision, sent",
                [.int(customer), .text(outcome.task)]
            ) { row in (rid: row.int(0), revision: row.int(1), sent: row.optionalBlob(2).map(ContentHash.init)) }
            guard let ended, let (row, key) = try settlement.find(ended.rid) else { continue }
            switch outcome.result {
            case .succeeded:
                try settlement.accepted(row, key, sent: ended.sent, revision: ended.revision)
            case .failed(let reason):
                try settlement.rejected(row, key, reason, revision: ended.revision, requestID: outcome.requestID)
            case .lost(let retryAt, let reason):
                try settlement.retry(row, at: retryAt, reason, revision: ended.revision, requestID: outcome.requestID)
            case .pending:
                break
            }
        }
        try settlement.finish()
    }
}

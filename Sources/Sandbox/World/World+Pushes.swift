// SPDX-License-Identifier: Apache-2.0

import SQLFile

/// Statements on `push` and `callback_check`.
extension SQLTransaction {
    func addPush(_ push: Push) throws {
        try run(
            """
            INSERT INTO push
                (application, url, type, request_id, subject, body, created_ms, expires_ms, attempts, next_ms, outcome)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .int(push.application), .text(push.url), .text(push.type), .text(push.requestID), .text(push.subject),
            .blob(push.body),
            .int(push.created.millis), .int(push.expires.millis), .int(push.attempts), .optional(push.next?.millis),
            .text(push.outcome))
    }

    func duePushes(at now: Moment, limit: Int) throws -> [Push] {
        try rows(
            Self.selectPush + "WHERE next_ms <= ? ORDER BY next_ms, id LIMIT ?", [.int(now.millis), .int(limit)],
            Self.push)
    }

    /// The newest first.
    func pushes(limit: Int) throws -> [Push] {
        try rows(Self.selectPush + "ORDER BY id DESC LIMIT ?", [.int(limit)], Self.push)
    }

    func settlePush(id: Int64, attempts: Int, next: Moment?, outcome: String) throws {
        try run(
            "UPDATE push SET attempts = ?, next_ms = ?, outcome = ? WHERE id = ?",
            .int(attempts), .optional(next?.millis), .text(outcome), .int(id))
    }

    func pushSubject(requestID: String, application: Int64, now: Moment) throws -> String? {
        try first(
            "SELECT subject FROM push WHERE request_id = ? AND application = ? AND expires_ms > ?",
            [.text(requestID), .int(application), .int(now.millis)]
        ) { $0.text(0) }
    }

    func putCallbackCheck(_ check: CallbackCheck) throws {
        try run(
            """
            INSERT INTO callback_check (application, url, checked_ms, next_ms, failures, outcome) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (application, url) DO UPDATE SET
                checked_ms = excluded.checked_ms, next_ms = excluded.next_ms, failures = excluded.failures, outcome = excluded.outcome
            """,
            .int(check.application), .text(check.url), .int(check.checked.millis), .optional(check.next?.millis),
            .int(check.failures),
            .text(check.outcome))
    }

    func dueCallbackChecks(at now: Moment) throws -> [CallbackCheck] {
        try callbackChecks().filter { $0.next.map { $0 <= now } ?? false }
    }

    func callbackChecks() throws -> [CallbackCheck] {
        try rows(
            "SELECT application, url, checked_ms, next_ms, failures, outcome FROM callback_check ORDER BY application, url"
        ) {
            CallbackCheck(
                application: $0.int(0), url: $0.text(1), checked: Moment($0.int(2)),
                next: $0.optionalInt(3).map(Moment.init),
                failures: Int($0.int(4)), outcome: $0.text(5))
        }
    }

    private static let selectPush = """
        SELECT id, application, url, type, request_id, subject, body, created_ms, expires_ms, attempts, next_ms, outcome FROM push

        """

    private static func push(_ row: borrowing SQLRow) -> Push {
        Push(
            id: row.int(0), application: row.int(1), url: row.text(2), type: row.text(3), requestID: row.text(4),
            subject: row.text(5),
            body: row.blob(6), created: Moment(row.int(7)), expires: Moment(row.int(8)), attempts: Int(row.int(9)),
            next: row.optionalInt(10).map(Moment.init), outcome: row.text(11))
    }
}

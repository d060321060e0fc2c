// SPDX-License-Identifier: Apache-2.0

import SQLFile

/// Statements on `push`.
extension SQLTransaction {
    func addPush(_ push: Push) throws {
        try run(
            """
            INSERT INTO push
                (application, url, type, request_id, subject, body, signature, created_ms, expires_ms, ends_ms, attempts,
                 tried_ms, next_ms, status, outcome)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .int(push.application), .text(push.url), .text(push.type), .text(push.requestID), .text(push.subject),
            .blob(push.body), .text(push.signature), .int(push.created.millis), .int(push.expires.millis),
            .int(push.ends.millis), .int(push.attempts), .optional(push.tried?.millis), .optional(push.next?.millis),
            .optional(push.status.map { Int64($0) }), .text(push.outcome))
    }

    /// Where something is to be sent now.
    func duePushURLs(at now: Moment) throws -> [String] {
        try rows(
            "SELECT DISTINCT url FROM push WHERE next_ms IS NOT NULL AND next_ms <= ?", [.int(now.millis)]
        ) { $0.text(0) }
    }

    /// In the order in which they came to be.
    func duePushes(to url: String, at now: Moment, limit: Int) throws -> [Push] {
        try rows(
            Self.selectPush + "WHERE url = ? AND next_ms IS NOT NULL AND next_ms <= ? ORDER BY id LIMIT ?",
            [.text(url), .int(now.millis), .int(limit)], Self.push)
    }

    /// The newest first.
    func pushes(limit: Int) throws -> [Push] {
        try rows(Self.selectPush + "ORDER BY id DESC LIMIT ?", [.int(limit)], Self.push)
    }

    /// Those in one state, or all, with an id under `before`; the newest first.
    func pushes(state: PushList.State?, before: Int64, limit: Int) throws -> [Push] {
        let condition =
            switch state {
            case nil: ""
            case .waiting: "AND id IN (SELECT id FROM push WHERE next_ms IS NOT NULL)"
            case .delivered: "AND next_ms IS NULL AND status BETWEEN 200 AND 299"
            case .given: "AND next_ms IS NULL AND (status IS NULL OR status NOT BETWEEN 200 AND 299)"
            }
        return try rows(
            Self.selectPush + "WHERE id < ? \(condition) ORDER BY id DESC LIMIT ?", [.int(before), .int(limit)],
            Self.push)
    }

    /// How many are still to be sent.
    func waitingPushes() throws -> Int {
        Int(try first("SELECT count(*) FROM push WHERE next_ms IS NOT NULL") { $0.int(0) } ?? 0)
    }

    func push(requestID: String) throws -> Push? {
        try first(Self.selectPush + "WHERE request_id = ?", [.text(requestID)], Self.push)
    }

    /// Stores what became of an attempt.
    func settlePush(_ push: Push) throws {
        try run(
            "UPDATE push SET attempts = ?, tried_ms = ?, next_ms = ?, status = ?, outcome = ? WHERE id = ?",
            .int(push.attempts), .optional(push.tried?.millis), .optional(push.next?.millis),
            .optional(push.status.map { Int64($0) }), .text(push.outcome), .int(push.id))
    }

    /// Makes everything that is due at a URL wait, or gives it up when its time is over.
    func postponePushes(to url: String, at now: Moment, until retry: Moment, outcome: String) throws {
        try run(
            """
            UPDATE push SET next_ms = CASE WHEN ends_ms <= ? THEN NULL ELSE ? END, outcome = ?
            WHERE url = ? AND next_ms IS NOT NULL AND next_ms <= ?
            """,
            .int(retry.millis), .int(retry.millis), .text(outcome), .text(url), .int(now.millis))
    }

    /// Sends an event once more, whatever became of it.
    func resendPush(requestID: String, at now: Moment) throws {
        try run(
            "UPDATE push SET next_ms = ?, outcome = 'waits to be sent again' WHERE request_id = ?", .int(now.millis),
            .text(requestID))
    }

    func pushSubject(requestID: String, application: Int64, now: Moment) throws -> String? {
        try first(
            "SELECT subject FROM push WHERE request_id = ? AND application = ? AND expires_ms > ?",
            [.text(requestID), .int(application), .int(now.millis)]
        ) { $0.text(0) }
    }

    private static let selectPush = """
        SELECT id, application, url, type, request_id, subject, body, signature, created_ms, expires_ms, ends_ms, attempts,
               tried_ms, next_ms, status, outcome
        FROM push

        """

    private static func push(_ row: borrowing SQLRow) -> Push {
        Push(
            id: row.int(0), application: row.int(1), url: row.text(2), type: row.text(3), requestID: row.text(4),
            subject: row.text(5), body: row.blob(6), signature: row.text(7), created: Moment(row.int(8)),
            expires: Moment(row.int(9)), ends: Moment(row.int(10)), attempts: Int(row.int(11)),
            tried: row.optionalInt(12).map(Moment.init), next: row.optionalInt(13).map(Moment.init),
            status: row.optionalInt(14).map { Int($0) }, outcome: row.text(15))
    }
}

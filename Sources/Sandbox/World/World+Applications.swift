// SPDX-License-Identifier: Apache-2.0

import Foundation
import SQLFile

/// Statements on `application` and `application_secret`.
extension SQLTransaction {
    func applications() throws -> [DeveloperApplication] {
        let found = try rows(
            """
            SELECT number, client_id, parent, unique_foreign_id, name, description, js_domains, callback_urls, created_ms
            FROM application ORDER BY number
            """
        ) { row in
            DeveloperApplication(
                number: row.int(0), clientID: row.text(1), parent: row.optionalInt(2),
                uniqueForeignID: row.optionalText(3),
                name: row.text(4), description: row.text(5), jsDomains: Self.lines(row.text(6)),
                callbackURLs: Self.lines(row.text(7)),
                secrets: [], created: Moment(row.int(8)))
        }
        return try found.map { application in
            var application = application
            application.secrets = try secrets(application: application.number)
            return application
        }
    }

    func applicationNumber(parent: Int64, uniqueForeignID: String) throws -> Int64? {
        try first(
            "SELECT number FROM application WHERE parent = ? AND unique_foreign_id = ?",
            [.int(parent), .text(uniqueForeignID)]
        ) { $0.int(0) }
    }

    /// Stores a new application and its secrets under the next number.
    func addApplication(_ draft: DeveloperApplication) throws -> DeveloperApplication {
        var made = draft
        made.number = try first("SELECT coalesce(max(number), 700000) + 1 FROM application") { $0.int(0) } ?? 700_001
        try run(
            """
            INSERT INTO application
                (number, client_id, parent, unique_foreign_id, name, description, js_domains, callback_urls, created_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .int(made.number), .text(made.clientID), .optional(made.parent), .optional(made.uniqueForeignID),
            .text(made.name),
            .text(made.description), .text(Self.text(made.jsDomains)), .text(Self.text(made.callbackURLs)),
            .int(made.created.millis))
        for secret in made.secrets { try addSecret(secret, application: made.number, at: made.created) }
        return made
    }

    func updateApplication(_ application: DeveloperApplication) throws {
        try run(
            "UPDATE application SET name = ?, description = ?, js_domains = ?, callback_urls = ? WHERE number = ?",
            .text(application.name), .text(application.description), .text(Self.text(application.jsDomains)),
            .text(Self.text(application.callbackURLs)), .int(application.number))
    }

    /// Oldest first.
    func secrets(application: Int64) throws -> [String] {
        try rows(
            "SELECT secret FROM application_secret WHERE application = ? ORDER BY created_ms, secret",
            [.int(application)]
        ) {
            $0.text(0)
        }
    }

    func addSecret(_ secret: String, application: Int64, at now: Moment) throws {
        try run(
            "INSERT INTO application_secret (application, secret, created_ms) VALUES (?, ?, ?)",
            .int(application), .text(secret), .int(now.millis))
    }

    func removeSecret(_ secret: String, application: Int64) throws {
        try run("DELETE FROM application_secret WHERE application = ? AND secret = ?", .int(application), .text(secret))
    }

    /// A list of URLs, one per line: no URL holds a line feed.
    private static func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
    private static func text(_ lines: [String]) -> String { lines.joined(separator: "\n") }
}

// SPDX-License-Identifier: Apache-2.0

package import Domain
import SQLFile

extension SampleATS {
    /// What a day's work in the ATS changed, by type of record.
    package struct Changes: Sendable {
        package var edited: [RecordKind: Int] = [:]
        package var added: [RecordKind: Int] = [:]
        package var deleted: [RecordKind: Int] = [:]
    }

    /// Plays recruiters at work: new telephone numbers, applications that move on, a job closed.
    ///
    /// - Parameter count: how many candidates change; half as many applications move, one job in twenty of them closes.
    /// - Parameter at: when it happens; a mapping's watermark sees it.
    package func edit(_ count: Int, at moment: Millis) async throws -> Changes {
        let now = SQLValue.text(Clock.text(moment.value))
        return try await database.write { tx in
            var changes = Changes()
            changes.edited[.candidate] = try tx.run(
                """
                UPDATE people SET mobile = mobile || '1', job_title = 'Senior ' || job_title, modified_on = ?
                WHERE person_id IN (SELECT person_id FROM people ORDER BY person_id DESC LIMIT ?)
                """, now, .int(count))
            let moving = try tx.rows(
                "SELECT submission_id, step FROM submissions WHERE step IN (10, 20, 30, 40) ORDER BY submission_id DESC LIMIT ?",
                [.int(max(1, count / 2))]
            ) { ($0.int(0), $0.int(1)) }
            for (id, step) in moving {
                try tx.run(
                    "UPDATE submissions SET step = ?, modified_on = ? WHERE submission_id = ?", .int(step + 10), now,
                    .int(id))
                try tx.run(
                    """
                    INSERT INTO submission_events
                    SELECT submission_id, max(number) + 1, ?, ? FROM submission_events WHERE submission_id = ? GROUP BY submission_id
                    """, .int(step + 10), now, .int(id))
            }
            changes.edited[.application] = moving.count
            changes.added[.stage] = moving.count
            changes.edited[.job] = try tx.run(
                """
                UPDATE requisitions SET state = 'Filled', closed_on = ?, modified_on = ?
                WHERE req_number IN (SELECT req_number FROM requisitions WHERE state = 'Open' ORDER BY req_number LIMIT ?)
                """, now, now, .int(max(1, count / 20)))
            return changes
        }
    }

    /// Deletes candidates as a request for erasure does: with their applications and everything below them, each
    /// leaving a row in `removals`.
    package func delete(candidates count: Int, at moment: Millis) async throws -> Changes {
        let now = SQLValue.text(Clock.text(moment.value))
        return try await database.write { tx in
            var changes = Changes()
            let people = try tx.rows("SELECT person_id FROM people ORDER BY person_id LIMIT ?", [.int(count)]) {
                $0.int(0)
            }
            for person in people {
                let submissions = try tx.rows(
                    "SELECT submission_id FROM submissions WHERE person_id = ?", [.int(person)]
                ) { $0.int(0) }
                for id in submissions {
                    changes.deleted[.stage, default: 0] += try remove(
                        tx, "stage", "submission_events", "submission_id || '-' || number", "submission_id",
                        "submission_id = ?", .int(id), now)
                    changes.deleted[.feedback, default: 0] += try remove(
                        tx, "feedback", "scorecards", "scorecard_id", "submission_id", "submission_id = ?", .int(id),
                        now)
                    changes.deleted[.applicationNote, default: 0] += try remove(
                        tx, "submission comment", "comments", "comment_id", "subject_id",
                        "subject = 'submission' AND subject_id = ?", .int(id), now)
                    changes.deleted[.application, default: 0] += try remove(
                        tx, "submission", "submissions", "submission_id", "NULL", "submission_id = ?", .int(id), now)
                }
                changes.deleted[.candidateNote, default: 0] += try remove(
                    tx, "person comment", "comments", "comment_id", "subject_id",
                    "subject = 'person' AND subject_id = ?", .int(person), now)
                try tx.run("DELETE FROM person_emails WHERE person_id = ?", .int(person))
                changes.deleted[.candidate, default: 0] += try remove(
                    tx, "person", "people", "person_id", "NULL", "person_id = ?", .int(person), now)
            }
            return changes
        }
    }

    /// Moves rows to `removals`. Every piece of SQL is a constant of this file.
    private func remove(
        _ tx: SQLTransaction, _ what: String, _ table: String, _ id: String, _ parent: String, _ condition: String,
        _ value: SQLValue, _ now: SQLValue
    ) throws -> Int {
        try tx.run(
            "INSERT INTO removals (what, id, parent_id, removed_on) SELECT ?, \(id), \(parent), ? FROM \(table) WHERE \(condition)",
            .text(what), now, value)
        return try tx.run("DELETE FROM \(table) WHERE \(condition)", value)
    }
}

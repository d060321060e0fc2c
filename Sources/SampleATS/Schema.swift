// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The tables of the sample ATS. Times are UTC, `yyyy-MM-dd HH:mm:ss`.
enum Schema {
    static let sql = """
        CREATE TABLE recruiters (
            recruiter_id INTEGER PRIMARY KEY, given_name VARCHAR(60) NOT NULL, family_name VARCHAR(60) NOT NULL, email VARCHAR(120) NOT NULL
        );
        CREATE TABLE requisitions (
            req_number VARCHAR(20) PRIMARY KEY, title VARCHAR(120) NOT NULL, department VARCHAR(60) NOT NULL, description_html TEXT NOT NULL,
            city VARCHAR(60), region VARCHAR(60), country CHAR(2), state VARCHAR(20) NOT NULL, is_public INTEGER NOT NULL,
            recruiter_id INTEGER NOT NULL REFERENCES recruiters, opened_on DATETIME NOT NULL, closed_on DATETIME, modified_on DATETIME NOT NULL
        );
        CREATE TABLE people (
            person_id INTEGER PRIMARY KEY, given_name VARCHAR(60) NOT NULL, family_name VARCHAR(60) NOT NULL, employer VARCHAR(120),
            job_title VARCHAR(120), mobile VARCHAR(40), landline VARCHAR(40), linkedin VARCHAR(200), street VARCHAR(120), city VARCHAR(60),
            region VARCHAR(60), country CHAR(2), created_on DATETIME NOT NULL, modified_on DATETIME NOT NULL
        );
        CREATE TABLE person_emails (
            person_id INTEGER NOT NULL REFERENCES people, position INTEGER NOT NULL, address VARCHAR(200) NOT NULL,
            PRIMARY KEY (person_id, position)
        );
        CREATE TABLE submissions (
            submission_id INTEGER PRIMARY KEY, req_number VARCHAR(20) NOT NULL REFERENCES requisitions, person_id INTEGER NOT NULL REFERENCES people,
            channel VARCHAR(40), step INTEGER NOT NULL, decline_reason VARCHAR(120), submitted_on DATETIME NOT NULL, modified_on DATETIME NOT NULL
        );
        CREATE INDEX submissions_of_person ON submissions (person_id);
        CREATE TABLE submission_events (
            submission_id INTEGER NOT NULL REFERENCES submissions, number INTEGER NOT NULL, step INTEGER NOT NULL, happened_on DATETIME NOT NULL,
            PRIMARY KEY (submission_id, number)
        );
        CREATE TABLE comments (
            comment_id INTEGER PRIMARY KEY, subject VARCHAR(12) NOT NULL, subject_id INTEGER NOT NULL, recruiter_id INTEGER NOT NULL REFERENCES recruiters,
            body TEXT NOT NULL, written_on DATETIME NOT NULL, modified_on DATETIME NOT NULL
        );
        CREATE INDEX comments_of ON comments (subject, subject_id);
        CREATE TABLE scorecards (
            scorecard_id INTEGER PRIMARY KEY, submission_id INTEGER NOT NULL REFERENCES submissions, kind VARCHAR(10) NOT NULL,
            interviewer_first VARCHAR(60) NOT NULL, interviewer_last VARCHAR(60) NOT NULL, summary TEXT, skills INTEGER, communication INTEGER, motivation INTEGER, recorded_on DATETIME NOT NULL
        );
        CREATE INDEX scorecards_of ON scorecards (submission_id);
        CREATE TABLE removals (
            removal_id INTEGER PRIMARY KEY, what VARCHAR(20) NOT NULL, id VARCHAR(40) NOT NULL, parent_id VARCHAR(40), removed_on DATETIME NOT NULL
        )
        """

    /// The names of `submissions.step`, which the database keeps as numbers.
    static let steps = [10: "Applied", 20: "Phone screen", 30: "Interview", 40: "Offer", 50: "Hired", 90: "Rejected"]
}

/// Moments as the tables write them.
enum Clock {
    static let day: Int64 = 86_400_000
    /// The data covers three years.
    static let span: Int64 = 1095 * day

    /// - Parameter millis: since 1970-01-01 UTC.
    static func text(_ millis: Int64) -> String {
        var seconds = time_t(millis / 1000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return
            "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday)) \(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
    }
}

// SPDX-License-Identifier: Apache-2.0

/// One table as a privacy officer sees it: what it holds of people, how one person's part of it is erased, and what becomes of it at the
/// end of a contract.
///
/// `all` names every table there is. A test compares it with the schema, so that a new table cannot be forgotten.
package struct Holding: Sendable {
    /// Where its personal data comes from.
    package enum Origin: String, Sendable {
        case ats = "the ATS"
        case linkedIn = "LinkedIn"
        case both = "the ATS and LinkedIn"
        /// It holds nothing about candidates and members.
        case nobody = "-"
    }

    /// How what belongs to one subject is found and erased. Each statement binds the customer, then the subject.
    enum Scrub: Sendable {
        /// By the ATS's id of the candidate.
        case candidate(String)
        /// By person URN.
        case person(String)
    }

    /// What happens to it when a customer's contract ends.
    package enum End: Sendable, Equatable {
        case delete
        /// It stays, for this reason, until `customer remove`.
        case keep(String)
        /// It stays even then.
        case outlive(String)

        /// It stays, because it is of no customer.
        static let ofNobody = End.outlive("of no customer")
    }

    package var table: String
    /// In words that need no schema.
    package var holds: String
    package var origin: Origin
    var scrubs: [Scrub]
    /// Why no statement is needed for one person: nothing about people is in it, or the erasure itself sees to it.
    package var exemption: String?
    package var end: End

    package var isCovered: Bool { !scrubs.isEmpty || exemption != nil }

    /// A table with rows about people.
    static func of(_ table: String, _ holds: String, from origin: Origin, _ scrubs: Scrub..., note: String? = nil)
        -> Self
    {
        Self(table: table, holds: holds, origin: origin, scrubs: scrubs, exemption: note, end: .delete)
    }

    /// A table without, or one that the erasure handles by itself.
    static func exempt(
        _ table: String, _ holds: String, _ reason: String, end: End = .delete, from origin: Origin = .nobody
    )
        -> Self
    {
        Self(table: table, holds: holds, origin: origin, scrubs: [], exemption: reason, end: end)
    }
}

extension Holding {
    /// Every table of the connector's database.
    package static let all: [Holding] = ats + linkedIn + users + telling + machinery + dashboard + own

    /// What the ATS gave us.
    private static let ats: [Holding] = [
        .exempt(
            "record", "ids of records and how far each is",
            "the erasure makes tombstones; a row goes when LinkedIn confirmed",
            from: .ats),
        .exempt("body", "the records themselves", "goes with the tombstone", from: .ats),
        .exempt(
            "reborn", "records that the ATS sent again while the old ones were being erased",
            "goes when the candidate is erased again; otherwise it becomes a record", from: .ats),
    ]

    /// What LinkedIn told us, and what follows from it.
    private static let linkedIn: [Holding] = [
        .of(
            "candidate_match", "which members LinkedIn matched to candidates", from: .linkedIn,
            .person("DELETE FROM candidate_match WHERE customer_id = ? AND person = ?"),
            note: "a candidate's own go with its tombstone"),
        .of(
            "person_tie", "which member is which candidate", from: .both,
            .candidate("DELETE FROM person_tie WHERE customer_id = ? AND candidate = ?"),
            .person("DELETE FROM person_tie WHERE customer_id = ? AND person = ?")),
        .of(
            "tie_veto", "which member is not which candidate", from: .both,
            .candidate("DELETE FROM tie_veto WHERE customer_id = ? AND candidate = ?"),
            .person("DELETE FROM tie_veto WHERE customer_id = ? AND person = ?")),
        .of(
            "tie_suggestion", "which member may be which candidate", from: .both,
            .candidate("DELETE FROM tie_suggestion WHERE customer_id = ? AND candidate = ?"),
            .person("DELETE FROM tie_suggestion WHERE customer_id = ? AND person = ?")),
        .of(
            "manual_match", "the member that somebody chose for a candidate", from: .both,
            .candidate("DELETE FROM manual_match WHERE customer_id = ? AND candidate = ?"),
            // LinkedIn shows the choice on a candidate that stays, so there it is taken back.
            .person(
                """
                UPDATE manual_match SET person = NULL, state = 0, due_ms = 0, attempts = 0, reason = NULL
                WHERE customer_id = ? AND person = ?
                """)),
        .of(
            "candidate_trace", "hashes that a candidate can be found by", from: .ats,
            .candidate(
                """
                DELETE FROM candidate_trace WHERE customer_id = ? AND rid IN (SELECT r.rid FROM record r
                    WHERE r.customer_id = candidate_trace.customer_id AND r.kind = 2 AND r.id = ?)
                """)),
        .of(
            "record_name", "names of candidates and titles of jobs, to be found by", from: .ats,
            .candidate(
                """
                DELETE FROM record_name WHERE customer_id = ? AND rid IN (SELECT r.rid FROM record r
                    WHERE r.customer_id = record_name.customer_id AND r.kind = 2 AND r.id = ?)
                """)),
        .exempt("trace_head", "how far records were read for their hashes and names", "a number"),
        .exempt("trace_stale", "records whose hashes and names are to be made anew, by our numbers", "numbers"),
        .of(
            "export", "profiles that recruiters exported", from: .linkedIn,
            .candidate("DELETE FROM export WHERE customer_id = ? AND candidate = ?"),
            .person("DELETE FROM export WHERE customer_id = ? AND person = ?")),
        .of(
            "recruiter_note_event", "which events carry a recruiter's note", from: .linkedIn,
            .person(
                """
                DELETE FROM recruiter_note_event WHERE customer_id = ? AND note IN (SELECT n.note FROM recruiter_note n
                    WHERE n.customer_id = recruiter_note_event.customer_id AND n.person = ?)
                """)),
        .of(
            "recruiter_note", "recruiters' notes about members", from: .linkedIn,
            .person("DELETE FROM recruiter_note WHERE customer_id = ? AND person = ?")),
        .of(
            "inmail_message", "InMails", from: .linkedIn,
            .person(
                """
                DELETE FROM inmail_message WHERE customer_id = ? AND thread IN (SELECT m.thread FROM inmail_message m
                    WHERE m.customer_id = inmail_message.customer_id AND m.person = ?)
                """)),
        .of(
            "stub_profile", "profiles and contact data that members shared", from: .linkedIn,
            .person("DELETE FROM stub_profile WHERE customer_id = ? AND person = ?")),
        .of(
            "closed_profile", "members who closed their account", from: .linkedIn,
            .person("DELETE FROM closed_profile WHERE customer_id = ? AND person = ?")),
        .exempt("seat", "the customer's recruiters", "the customer's staff; read anew every day", from: .linkedIn),
        .exempt("pull_cursor", "how far each of LinkedIn's lists was read", "times and seats"),
        .exempt("pull_calls", "calls per day", "counts"),
        .exempt("pull_setting", "how far back a customer wants to be read", "a number"),
    ]

    /// The customer's own people. One of them goes by `DELETE /api/v1/users/{id}`.
    private static let users: [Holding] = [
        .exempt(
            "ats_user", "the ATS's users: name, e-mail, member", "the customer's staff, no candidates", from: .both),
        .exempt("acl_member", "who of the staff may see which jobs", "the customer's staff, no candidates", from: .ats),
        .exempt("sign_in", "links by which staff sign in with LinkedIn", "hashes that expire"),
    ]

    /// What the ATS is told.
    private static let telling: [Holding] = [
        .of(
            "event", "the event feed", from: .both,
            .candidate(
                "UPDATE event SET data = NULL, candidate = NULL, person = NULL WHERE customer_id = ? AND candidate = ?"),
            .person(
                "UPDATE event SET data = NULL, candidate = NULL, person = NULL WHERE customer_id = ? AND person = ?")),
        .exempt("event_head", "the number of the last event", "a number"),
        .exempt("webhook", "where events are posted to, with sealed secrets", "the customer's own addresses"),
        .exempt(
            "webhook_letter", "events that could not be posted, by number",
            "numbers: the words are read from the feed when it is posted"),
        .exempt("webhook_replay", "stretches of the feed to be posted again", "numbers"),
        .exempt("webhook_attempt", "the latest tries to post, by number", "numbers, times and statuses"),
    ]

    /// What keeps the connector running.
    private static let machinery: [Holding] = [
        .exempt(
            "customer", "the customer's name, addresses and sealed secret", "no candidate or member",
            end: .keep("the receipt is read with its key")),
        .exempt("customer_contract", "numbers of Recruiter contracts", "no people", end: .keep("part of the customer")),
        .exempt("integration", "the state of the integrations", "no people", end: .keep("part of the customer")),
        .exempt("api_key", "hashes of API keys", "no people", end: .keep("the receipt is read with it")),
        .exempt("sequence", "running numbers", "no people", end: .ofNobody),
        .exempt("migration", "the schema's history", "no people", end: .ofNobody),
        .exempt("tally", "counts of records", "counts"),
        .exempt("match_day", "how many candidates were matched, day by day", "counts"),
        .exempt("sync_history", "how much was sent, by hour", "counts"),
        .exempt("onboarding", "how far a customer's onboarding is", "times", end: .keep("part of the customer")),
        .exempt("callback_health", "when LinkedIn called last", "times"),
        .exempt("job_task", "LinkedIn's tasks for jobs", "jobs, no people"),
        .exempt("budget_spend", "calls made in the last minutes", "counts"),
        .exempt("budget_day", "calls made per day", "counts"),
        .exempt("lease", "which process works for the customer", "no people"),
        .exempt("watermark", "how far a source was read", "times and running numbers"),
        .exempt("source", "mappings of the ATS's data that were written on a page", "names of columns, no people"),
        .exempt("source_revision", "every version of a mapping", "names of columns; who saved it is the staff"),
        .exempt("source_secret", "sealed passwords of an ATS's database", "the customer's own secrets"),
        .exempt("source_run", "runs of a source", "times and counts; who asked for it is the staff"),
        .of(
            "source_problem", "rows of a source that could not be used, by place and id", from: .ats,
            .candidate("DELETE FROM source_problem WHERE customer_id = ? AND candidate = ?")),
        .exempt(
            "push_event", "LinkedIn's notifications: a type and a request id",
            "no profile; who was meant is in what was fetched for it", from: .linkedIn),
        .exempt("sweep", "comparisons of complete lists", "counts"),
        .exempt("sweep_seen", "what a list named, by our numbers", "numbers; forgotten when the list ends"),
        .exempt("resync", "how far a re-sync has come", "an id of the ATS; forgotten when it ends"),
    ]

    /// Who uses the dashboard, and what they did there.
    private static let dashboard: [Holding] = [
        .exempt(
            "account", "names of those who use the dashboard", "the operator's staff, no candidates", end: .ofNobody),
        .exempt("account_invitation", "links by which they set a password", "hashes that expire", end: .ofNobody),
        .exempt("account_session", "the browsers they are signed in with", "the operator's staff", end: .ofNobody),
        .exempt("sign_in_failure", "sign-ins that failed lately", "hashes and counts", end: .ofNobody),
        .exempt(
            "oidc_attempt", "sign-ins that are under way", "hashes, and sealed forms that expire", end: .ofNobody),
        .exempt(
            "audit", "who of the staff did what, and to which id", "ids of ours, no names of candidates",
            end: .outlive("evidence")),
        .exempt("database_size", "how large each table is", "numbers", end: .ofNobody),
    ]

    /// What forgetting itself keeps.
    private static let own: [Holding] = [
        .exempt(
            "erasure", "erasures and their receipts", "keyed hashes, counts, times and request ids",
            end: .outlive("the receipts")),
        .exempt("erasure_subject", "whom an open erasure is about: ids", "emptied when the erasure ends", from: .both),
        .exempt(
            "erasure_item", "what LinkedIn must forget for an open erasure: keys", "emptied when the erasure ends",
            from: .ats),
        .exempt("erasure_count", "how much was erased here", "counts", end: .outlive("part of the receipts")),
        .exempt(
            "forgotten", "members that were erased, as hashes",
            "it keeps them from coming back with LinkedIn's next page",
            from: .linkedIn),
        .exempt("retention", "for how long LinkedIn's data is kept", "a policy"),
        .exempt("privacy", "what is done about closed accounts", "a policy"),
        .exempt("retention_run", "when a purge ran", "times", end: .keep("evidence")),
        .exempt("retention_count", "what a purge removed", "counts", end: .keep("evidence")),
        .exempt(
            "closed_check", "when LinkedIn was asked about closed accounts", "counts and times", end: .keep("evidence")),
    ]
}

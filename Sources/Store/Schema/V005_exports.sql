-- Who is who: members of LinkedIn that are candidates of the ATS, beside what LinkedIn's matching says (`candidate_match`).
CREATE TABLE person_tie (
    customer_id BIGINT NOT NULL,
    person TEXT NOT NULL,
    candidate TEXT NOT NULL,
    source SMALLINT NOT NULL CHECK (source BETWEEN 1 AND 5),   -- TieSource
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (customer_id, person)
);
CREATE INDEX person_tie_candidate ON person_tie (customer_id, candidate);
CREATE INDEX candidate_match_person ON candidate_match (customer_id, person);

-- Pairs that somebody undid or declined: nothing but the ATS itself may tie them again.
CREATE TABLE tie_veto (
    customer_id BIGINT NOT NULL,
    person TEXT NOT NULL,
    candidate TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (customer_id, person, candidate)
);

CREATE TABLE tie_suggestion (
    customer_id BIGINT NOT NULL,
    person TEXT NOT NULL,
    candidate TEXT NOT NULL,
    reasons TEXT NOT NULL,                     -- a JSON array of sentences without personal data
    state SMALLINT NOT NULL CHECK (state BETWEEN 0 AND 2),     -- TieSuggestion.State
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (customer_id, person, candidate)
);
CREATE INDEX tie_suggestion_candidate ON tie_suggestion (customer_id, candidate);

-- What LinkedIn shall show as the member somebody chose for a candidate. Spliced into every PUT of the candidate as well.
CREATE TABLE manual_match (
    customer_id BIGINT NOT NULL,
    candidate TEXT NOT NULL,
    person TEXT,                               -- NULL: the choice is to be taken back
    state SMALLINT NOT NULL CHECK (state BETWEEN 0 AND 2),     -- 0 to be written, 1 written, 2 refused
    due_ms BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    reason TEXT,
    PRIMARY KEY (customer_id, candidate),
    CHECK (state <> 2 OR reason IS NOT NULL)
);
CREATE INDEX manual_match_due ON manual_match (customer_id, due_ms) WHERE state = 0;

-- What a candidate can be found by: 64 bits of a hash of its profile URL, of each e-mail address, and of name and company. Filled in the
-- background once a customer's recruiters export, so that intake pays nothing; `trace_head.rid` says how far.
CREATE TABLE candidate_trace (
    customer_id BIGINT NOT NULL,
    trace BIGINT NOT NULL,
    rid BIGINT NOT NULL,
    PRIMARY KEY (customer_id, trace, rid)
);
CREATE INDEX candidate_trace_rid ON candidate_trace (customer_id, rid);

CREATE TABLE trace_head (
    customer_id BIGINT NOT NULL PRIMARY KEY,
    rid BIGINT NOT NULL
);

-- Candidates below the head that changed since they were read.
CREATE TABLE trace_stale (
    customer_id BIGINT NOT NULL,
    rid BIGINT NOT NULL,
    PRIMARY KEY (customer_id, rid)
);

-- Members that recruiters exported. The candidate is the ATS's answer or a tie's.
CREATE TABLE export (
    customer_id BIGINT NOT NULL,
    request_id TEXT NOT NULL,
    person TEXT NOT NULL,
    job TEXT,
    candidate TEXT,                            -- NULL: nobody knows yet, the ATS shall say
    application TEXT,                          -- the ATS's application of the candidate to the job, when it is known
    tied_by SMALLINT CHECK (tied_by BETWEEN 1 AND 5),          -- TieSource
    body BYTEA,                                -- the profile in our API's words; NULL: erased
    at_ms BIGINT NOT NULL,
    answered_ms BIGINT,
    PRIMARY KEY (customer_id, request_id),
    CHECK ((candidate IS NULL) = (tied_by IS NULL))
);
CREATE INDEX export_person ON export (customer_id, person);
CREATE INDEX export_candidate ON export (customer_id, candidate) WHERE candidate IS NOT NULL;
CREATE INDEX export_open ON export (customer_id, request_id) WHERE candidate IS NULL;

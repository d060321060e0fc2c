-- What the ATS wants and what LinkedIn has. Narrow on purpose: the bytes lie in `body`, so that a drain reads and writes little.
-- No foreign keys on the three tables of the hot path: each would cost a look-up per row, and only `Statements/` writes them.
CREATE TABLE record (
    rid INTEGER PRIMARY KEY,                   -- made in Swift, never used twice (PostgreSQL: BIGINT)
    customer_id BIGINT NOT NULL,
    kind SMALLINT NOT NULL CHECK (kind BETWEEN 1 AND 9),       -- RecordKind.number
    parent TEXT NOT NULL,
    id TEXT NOT NULL,
    revision BIGINT NOT NULL,                  -- rises whenever it must be sent again
    desired BYTEA CHECK (length(desired) = 16),                -- NULL: the ATS deleted it
    observed BYTEA CHECK (length(observed) IN (0, 16)),        -- NULL: LinkedIn has nothing; empty: something older or unknown
    state SMALLINT NOT NULL,                   -- RecordState
    priority SMALLINT NOT NULL CHECK (priority IN (0, 1)),
    due_ms BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    changed_ms BIGINT NOT NULL,
    sent_ms BIGINT,                            -- the last call that LinkedIn did not accept
    request_id TEXT,                           -- LinkedIn's id of the last call, accepted or not, for its support
    reason_code TEXT,                          -- why it was not accepted
    reason TEXT,
    told BIGINT,                               -- of the refusal that the ATS was told of (a fingerprint of version and reason)
    observed_ms BIGINT,                        -- the last call that LinkedIn accepted
    wait_kind SMALLINT,
    wait_id TEXT,
    job TEXT,                                  -- what an application names
    candidate TEXT,
    fills SMALLINT NOT NULL CHECK (fills BETWEEN 0 AND 3),     -- what an application lacks: 1 its job's title, 2 its candidate's name or e-mail
    poll_ms BIGINT,                            -- when a candidate's match is read next
    poll_step SMALLINT NOT NULL,
    CHECK (CASE state
        WHEN 0 THEN desired IS NOT NULL AND observed IS NOT DISTINCT FROM desired
        WHEN 1 THEN TRUE
        WHEN 2 THEN kind = 1
        WHEN 3 THEN wait_kind IS NOT NULL AND wait_id IS NOT NULL
        WHEN 4 THEN reason_code IS NOT NULL AND reason IS NOT NULL
        ELSE FALSE END),
    CHECK (state = 3 OR wait_kind IS NULL),
    CHECK ((kind = 4) = (job IS NOT NULL) AND (kind = 4) = (candidate IS NOT NULL))
);

CREATE UNIQUE INDEX record_key ON record (customer_id, kind, parent, id);
-- The outbox, in the order in which it is sent, and the deletions.
CREATE INDEX record_due ON record (customer_id, kind, priority, due_ms) WHERE state = 1 AND desired IS NOT NULL;
CREATE INDEX record_doomed ON record (customer_id, kind, priority, due_ms) WHERE state = 1 AND desired IS NULL;
CREATE INDEX record_waiting ON record (customer_id, wait_kind, wait_id) WHERE state = 3;
CREATE INDEX record_rejected ON record (customer_id, kind, rid) WHERE state = 4;
CREATE INDEX record_job ON record (customer_id, job) WHERE job IS NOT NULL;
CREATE INDEX record_candidate ON record (customer_id, candidate) WHERE candidate IS NOT NULL;
CREATE INDEX record_poll ON record (customer_id, poll_ms) WHERE poll_ms IS NOT NULL;

CREATE TABLE body (
    rid INTEGER PRIMARY KEY,
    customer_id BIGINT NOT NULL,
    bytes BYTEA NOT NULL
);

-- Counts per kind, kept in the transaction that changes what is counted.
CREATE TABLE tally (
    customer_id BIGINT NOT NULL,
    kind SMALLINT NOT NULL,
    desired BIGINT NOT NULL CHECK (desired >= 0),
    observed BIGINT NOT NULL CHECK (observed >= 0),
    due BIGINT NOT NULL CHECK (due >= 0),
    rejected BIGINT NOT NULL CHECK (rejected >= 0),
    waiting BIGINT NOT NULL CHECK (waiting >= 0),
    confirming BIGINT NOT NULL CHECK (confirming >= 0),
    deleting BIGINT NOT NULL CHECK (deleting >= 0),
    matched BIGINT NOT NULL CHECK (matched >= 0),
    PRIMARY KEY (customer_id, kind)
);

-- Jobs that LinkedIn works on: one row per task that was not seen to end.
CREATE TABLE job_task (
    customer_id BIGINT NOT NULL,
    task TEXT NOT NULL,
    rid BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    sent BYTEA CHECK (length(sent) = 16),      -- NULL: the task closes the job
    submitted_ms BIGINT NOT NULL,
    poll_ms BIGINT NOT NULL,
    polls BIGINT NOT NULL,
    PRIMARY KEY (customer_id, task)
);
CREATE INDEX job_task_poll ON job_task (customer_id, poll_ms);
CREATE INDEX job_task_record ON job_task (customer_id, rid);

-- The members that candidates were matched to.
CREATE TABLE candidate_match (
    customer_id BIGINT NOT NULL,
    rid BIGINT NOT NULL,
    person TEXT NOT NULL,
    manual SMALLINT NOT NULL CHECK (manual IN (0, 1)),
    read_ms BIGINT NOT NULL,
    PRIMARY KEY (customer_id, rid, person, manual)
);

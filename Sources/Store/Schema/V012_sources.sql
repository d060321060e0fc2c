-- Mappings that were written on a page, and when they run by themselves. How far each was read is in `watermark`.
CREATE TABLE source (
    customer_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    mapping TEXT NOT NULL,                     -- YAML; secrets are named in it, never written
    revision BIGINT NOT NULL CHECK (revision > 0),
    schedule TEXT,                             -- SourceSchedule; NULL: runs when somebody asks
    due_ms BIGINT,                             -- when it runs next; NULL: not by itself
    asked_by TEXT,                             -- who wants a run as soon as possible
    is_full SMALLINT NOT NULL CHECK (is_full IN (0, 1)),       -- the run that was asked for reads everything
    stops SMALLINT NOT NULL CHECK (stops IN (0, 1)),           -- somebody wants the run under way to end
    PRIMARY KEY (customer_id, name)
);
CREATE INDEX source_due ON source (due_ms) WHERE due_ms IS NOT NULL;

-- Every version that was saved.
CREATE TABLE source_revision (
    customer_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    revision BIGINT NOT NULL,
    mapping TEXT NOT NULL,
    author TEXT NOT NULL,                      -- the account
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (customer_id, name, revision)
);

-- What `${NAME}` of a connection stands for.
CREATE TABLE source_secret (
    customer_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    variable TEXT NOT NULL,
    value BYTEA NOT NULL,                      -- sealed, see Vault
    set_ms BIGINT NOT NULL,
    PRIMARY KEY (customer_id, name, variable)
);

CREATE TABLE source_run (
    customer_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    run BIGINT NOT NULL CHECK (run > 0),
    revision BIGINT NOT NULL,
    asked_by TEXT,                             -- NULL: the schedule
    is_full SMALLINT NOT NULL CHECK (is_full IN (0, 1)),
    begun_ms BIGINT NOT NULL,
    ended_ms BIGINT,                           -- NULL: under way
    state SMALLINT NOT NULL CHECK (state BETWEEN 0 AND 3),     -- SourceRunRecord.State
    rows_read BIGINT NOT NULL,
    added BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    deleted BIGINT NOT NULL,
    refused BIGINT NOT NULL,                   -- rows that became no record, and records that were refused
    warnings BIGINT NOT NULL,
    reason TEXT,                               -- why it did not end well; no values of the ATS
    PRIMARY KEY (customer_id, name, run),
    CHECK ((state = 0) = (ended_ms IS NULL))
);

-- The first rows of a run that could not be used, or only with a warning.
CREATE TABLE source_problem (
    customer_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    run BIGINT NOT NULL,
    number BIGINT NOT NULL,
    place TEXT NOT NULL,
    kind TEXT NOT NULL,                        -- the record's type; empty when the row was not read so far
    candidate TEXT,                            -- the ATS's id, of a candidate
    job TEXT,                                  -- the ATS's id, of a job; ids of anything else are not kept
    message TEXT NOT NULL,
    is_warning SMALLINT NOT NULL CHECK (is_warning IN (0, 1)),
    PRIMARY KEY (customer_id, name, run, number)
);
CREATE INDEX source_problem_candidate ON source_problem (customer_id, candidate) WHERE candidate IS NOT NULL;

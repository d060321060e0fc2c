-- What was spent of LinkedIn's quotas: every moment of the last minutes, and whole UTC days.
CREATE TABLE budget_spend (
    customer_id BIGINT NOT NULL,
    lane TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    records BIGINT NOT NULL CHECK (records >= 0),
    requests BIGINT NOT NULL CHECK (requests >= 0),
    PRIMARY KEY (customer_id, lane, at_ms)
);

CREATE TABLE budget_day (
    customer_id BIGINT NOT NULL,
    lane TEXT NOT NULL,
    day BIGINT NOT NULL,                       -- days since 1970 UTC
    records BIGINT NOT NULL CHECK (records >= 0),
    requests BIGINT NOT NULL CHECK (requests >= 0),
    PRIMARY KEY (customer_id, lane, day)
);

-- Who works on what, alone. A released lease keeps its row, so that its term never falls.
CREATE TABLE lease (
    customer_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    holder TEXT NOT NULL,
    term BIGINT NOT NULL CHECK (term > 0),
    expires_ms BIGINT NOT NULL,
    PRIMARY KEY (customer_id, name)
);

-- What is being distrusted, kind by kind: the next slice begins after this record.
CREATE TABLE resync (
    customer_id BIGINT NOT NULL,
    kind SMALLINT NOT NULL,
    parent TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (customer_id, kind)
);

-- How far a source was read.
CREATE TABLE watermark (
    customer_id BIGINT NOT NULL,
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    set_ms BIGINT NOT NULL,
    PRIMARY KEY (customer_id, source, name)
);

-- What LinkedIn pushed to us, stored before it is answered. An event that comes twice is kept once.
CREATE TABLE push_event (
    customer_id BIGINT NOT NULL,
    event_id TEXT NOT NULL,
    type TEXT NOT NULL,
    body BYTEA,                                -- as it came; NULL: erased
    received_ms BIGINT NOT NULL,
    expires_ms BIGINT,
    state SMALLINT NOT NULL CHECK (state BETWEEN 0 AND 4),     -- StoredPush.State
    attempts BIGINT NOT NULL,
    next_ms BIGINT NOT NULL,
    settled_ms BIGINT,
    reason TEXT,
    PRIMARY KEY (customer_id, event_id)
);
CREATE INDEX push_event_open ON push_event (customer_id, next_ms, event_id) WHERE state = 0;

-- Deletions found by comparing keys: everything of a kind that a complete list does not name.
CREATE TABLE sweep (
    customer_id BIGINT NOT NULL,
    sweep_id BIGINT NOT NULL,
    kind SMALLINT NOT NULL,
    begun_ms BIGINT NOT NULL,
    listed BIGINT NOT NULL,                    -- keys received, repeated ones included
    PRIMARY KEY (customer_id, sweep_id)
);

CREATE TABLE sweep_seen (
    customer_id BIGINT NOT NULL,
    sweep_id BIGINT NOT NULL,
    rid BIGINT NOT NULL,
    PRIMARY KEY (customer_id, sweep_id, rid)
);

INSERT INTO sequence (name, next) VALUES ('sweep', 1);

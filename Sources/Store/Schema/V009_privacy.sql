-- Forgetting: erasures with their receipts, retention with its runs, and what was done about closed accounts.
CREATE TABLE erasure (
    customer_id BIGINT NOT NULL,
    erasure_id TEXT NOT NULL,                  -- random; what the outside calls it
    scope SMALLINT NOT NULL CHECK (scope BETWEEN 1 AND 3),     -- ErasureScope.Kind
    state SMALLINT NOT NULL CHECK (state BETWEEN 0 AND 5),     -- ErasureState
    slug TEXT NOT NULL,                        -- the customer's id; the receipt outlives the customer
    salt BYTEA NOT NULL CHECK (length(salt) = 16),
    subject BYTEA NOT NULL CHECK (length(subject) = 32),       -- who it was, as a keyed hash: see ReceiptKey.subject
    asked_ms BIGINT NOT NULL,
    local_ms BIGINT,                           -- when the payload was gone from here
    deleted_ms BIGINT,                         -- when LinkedIn had confirmed every deletion
    proved_ms BIGINT,                          -- when nothing was left to read back
    due_ms BIGINT NOT NULL,                    -- when it is looked at next
    round BIGINT NOT NULL,                     -- how often a proof was tried
    because TEXT,                              -- why it is not further
    facts BYTEA,                               -- what the receipt will say; no personal data
    receipt BYTEA,                             -- signed JSON; no personal data
    finished_ms BIGINT,
    PRIMARY KEY (customer_id, erasure_id),
    CHECK ((state = 5) = (finished_ms IS NOT NULL AND receipt IS NOT NULL)),
    CHECK (state < 4 OR facts IS NOT NULL)
);
CREATE INDEX erasure_open ON erasure (customer_id, due_ms) WHERE finished_ms IS NULL;
CREATE INDEX erasure_asked ON erasure (customer_id, asked_ms);

-- Whom an open erasure is about: ids only, and only until it ends.
CREATE TABLE erasure_subject (
    customer_id BIGINT NOT NULL,
    erasure_id TEXT NOT NULL,
    kind SMALLINT NOT NULL CHECK (kind IN (1, 2)),             -- 1 candidate id, 2 person URN
    value TEXT NOT NULL,
    PRIMARY KEY (customer_id, erasure_id, kind, value)
);

-- What LinkedIn must forget for an open erasure: keys only, and only until it ends.
CREATE TABLE erasure_item (
    customer_id BIGINT NOT NULL,
    erasure_id TEXT NOT NULL,
    kind SMALLINT NOT NULL,                    -- RecordKind.number
    parent TEXT NOT NULL,
    id TEXT NOT NULL,
    rid BIGINT NOT NULL,                       -- its tombstone
    state SMALLINT NOT NULL CHECK (state BETWEEN 0 AND 5),     -- ErasureItem.State
    status BIGINT,                             -- LinkedIn's answer to the deletion
    request_id TEXT,
    deleted_ms BIGINT,
    proof_id TEXT,                             -- the request that read it back
    proof_ms BIGINT,
    PRIMARY KEY (customer_id, erasure_id, kind, parent, id)
);
CREATE INDEX erasure_item_record ON erasure_item (customer_id, rid);
CREATE INDEX erasure_item_state ON erasure_item (customer_id, erasure_id, state, kind);

-- How much was erased here, by what it was.
CREATE TABLE erasure_count (
    customer_id BIGINT NOT NULL,
    erasure_id TEXT NOT NULL,
    holding TEXT NOT NULL,
    erased BIGINT NOT NULL CHECK (erased >= 0),
    PRIMARY KEY (customer_id, erasure_id, holding)
);

-- What the ATS sent under the id of a record that LinkedIn has not forgotten yet: it is sent as a new record afterwards.
CREATE TABLE reborn (
    customer_id BIGINT NOT NULL,
    kind SMALLINT NOT NULL,
    parent TEXT NOT NULL,
    id TEXT NOT NULL,
    hash BYTEA NOT NULL CHECK (length(hash) = 16),
    body BYTEA NOT NULL,
    job TEXT,
    candidate TEXT,
    priority SMALLINT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (customer_id, kind, parent, id)
);
CREATE INDEX reborn_candidate ON reborn (customer_id, candidate) WHERE candidate IS NOT NULL;

-- Members that were erased, so that an overlapping page does not bring them back.
CREATE TABLE forgotten (
    customer_id BIGINT NOT NULL,
    hash BYTEA NOT NULL CHECK (length(hash) = 32),             -- SHA-256 of customer and person URN
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (customer_id, hash)
);

-- How long LinkedIn's data is kept; no row: until the account is closed or the person erased.
CREATE TABLE retention (
    customer_id BIGINT NOT NULL,
    kind TEXT NOT NULL,                        -- RetentionKind
    days BIGINT NOT NULL CHECK (days BETWEEN 1 AND 36500),
    PRIMARY KEY (customer_id, kind)
);

CREATE TABLE privacy (
    customer_id BIGINT NOT NULL PRIMARY KEY,
    closed SMALLINT NOT NULL CHECK (closed BETWEEN 0 AND 2),   -- ClosedPolicy
    next_ms BIGINT                             -- when the purge runs next
);

-- Evidence: every purge, and what it removed of each kind.
CREATE TABLE retention_run (
    customer_id BIGINT NOT NULL,
    run BIGINT NOT NULL CHECK (run > 0),
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (customer_id, run)
);

CREATE TABLE retention_count (
    customer_id BIGINT NOT NULL,
    run BIGINT NOT NULL,
    kind TEXT NOT NULL,
    days BIGINT NOT NULL,
    removed BIGINT NOT NULL,
    PRIMARY KEY (customer_id, run, kind)
);

-- Evidence: every time LinkedIn was asked who closed an account.
CREATE TABLE closed_check (
    customer_id BIGINT NOT NULL,
    number BIGINT NOT NULL CHECK (number > 0),
    at_ms BIGINT NOT NULL,
    policy SMALLINT NOT NULL CHECK (policy BETWEEN 0 AND 2),
    found BIGINT NOT NULL,                     -- accounts that LinkedIn named
    told BIGINT NOT NULL,                      -- new ones, of whom the ATS was told
    erased BIGINT NOT NULL,                    -- erasures that were begun
    PRIMARY KEY (customer_id, number)
);

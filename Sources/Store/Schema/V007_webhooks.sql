-- Where the ATS is told of events by itself.
CREATE TABLE webhook (
    customer_id BIGINT NOT NULL,
    webhook_id TEXT NOT NULL,
    url TEXT NOT NULL,
    types TEXT NOT NULL,                       -- with commas between them; empty: all
    secret BYTEA NOT NULL,                     -- sealed, see Vault
    old_secret BYTEA,                          -- signs along until old_until_ms
    old_until_ms BIGINT,
    disabled TEXT,                             -- why nothing is delivered; NULL: enabled
    cursor BIGINT NOT NULL CHECK (cursor >= 0),    -- every event up to this number was delivered, or is a letter
    attempts BIGINT NOT NULL,                  -- all there ever were: the log's next slot
    failures BIGINT NOT NULL,                  -- first attempts that failed since the last delivery
    failing_ms BIGINT,                         -- when anything first failed since then
    paused_ms BIGINT,                          -- new events are held back until then
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (customer_id, webhook_id),
    CHECK ((old_secret IS NULL) = (old_until_ms IS NULL))
);

-- What could not be delivered: to be tried again, or given up.
CREATE TABLE webhook_letter (
    customer_id BIGINT NOT NULL,
    webhook_id TEXT NOT NULL,
    number BIGINT NOT NULL,                    -- the event's
    attempts BIGINT NOT NULL CHECK (attempts >= 0),
    first_ms BIGINT NOT NULL,
    last_ms BIGINT NOT NULL,
    due_ms BIGINT,                             -- NULL: a dead letter
    status SMALLINT,
    outcome TEXT NOT NULL,
    PRIMARY KEY (customer_id, webhook_id, number)
);
CREATE INDEX webhook_letter_due ON webhook_letter (customer_id, webhook_id, due_ms) WHERE due_ms IS NOT NULL;

-- Stretches of the feed that are delivered once more.
CREATE TABLE webhook_replay (
    customer_id BIGINT NOT NULL,
    webhook_id TEXT NOT NULL,
    replay BIGINT NOT NULL,
    cursor BIGINT NOT NULL,
    until BIGINT NOT NULL,
    asked_ms BIGINT NOT NULL,
    PRIMARY KEY (customer_id, webhook_id, replay)
);
INSERT INTO sequence (name, next) VALUES ('webhook_replay', 1);

-- The latest attempts of each webhook, in slots that are used again and again: never more than a fixed number.
CREATE TABLE webhook_attempt (
    customer_id BIGINT NOT NULL,
    webhook_id TEXT NOT NULL,
    slot BIGINT NOT NULL,
    serial BIGINT NOT NULL,                    -- of all the webhook's attempts
    number BIGINT NOT NULL,
    attempt BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    took_ms BIGINT NOT NULL,
    status SMALLINT,
    outcome TEXT NOT NULL,
    ahead SMALLINT NOT NULL CHECK (ahead IN (0, 1)),   -- delivered before all of its elders were: not again after a crash
    PRIMARY KEY (customer_id, webhook_id, slot)
);

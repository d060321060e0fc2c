-- What people steer and watch: pauses, how far onboarding is, LinkedIn's calls to us, and how much went when.
ALTER TABLE customer ADD COLUMN paused_ms BIGINT;              -- nothing is sent since then, because a person said so

CREATE TABLE onboarding (
    customer_id BIGINT NOT NULL PRIMARY KEY,
    shown_ms BIGINT,                           -- the configuration plugin was shown for the first time
    finished_ms BIGINT                         -- everything was at LinkedIn once
);

-- Whether LinkedIn reaches us.
CREATE TABLE callback_health (
    customer_id BIGINT NOT NULL PRIMARY KEY,
    challenged_ms BIGINT,                      -- the last challenge that was answered
    pushed_ms BIGINT                           -- the last push that was stored, to the minute
);

-- What was sent, in a ring of ten seconds' steps and one of hours: a slot is used again when its time comes round, so nothing is pruned.
CREATE TABLE sync_history (
    customer_id BIGINT NOT NULL,
    span SMALLINT NOT NULL CHECK (span IN (0, 1)),             -- HistorySpan
    slot SMALLINT NOT NULL,
    kind SMALLINT NOT NULL,
    began_ms BIGINT NOT NULL,                  -- the time that the counts belong to
    accepted BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    throttled BIGINT NOT NULL,                 -- calls that LinkedIn answered with 429
    -- How long changes took until LinkedIn had them, by `LagHistogram.bounds`.
    lag0 BIGINT NOT NULL, lag1 BIGINT NOT NULL, lag2 BIGINT NOT NULL, lag3 BIGINT NOT NULL, lag4 BIGINT NOT NULL,
    lag5 BIGINT NOT NULL, lag6 BIGINT NOT NULL, lag7 BIGINT NOT NULL, lag8 BIGINT NOT NULL, lag9 BIGINT NOT NULL,
    PRIMARY KEY (customer_id, span, slot, kind)
);

-- SPDX-License-Identifier: Apache-2.0
-- What the sandbox itself needs. Entities of LinkedIn's resources are in W002.
-- Times are milliseconds since 1970-01-01 UTC by the sandbox's clock; flags are 0 or 1.

-- One row per thing the control API can set and that must survive a restart.
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- The partner (parent) applications and the customers' (child) applications.
CREATE TABLE application (
    number            INTEGER PRIMARY KEY,
    client_id         TEXT NOT NULL UNIQUE,
    parent            INTEGER REFERENCES application (number),
    unique_foreign_id TEXT,
    name              TEXT NOT NULL,
    description       TEXT NOT NULL,
    js_domains        TEXT NOT NULL,
    callback_urls     TEXT NOT NULL,
    created_ms        INTEGER NOT NULL,
    CHECK ((parent IS NULL) = (unique_foreign_id IS NULL)),
    UNIQUE (parent, unique_foreign_id)
);

-- At most two per application (checked by the statements); needed in the clear to sign push notifications.
CREATE TABLE application_secret (
    application INTEGER NOT NULL REFERENCES application (number),
    secret      TEXT NOT NULL,
    created_ms  INTEGER NOT NULL,
    PRIMARY KEY (application, secret)
) WITHOUT ROWID;

-- Access tokens, by SHA-256 of their text.
CREATE TABLE token (
    hash        BLOB PRIMARY KEY,
    application INTEGER NOT NULL REFERENCES application (number),
    member      INTEGER,
    scope       TEXT NOT NULL,
    issued_ms   INTEGER NOT NULL,
    expires_ms  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX token_expiry ON token (expires_ms);

-- Counters of a UTC day, written now and then; a crash may lose the last second of counting.
CREATE TABLE usage (
    application    INTEGER NOT NULL,
    endpoint_group TEXT NOT NULL,
    utc_day        INTEGER NOT NULL,
    requests       INTEGER NOT NULL,
    records        INTEGER NOT NULL,
    throttled      INTEGER NOT NULL,
    PRIMARY KEY (application, endpoint_group, utc_day)
) WITHOUT ROWID;

-- LinkedIn's members. E-mail and profile URL are lower case.
CREATE TABLE member (
    number      INTEGER PRIMARY KEY,
    first_name  TEXT NOT NULL,
    last_name   TEXT NOT NULL,
    email       TEXT NOT NULL,
    title       TEXT NOT NULL,
    company     TEXT NOT NULL,
    city        TEXT NOT NULL,
    state       TEXT NOT NULL,
    country     TEXT NOT NULL,
    phone       TEXT NOT NULL,
    profile_url TEXT NOT NULL,
    added       INTEGER NOT NULL CHECK (added IN (0, 1))
);
CREATE UNIQUE INDEX member_email ON member (email);
CREATE UNIQUE INDEX member_profile ON member (profile_url);

-- Codes of the 3-legged flow that nobody has redeemed yet, by SHA-256 of their text.
CREATE TABLE authorization_code (
    hash         BLOB PRIMARY KEY,
    application  INTEGER NOT NULL REFERENCES application (number),
    member       INTEGER NOT NULL REFERENCES member (number),
    redirect_uri TEXT NOT NULL,
    scope        TEXT NOT NULL,
    challenge    TEXT,
    issued_ms    INTEGER NOT NULL,
    expires_ms   INTEGER NOT NULL
) WITHOUT ROWID;

-- Push notifications: pending ones have a next_ms, delivered or given-up ones none. Body and signature are made once, so that every attempt
-- sends the same.
CREATE TABLE push (
    id          INTEGER PRIMARY KEY,
    application INTEGER NOT NULL REFERENCES application (number),
    url         TEXT NOT NULL,
    type        TEXT NOT NULL,
    request_id  TEXT NOT NULL UNIQUE,
    subject     TEXT NOT NULL,
    body        BLOB NOT NULL,
    signature   TEXT NOT NULL,
    created_ms  INTEGER NOT NULL,
    expires_ms  INTEGER NOT NULL,
    ends_ms     INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    tried_ms    INTEGER,
    next_ms     INTEGER,
    status      INTEGER,
    outcome     TEXT NOT NULL
);
CREATE INDEX push_due ON push (url, next_ms) WHERE next_ms IS NOT NULL;

-- Ownership challenges of callback URLs.
CREATE TABLE callback_check (
    application INTEGER NOT NULL,
    url         TEXT NOT NULL,
    checked_ms  INTEGER NOT NULL,
    next_ms     INTEGER,
    failures    INTEGER NOT NULL,
    blocked     INTEGER NOT NULL CHECK (blocked IN (0, 1)),
    outcome     TEXT NOT NULL,
    PRIMARY KEY (application, url)
) WITHOUT ROWID;

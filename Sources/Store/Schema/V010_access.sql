-- The dashboard: who may use it, in which browsers, and who did what.
CREATE TABLE account (
    account_id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 254),
    role SMALLINT NOT NULL CHECK (role BETWEEN 1 AND 3),       -- Role
    disabled SMALLINT NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    password TEXT,                             -- scrypt with its parameters; NULL: none is set, or a sign-in service knows the person
    issuer TEXT,                               -- the sign-in service, and whom it says it is
    subject TEXT,
    created_ms BIGINT NOT NULL,
    signed_in_ms BIGINT,
    CHECK ((issuer IS NULL) = (subject IS NULL)),
    CHECK (issuer IS NULL OR password IS NULL)
);
CREATE UNIQUE INDEX account_subject ON account (issuer, subject) WHERE subject IS NOT NULL;
INSERT INTO sequence (name, next) VALUES ('account', 1);

-- One-time links by which somebody sets a password; the newest of an account counts.
CREATE TABLE account_invitation (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    token BYTEA NOT NULL UNIQUE CHECK (length(token) = 32),    -- SHA-256 of the link's secret
    expires_ms BIGINT NOT NULL
);

CREATE TABLE account_session (
    token BYTEA NOT NULL PRIMARY KEY CHECK (length(token) = 32),   -- SHA-256 of the cookie's secret
    account_id BIGINT NOT NULL REFERENCES account ON DELETE CASCADE,
    begun_ms BIGINT NOT NULL,
    seen_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,                -- whatever happens
    browser TEXT NOT NULL,                     -- what kind it says it is
    address TEXT NOT NULL
);
CREATE INDEX account_session_account ON account_session (account_id);

-- Sign-ins that failed lately, so that guessing gets slow and stays slow over a restart.
CREATE TABLE sign_in_failure (
    subject BYTEA NOT NULL PRIMARY KEY CHECK (length(subject) = 32),   -- SHA-256 of a name or an address
    failures BIGINT NOT NULL CHECK (failures > 0),
    last_ms BIGINT NOT NULL,
    wait_ms BIGINT NOT NULL                    -- until when nothing is tried
);

-- Sign-ins by OpenID Connect that are under way.
CREATE TABLE oidc_attempt (
    state BYTEA NOT NULL PRIMARY KEY CHECK (length(state) = 32),       -- SHA-256
    browser BYTEA NOT NULL CHECK (length(browser) = 32),               -- SHA-256 of the cookie of the browser that began it
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,                    -- PKCE (RFC 7636)
    next TEXT NOT NULL,                        -- the path to go on with
    kept BYTEA,                                -- sealed: a form whose session ended before it was sent
    expires_ms BIGINT NOT NULL
);

-- Who did what. Each hash is over the one before it, so that no entry can be altered or taken out unnoticed.
CREATE TABLE audit (
    number BIGINT NOT NULL PRIMARY KEY CHECK (number > 0),
    at_ms BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    customer TEXT,                             -- the customer's id: it outlives the customer
    subject TEXT NOT NULL,
    hash BYTEA NOT NULL CHECK (length(hash) = 32)
);
CREATE INDEX audit_actor ON audit (actor, number);
CREATE INDEX audit_action ON audit (action, number);
CREATE INDEX audit_customer ON audit (customer, number) WHERE customer IS NOT NULL;

-- How much room each table takes with its indexes, measured once a day.
CREATE TABLE database_size (
    day BIGINT NOT NULL,                       -- days since 1970
    table_name TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    PRIMARY KEY (day, table_name)
);

-- Who we work for. Times are milliseconds since 1970 UTC; flags and states are small numbers with a CHECK.
CREATE TABLE customer (
    customer_id BIGINT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    organization BIGINT NOT NULL CHECK (organization > 0),
    foreign_id TEXT NOT NULL,
    linkedin_url TEXT NOT NULL,
    client_id TEXT NOT NULL,
    client_secret BYTEA NOT NULL,              -- sealed, see Vault
    client_secret_previous BYTEA,              -- sealed; signs pushes until the moment below, because a secret was rotated
    previous_until_ms BIGINT,
    application_urn TEXT,
    status SMALLINT NOT NULL CHECK (status BETWEEN 0 AND 3),   -- IntegrationState
    profile_url_template TEXT,
    publishes_jobs SMALLINT NOT NULL CHECK (publishes_jobs IN (0, 1)),
    created_ms BIGINT NOT NULL
);

CREATE TABLE customer_contract (
    customer_id BIGINT NOT NULL REFERENCES customer ON DELETE CASCADE,
    contract BIGINT NOT NULL CHECK (contract > 0),
    PRIMARY KEY (customer_id, contract)
);

-- LinkedIn's integrations in LinkedIn's own words.
CREATE TABLE integration (
    customer_id BIGINT NOT NULL REFERENCES customer ON DELETE CASCADE,
    type TEXT NOT NULL,
    context TEXT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    changed_ms BIGINT NOT NULL,
    PRIMARY KEY (customer_id, type, context)
);

CREATE TABLE api_key (
    customer_id BIGINT NOT NULL REFERENCES customer ON DELETE CASCADE,
    hash BYTEA NOT NULL UNIQUE CHECK (length(hash) = 32),      -- SHA-256; the key itself is shown once and kept nowhere
    label TEXT NOT NULL,
    created_ms BIGINT NOT NULL
);

-- Numbers that are never given twice: customers and records.
CREATE TABLE sequence (
    name TEXT NOT NULL PRIMARY KEY,
    next BIGINT NOT NULL
);
INSERT INTO sequence (name, next) VALUES ('customer', 1), ('record', 1);

-- SPDX-License-Identifier: Apache-2.0
-- What customers stored at LinkedIn, and what LinkedIn made of it.

-- One customer seen through one child application. Everything below hangs on its number, so two applications never see each other's rows.
CREATE TABLE tenancy (
    number INTEGER PRIMARY KEY,
    application BIGINT NOT NULL,
    organization BIGINT NOT NULL,
    UNIQUE (application, organization)
);

-- One row per record, whatever its kind: cascades, paging and counting are then one statement each.
-- kind: 1 job, 2 candidate, 3 candidate note, 4 application, 5 application note, 6 stage, 7 interview feedback.
CREATE TABLE entity (
    number INTEGER PRIMARY KEY,
    tenancy BIGINT NOT NULL REFERENCES tenancy (number),
    kind SMALLINT NOT NULL CHECK (kind BETWEEN 1 AND 7),
    parent TEXT NOT NULL,                       -- the candidate's or application's id, '' for kinds without a parent
    id TEXT NOT NULL CHECK (id <> ''),
    revision BIGINT NOT NULL DEFAULT 1,         -- 1 after the first write
    stored_ms BIGINT NOT NULL,
    body BYTEA NOT NULL,                        -- JSON in LinkedIn's v2 names, as sent
    reference TEXT,                             -- applications: the candidate's id
    manual TEXT,                                -- candidates: manualMatchedMember
    match_keys TEXT,                            -- candidates: folded e-mails and profile URL, one per line
    match_ms BIGINT,                            -- candidates: since when they are what they are
    UNIQUE (tenancy, kind, parent, id),
    CHECK ((parent = '') = (kind IN (1, 2, 4)))
);

CREATE INDEX entity_of_candidate ON entity (tenancy, reference) WHERE reference IS NOT NULL;

-- How many rows a tenancy has of a kind: kept with every write, because counting a million rows is not an answer to a status page.
CREATE TABLE entity_tally (
    tenancy BIGINT NOT NULL REFERENCES tenancy (number),
    kind SMALLINT NOT NULL,
    stored BIGINT NOT NULL CHECK (stored >= 0),
    PRIMARY KEY (tenancy, kind)
);

-- LinkedIn's side of a job: its own number, and whether it is open.
CREATE TABLE job_posting (
    number INTEGER PRIMARY KEY,
    tenancy BIGINT NOT NULL REFERENCES tenancy (number),
    id TEXT NOT NULL,
    listed SMALLINT NOT NULL CHECK (listed IN (0, 1)),
    availability TEXT NOT NULL,
    expires_ms BIGINT NOT NULL,
    settled_ms BIGINT NOT NULL,                 -- when its newest task ends
    UNIQUE (tenancy, id)
);

-- One submitted operation. How it ends is known from the start; before ends_ms it reads IN_PROGRESS.
CREATE TABLE job_task (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    tenancy BIGINT NOT NULL REFERENCES tenancy (number),
    job TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('SUCCEEDED', 'FAILED', 'PROCESSED')),
    posting BIGINT,
    message TEXT,
    created_ms BIGINT NOT NULL,
    ends_ms BIGINT NOT NULL
);

CREATE TABLE integration (
    application BIGINT NOT NULL,
    context TEXT NOT NULL,                      -- urn:li:organization:… or urn:li:contract:…
    type TEXT NOT NULL,
    tenant TEXT NOT NULL,
    organization BIGINT NOT NULL,               -- the customer the context belongs to; 0 when nobody said
    name TEXT,
    status TEXT NOT NULL CHECK (status IN ('REQUESTED', 'ENABLED', 'DISABLED')),
    changed_ms BIGINT NOT NULL,
    PRIMARY KEY (application, context, type, tenant)
);

CREATE TABLE integration_configuration (
    application BIGINT NOT NULL,
    context TEXT NOT NULL,
    type TEXT NOT NULL,
    tenant TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (application, context, type, tenant, key),
    FOREIGN KEY (application, context, type, tenant) REFERENCES integration (application, context, type, tenant) ON DELETE CASCADE
);

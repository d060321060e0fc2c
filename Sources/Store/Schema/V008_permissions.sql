-- Who may see what: the ATS's users, their groups (ACLs), and the links by which they sign in with LinkedIn.
CREATE TABLE ats_user (
    customer_id BIGINT NOT NULL,
    id TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,                   -- case folded, see ATSUser.emailKey
    name TEXT NOT NULL,
    person TEXT,                               -- NULL: not bound to a member
    bound_how SMALLINT CHECK (bound_how IN (0, 1)),            -- ATSUser.Binding.Source
    bound_ms BIGINT,
    changed_ms BIGINT NOT NULL,
    PRIMARY KEY (customer_id, id),
    CHECK ((person IS NULL) = (bound_ms IS NULL) AND (person IS NULL) = (bound_how IS NULL))
);
CREATE INDEX ats_user_person ON ats_user (customer_id, person) WHERE person IS NOT NULL;
CREATE INDEX ats_user_email ON ats_user (customer_id, email_key);

-- Memberships as the ATS said them. Records of kind 9 (assignee) follow from them and from the bindings; a user may be unknown yet.
CREATE TABLE acl_member (
    customer_id BIGINT NOT NULL,
    acl TEXT NOT NULL,
    user_id TEXT NOT NULL,
    rid BIGINT NOT NULL,                       -- from the records' numbers, so that a comparison of keys can note it
    added_ms BIGINT NOT NULL,
    PRIMARY KEY (customer_id, acl, user_id)
);
CREATE INDEX acl_member_user ON acl_member (customer_id, user_id);

-- Everything that a person is assigned to, deletions included: LinkedIn allows ten.
CREATE INDEX record_assignee ON record (customer_id, id) WHERE kind = 9;

-- One-time links to the sign-in page, and the attempt that was begun with one. Only hashes of what is secret.
CREATE TABLE sign_in (
    customer_id BIGINT NOT NULL,
    token BYTEA NOT NULL CHECK (length(token) = 32),           -- SHA-256 of the link's token
    user_id TEXT NOT NULL,
    expires_ms BIGINT NOT NULL,
    state BYTEA CHECK (length(state) = 32),                    -- SHA-256 of the attempt's state; NULL: none is open
    browser BYTEA CHECK (length(browser) = 32),                -- SHA-256 of the cookie of the browser that began it
    verifier TEXT,                                             -- PKCE (RFC 7636); worthless without the code and the client secret
    state_ms BIGINT,                                           -- when the attempt ends
    PRIMARY KEY (customer_id, token),
    CHECK ((state IS NULL) = (browser IS NULL) AND (state IS NULL) = (state_ms IS NULL))
);
CREATE UNIQUE INDEX sign_in_state ON sign_in (customer_id, state) WHERE state IS NOT NULL;
CREATE INDEX sign_in_user ON sign_in (customer_id, user_id);

ALTER TABLE customer ADD COLUMN visibility SMALLINT NOT NULL DEFAULT 0 CHECK (visibility IN (0, 1));   -- JobVisibility

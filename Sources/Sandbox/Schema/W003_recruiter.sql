-- SPDX-License-Identifier: Apache-2.0
-- What happens inside Recruiter: contracts and their seats, InMails, profiles that members shared, notes.
-- It belongs to the contract and not to an application: every application of the customer sees the same.

-- Since when a member's account is closed.
ALTER TABLE member ADD COLUMN closed_ms BIGINT;
CREATE INDEX member_closed ON member (closed_ms, number) WHERE closed_ms IS NOT NULL;

CREATE TABLE contract (
    number INTEGER PRIMARY KEY,
    organization BIGINT NOT NULL,
    name TEXT NOT NULL,
    created_ms BIGINT NOT NULL
);
CREATE INDEX contract_of_organization ON contract (organization);

-- One licensed user of a contract; names and e-mail are those of the licence, which may differ from the member's.
CREATE TABLE seat (
    number INTEGER PRIMARY KEY,
    contract BIGINT NOT NULL REFERENCES contract (number),
    member BIGINT NOT NULL REFERENCES member (number),
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    email TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('ACTIVE', 'INACTIVE', 'INVITED', 'PARKED')),
    roles TEXT NOT NULL,                        -- separated by spaces
    created_ms BIGINT NOT NULL,
    UNIQUE (contract, member)
);

-- A conversation between a seat and a member. Its number is that of its first message.
CREATE TABLE inmail_thread (
    number INTEGER PRIMARY KEY,
    seat BIGINT NOT NULL REFERENCES seat (number),
    member BIGINT NOT NULL REFERENCES member (number),
    subject TEXT NOT NULL,
    opened_ms BIGINT NOT NULL,
    -- What the member's first reply said about contact data, which is the only time LinkedIn asks.
    answer TEXT NOT NULL CHECK (answer IN ('NONE', 'WITHHELD', 'SHARED', 'DECLINED'))
);
CREATE INDEX inmail_thread_of_seat ON inmail_thread (seat);

CREATE TABLE inmail (
    number INTEGER PRIMARY KEY,
    thread BIGINT NOT NULL REFERENCES inmail_thread (number),
    seat BIGINT NOT NULL,                       -- the thread's, so that a time window of a viewer is one range
    from_member SMALLINT NOT NULL CHECK (from_member IN (0, 1)),
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    sent_ms BIGINT NOT NULL
);
CREATE INDEX inmail_of_seat ON inmail (seat, sent_ms, number);

-- That a member shared contact data with a first reply; the profile itself is the member's row.
CREATE TABLE mail_stub (
    number INTEGER PRIMARY KEY,
    contract BIGINT NOT NULL REFERENCES contract (number),
    seat BIGINT NOT NULL REFERENCES seat (number),
    member BIGINT NOT NULL REFERENCES member (number),
    thread BIGINT NOT NULL UNIQUE REFERENCES inmail_thread (number),
    created_ms BIGINT NOT NULL
);
CREATE INDEX mail_stub_of_contract ON mail_stub (contract, created_ms, number);

-- A deleted note stays, inactive, so that readers learn of the deletion.
CREATE TABLE recruiter_note (
    number INTEGER PRIMARY KEY,
    contract BIGINT NOT NULL REFERENCES contract (number),
    seat BIGINT NOT NULL REFERENCES seat (number),
    member BIGINT NOT NULL REFERENCES member (number),
    text TEXT NOT NULL,
    visibility TEXT NOT NULL CHECK (visibility IN ('ORGANIZATION', 'PRIVATE')),
    active SMALLINT NOT NULL CHECK (active IN (0, 1)),
    created_ms BIGINT NOT NULL,
    modified_ms BIGINT NOT NULL CHECK (modified_ms >= created_ms)
);
CREATE INDEX recruiter_note_of_contract ON recruiter_note (contract, modified_ms, number);

-- What recruiters do at LinkedIn: pulled, because no notification tells of it. All personal data in it came from LinkedIn.
CREATE TABLE seat (
    customer_id BIGINT NOT NULL,
    seat BIGINT NOT NULL,
    contract BIGINT NOT NULL,
    person TEXT,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    email TEXT,
    state TEXT NOT NULL,                       -- LinkedIn's word
    roles TEXT NOT NULL,                       -- separated by spaces
    created_ms BIGINT,
    listed_ms BIGINT NOT NULL,                 -- when the last list that names it was begun
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (customer_id, seat)
);
CREATE INDEX seat_contract ON seat (customer_id, contract);
CREATE INDEX seat_person ON seat (customer_id, person) WHERE person IS NOT NULL;

CREATE TABLE inmail_message (
    customer_id BIGINT NOT NULL,
    thread TEXT NOT NULL,
    message TEXT NOT NULL,
    person TEXT,                               -- the member, on whichever side
    contract BIGINT NOT NULL,
    seat BIGINT NOT NULL,
    from_member SMALLINT NOT NULL CHECK (from_member IN (0, 1)),
    sent_ms BIGINT NOT NULL,
    subject TEXT,
    text TEXT,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (customer_id, thread, message)
);
CREATE INDEX inmail_person ON inmail_message (customer_id, person, thread) WHERE person IS NOT NULL;

CREATE TABLE stub_profile (
    customer_id BIGINT NOT NULL,
    stub TEXT NOT NULL,
    person TEXT NOT NULL,
    contract BIGINT NOT NULL,
    seat BIGINT,
    created_ms BIGINT,
    profile BYTEA NOT NULL,                    -- one JSON object in the language of our API
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (customer_id, stub)
);
CREATE INDEX stub_person ON stub_profile (customer_id, person);

-- A deleted note stays as a number, so that an older reading cannot bring it back.
CREATE TABLE recruiter_note (
    customer_id BIGINT NOT NULL,
    note TEXT NOT NULL,
    person TEXT,
    contract BIGINT NOT NULL,
    seat BIGINT,
    active SMALLINT NOT NULL CHECK (active IN (0, 1)),
    created_ms BIGINT,
    modified_ms BIGINT NOT NULL,
    text TEXT,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (customer_id, note),
    CHECK (active = 1 OR text IS NULL)
);
CREATE INDEX note_person ON recruiter_note (customer_id, person) WHERE person IS NOT NULL;

-- The events that carry a note's text, so that it goes from them, too.
CREATE TABLE recruiter_note_event (
    customer_id BIGINT NOT NULL,
    note TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (customer_id, note, number)
);

CREATE TABLE closed_profile (
    customer_id BIGINT NOT NULL,
    person TEXT NOT NULL,
    closed_ms BIGINT,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (customer_id, person)
);

-- How far each feed was read; see PullCursor.
CREATE TABLE pull_cursor (
    customer_id BIGINT NOT NULL,
    feed TEXT NOT NULL,
    contract BIGINT NOT NULL,
    seat BIGINT NOT NULL,
    history SMALLINT NOT NULL CHECK (history IN (0, 1)),
    owners TEXT NOT NULL,                      -- seats, separated by spaces
    through_ms BIGINT NOT NULL,
    stop_ms BIGINT,
    from_ms BIGINT,                            -- the window that is being read
    to_ms BIGINT,
    start BIGINT NOT NULL CHECK (start >= 0),
    last TEXT,
    restarts BIGINT NOT NULL,
    due_ms BIGINT,
    failures BIGINT NOT NULL,
    reason TEXT,
    PRIMARY KEY (customer_id, feed, contract, seat, history),
    CHECK ((from_ms IS NULL) = (to_ms IS NULL)),
    CHECK (start = 0 OR from_ms IS NOT NULL)
);

-- Calls by UTC day: what the status shows.
CREATE TABLE pull_calls (
    customer_id BIGINT NOT NULL,
    feed TEXT NOT NULL,
    day BIGINT NOT NULL,
    calls BIGINT NOT NULL,
    PRIMARY KEY (customer_id, feed, day)
);

-- How far back a customer wants to be read; no row: as the process is set up.
CREATE TABLE pull_setting (
    customer_id BIGINT NOT NULL PRIMARY KEY,
    history_days BIGINT NOT NULL CHECK (history_days BETWEEN 0 AND 3650)
);

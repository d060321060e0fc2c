-- What the ATS must learn, in the order in which it happened. Numbers are per customer, without gaps, and rise with every commit.
CREATE TABLE event (
    customer_id BIGINT NOT NULL,
    number BIGINT NOT NULL CHECK (number > 0),
    type TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    candidate TEXT,                            -- whom it is about, in the ATS's id: so that it can be found and erased
    person TEXT,                               -- and as LinkedIn's person URN
    from_linkedin SMALLINT NOT NULL CHECK (from_linkedin IN (0, 1)),   -- holds personal data that came from LinkedIn
    data BYTEA,                                -- one JSON object; NULL: erased
    PRIMARY KEY (customer_id, number)
);
CREATE INDEX event_candidate ON event (customer_id, candidate) WHERE candidate IS NOT NULL;
CREATE INDEX event_person ON event (customer_id, person) WHERE person IS NOT NULL;

CREATE TABLE event_head (
    customer_id BIGINT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL                       -- the newest event's number
);

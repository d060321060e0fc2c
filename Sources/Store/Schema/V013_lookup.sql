-- What people look for on the dashboard, found without reading every record.

-- Names of candidates and titles of jobs, folded, once from each of their words on, so that any word can be the first that is typed.
-- Filled with the traces: in the background, and only once somebody looks for a name or exports a member.
CREATE TABLE record_name (
    customer_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    rid BIGINT NOT NULL,
    PRIMARY KEY (customer_id, name, rid)
);
CREATE INDEX record_name_rid ON record_name (customer_id, rid);

-- Whoever has traces already is read once more, for the names.
UPDATE trace_head SET rid = 0;

-- Few rows each, all of them in the order in which lists are read.
CREATE INDEX record_gone ON record (customer_id, kind, parent, id) WHERE desired IS NULL;
CREATE INDEX record_confirming ON record (customer_id, kind, parent, id) WHERE state = 2;
CREATE INDEX record_reason ON record (customer_id, kind, reason_code, reason, rid) WHERE state = 4;

-- How many candidates were matched at the end of each UTC day, for the chart; written with the matches that are read.
CREATE TABLE match_day (
    customer_id BIGINT NOT NULL,
    day BIGINT NOT NULL,                       -- days since 1970 UTC
    candidates BIGINT NOT NULL CHECK (candidates >= 0),        -- that LinkedIn holds
    matched BIGINT NOT NULL CHECK (matched >= 0),
    PRIMARY KEY (customer_id, day)
);

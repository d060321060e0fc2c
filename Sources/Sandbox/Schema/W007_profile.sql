-- SPDX-License-Identifier: Apache-2.0
-- What Recruiter's pages about one member, the inbox and the admin's pages need.

-- The last word of a conversation, and how far its recruiter has read: an inbox is then one range of an index.
ALTER TABLE inmail_thread ADD COLUMN last_inmail BIGINT NOT NULL DEFAULT 0;
ALTER TABLE inmail_thread ADD COLUMN last_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE inmail_thread ADD COLUMN last_from_member SMALLINT NOT NULL DEFAULT 0 CHECK (last_from_member IN (0, 1));
ALTER TABLE inmail_thread ADD COLUMN read_inmail BIGINT NOT NULL DEFAULT 0;
CREATE INDEX inmail_of_thread ON inmail (thread, number);
UPDATE inmail_thread SET (last_inmail, last_ms, last_from_member) = (
    SELECT number, sent_ms, from_member FROM inmail WHERE thread = inmail_thread.number ORDER BY number DESC LIMIT 1)
WHERE EXISTS (SELECT 1 FROM inmail WHERE thread = inmail_thread.number);
DROP INDEX inmail_thread_of_seat;
CREATE INDEX inmail_thread_of_seat ON inmail_thread (seat, last_ms, number);
CREATE INDEX inmail_thread_of_member ON inmail_thread (member, last_ms, number);

CREATE INDEX recruiter_note_of_member ON recruiter_note (member, modified_ms, number);
CREATE INDEX export_by_time ON export (seat, created_ms, request_id);
CREATE INDEX mail_stub_of_member ON mail_stub (member, contract);

-- That a recruiter is not interested in a member, which nobody else sees.
CREATE TABLE not_interested (
    seat BIGINT NOT NULL REFERENCES seat (number),
    member BIGINT NOT NULL REFERENCES member (number),
    reason TEXT NOT NULL,
    said_ms BIGINT NOT NULL,
    PRIMARY KEY (seat, member)
) WITHOUT ROWID;

-- Columns of the admin centre's file that the sandbox has no use for, kept as they came.
CREATE TABLE seat_attribute (
    number INTEGER PRIMARY KEY,                 -- the order in which they were first seen
    seat BIGINT NOT NULL REFERENCES seat (number),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (seat, name)
);
CREATE INDEX seat_attribute_by_name ON seat_attribute (name);
CREATE INDEX seat_of_contract ON seat (contract, number);

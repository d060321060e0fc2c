-- SPDX-License-Identifier: Apache-2.0
-- One-click export: what recruiters exported, and what may keep them from it.

-- One export of a member to a job. Its id is that of the push notification, which may be gone before it.
CREATE TABLE export (
    request_id TEXT PRIMARY KEY,
    tenancy BIGINT NOT NULL REFERENCES tenancy (number),
    member BIGINT NOT NULL REFERENCES member (number),
    job TEXT NOT NULL,
    seat BIGINT NOT NULL REFERENCES seat (number),
    utc_month BIGINT NOT NULL,                  -- months since January 1970
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    fetched_ms BIGINT                           -- when the ATS first asked for it
);
CREATE INDEX export_of_seat ON export (seat, utc_month);
CREATE INDEX export_of_member ON export (tenancy, member);

-- Members whose privacy settings keep their profile out of exports.
CREATE TABLE private_member (
    member INTEGER PRIMARY KEY REFERENCES member (number)
);

-- Product settings of a customer's Recruiter; a customer without a row has everything on.
CREATE TABLE product_setting (
    organization INTEGER PRIMARY KEY,
    one_click_export SMALLINT NOT NULL CHECK (one_click_export IN (0, 1))
);

-- Who of the customer's candidates a member is, by hand.
CREATE INDEX entity_of_member ON entity (tenancy, manual) WHERE manual IS NOT NULL;

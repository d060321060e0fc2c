-- SPDX-License-Identifier: Apache-2.0
-- What Recruiter finds people by, and the projects it saves them to.

-- What a member said; null: made up from title and number (MemberTraits).
ALTER TABLE member ADD COLUMN skills TEXT;      -- one per line
ALTER TABLE member ADD COLUMN open_to_work SMALLINT CHECK (open_to_work IN (0, 1));

-- Words of members, by member number; written with the member, who never changes afterwards. Without the texts themselves, which are in `member`.
CREATE VIRTUAL TABLE member_text USING fts5 (
    first_name, last_name, title, company, place, skills, traits,
    content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);

-- Words of an ATS's candidates, by entity number. With the texts, so that a candidate who is deleted is gone from here.
CREATE VIRTUAL TABLE candidate_text USING fts5 (
    name, title, company, place, columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);

-- What candidates are matched by, one row per key: e-mails and profile address, or the person's URN of those linked by hand.
-- Derived from `entity` when Recruiter looks (SearchKeeper), so that bulk writes do not pay for it.
CREATE TABLE candidate_key (
    key TEXT NOT NULL,
    tenancy BIGINT NOT NULL,
    entity BIGINT NOT NULL,
    since_ms BIGINT NOT NULL,                   -- 0 when linked by hand
    member BIGINT,                              -- whose key it is; null while no member has it
    PRIMARY KEY (key, tenancy, entity)
) WITHOUT ROWID;
CREATE INDEX candidate_key_of_entity ON candidate_key (entity, member);
CREATE INDEX candidate_key_of_member ON candidate_key (tenancy, member, since_ms) WHERE member IS NOT NULL;

-- Candidates whose keys or words are not derived anew yet: only ever appended to by writes, which is cheap.
CREATE TABLE candidate_change (
    number INTEGER PRIMARY KEY,
    entity BIGINT NOT NULL
);
CREATE TRIGGER candidate_added AFTER INSERT ON entity WHEN NEW.kind = 2
BEGIN INSERT INTO candidate_change (entity) VALUES (NEW.number); END;
CREATE TRIGGER candidate_changed AFTER UPDATE OF body, manual, match_keys ON entity
WHEN NEW.kind = 2 AND (OLD.match_keys IS NOT NEW.match_keys OR OLD.manual IS NOT NEW.manual OR OLD.body IS NOT NEW.body)
BEGIN INSERT INTO candidate_change (entity) VALUES (NEW.number); END;
CREATE TRIGGER candidate_deleted AFTER DELETE ON entity WHEN OLD.kind = 2
BEGIN INSERT INTO candidate_change (entity) VALUES (OLD.number); END;

-- What was there before this table was, by number, and how far it is taken in.
CREATE TABLE search_backlog (
    name TEXT PRIMARY KEY CHECK (name IN ('member', 'added member', 'candidate')),
    done BIGINT NOT NULL,
    upto BIGINT NOT NULL
) WITHOUT ROWID;
INSERT INTO search_backlog SELECT 'member', 0, coalesce(max(number), 0) FROM member WHERE number <= 1000000000;
INSERT INTO search_backlog SELECT 'added member', 1000000000, coalesce(max(number), 0) FROM member WHERE number > 1000000000;
INSERT INTO search_backlog SELECT 'candidate', 0, coalesce(max(number), 0) FROM entity;

-- Members that recruiters of a contract look at together.
CREATE TABLE project (
    number INTEGER PRIMARY KEY,
    contract BIGINT NOT NULL REFERENCES contract (number),
    seat BIGINT NOT NULL REFERENCES seat (number),      -- who made it
    name TEXT NOT NULL CHECK (name <> ''),
    archived SMALLINT NOT NULL CHECK (archived IN (0, 1)),
    created_ms BIGINT NOT NULL
);
CREATE INDEX project_of_contract ON project (contract, archived, number);

CREATE TABLE project_member (
    project BIGINT NOT NULL REFERENCES project (number),
    member BIGINT NOT NULL REFERENCES member (number),
    stage TEXT NOT NULL CHECK (stage IN ('UNCONTACTED', 'CONTACTED', 'REPLIED', 'INTERVIEWING', 'HIRED', 'ARCHIVED')),
    seat BIGINT NOT NULL REFERENCES seat (number),      -- who saved the member
    saved_ms BIGINT NOT NULL,
    PRIMARY KEY (project, member)
) WITHOUT ROWID;
CREATE INDEX project_member_by_stage ON project_member (project, stage, member);
CREATE INDEX project_of_member ON project_member (member);

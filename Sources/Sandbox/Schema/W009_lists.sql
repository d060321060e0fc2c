-- SPDX-License-Identifier: Apache-2.0
-- Lists that show a page of very many rows.

-- A candidate's applications, by id and by when the ATS changed them.
DROP INDEX entity_of_candidate;
CREATE INDEX entity_of_candidate ON entity (tenancy, reference, id) WHERE reference IS NOT NULL;
CREATE INDEX entity_changed ON entity (tenancy, reference, json_extract(CAST(body AS TEXT), '$.atsLastModifiedAt'), id)
    WHERE reference IS NOT NULL;

-- Notes, stages and feedback, by when they were made in the ATS.
CREATE INDEX entity_made ON entity (tenancy, kind, parent, json_extract(CAST(body AS TEXT), '$.atsCreatedAt'), id)
    WHERE parent <> '';

-- What recruiters did with a member.
DROP INDEX export_of_member;
CREATE INDEX export_of_member ON export (member, created_ms, request_id);

-- Notifications that are still to be sent, in the order in which they came to be.
CREATE INDEX push_waiting ON push (id) WHERE next_ms IS NOT NULL;

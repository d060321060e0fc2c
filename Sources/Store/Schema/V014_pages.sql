-- Lists that people look at are read the newest first, a page at a time.
CREATE INDEX export_newest ON export (customer_id, at_ms, request_id);
CREATE INDEX inmail_newest ON inmail_message (customer_id, sent_ms, thread);
CREATE INDEX note_newest ON recruiter_note (customer_id, modified_ms, note) WHERE active = 1;
CREATE INDEX stub_newest ON stub_profile (customer_id, at_ms, stub);
CREATE INDEX closed_newest ON closed_profile (customer_id, at_ms, person);
CREATE INDEX push_newest ON push_event (customer_id, received_ms, event_id);
CREATE INDEX event_type ON event (customer_id, type, number);

-- What belongs to one person or conversation is read in this order, so that no index above seems the better way to it.
CREATE INDEX inmail_thread ON inmail_message (customer_id, thread, sent_ms, message);
DROP INDEX export_person;
CREATE INDEX export_person ON export (customer_id, person, at_ms, request_id);
DROP INDEX stub_person;
CREATE INDEX stub_person ON stub_profile (customer_id, person, stub);
DROP INDEX note_person;
CREATE INDEX note_person ON recruiter_note (customer_id, person, note) WHERE person IS NOT NULL;

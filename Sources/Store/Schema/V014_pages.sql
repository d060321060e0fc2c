-- Lists that people look at are read the newest first, a page at a time.
CREATE INDEX export_newest ON export (customer_id, at_ms, request_id);
CREATE INDEX inmail_newest ON inmail_message (customer_id, sent_ms, thread);
CREATE INDEX note_newest ON recruiter_note (customer_id, modified_ms, note) WHERE active = 1;
CREATE INDEX stub_newest ON stub_profile (customer_id, at_ms, stub);
CREATE INDEX closed_newest ON closed_profile (customer_id, at_ms, person);
CREATE INDEX push_newest ON push_event (customer_id, received_ms, event_id);
CREATE INDEX event_type ON event (customer_id, type, number);

-- What was recorded stays as it was recorded, whoever asks: the application has no way around
-- these triggers, and neither has a person with an SQL prompt who does not drop them first.
CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events BEGIN
	SELECT RAISE(ABORT, 'rows of audit_events are never changed');
END;
--> statement-breakpoint
CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events BEGIN
	SELECT RAISE(ABORT, 'rows of audit_events are never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER audit_events_no_replace BEFORE INSERT ON audit_events
WHEN EXISTS (SELECT 1 FROM audit_events WHERE seq = NEW.seq) BEGIN
	SELECT RAISE(ABORT, 'rows of audit_events are never replaced');
END;

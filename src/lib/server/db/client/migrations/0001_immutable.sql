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
--> statement-breakpoint
CREATE TRIGGER versions_no_update BEFORE UPDATE ON versions BEGIN
	SELECT RAISE(ABORT, 'rows of versions are never changed');
END;
--> statement-breakpoint
CREATE TRIGGER versions_no_delete BEFORE DELETE ON versions BEGIN
	SELECT RAISE(ABORT, 'rows of versions are never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER versions_no_replace BEFORE INSERT ON versions
WHEN EXISTS (SELECT 1 FROM versions WHERE (scheme_id = NEW.scheme_id AND number = NEW.number) OR submission_id = NEW.submission_id) BEGIN
	SELECT RAISE(ABORT, 'rows of versions are never replaced');
END;
--> statement-breakpoint
CREATE TRIGGER draft_revisions_no_update BEFORE UPDATE ON draft_revisions BEGIN
	SELECT RAISE(ABORT, 'rows of draft_revisions are never changed');
END;
--> statement-breakpoint
CREATE TRIGGER draft_revisions_no_delete BEFORE DELETE ON draft_revisions BEGIN
	SELECT RAISE(ABORT, 'rows of draft_revisions are never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER draft_revisions_no_replace BEFORE INSERT ON draft_revisions
WHEN EXISTS (SELECT 1 FROM draft_revisions WHERE draft_id = NEW.draft_id AND revision = NEW.revision) BEGIN
	SELECT RAISE(ABORT, 'rows of draft_revisions are never replaced');
END;
--> statement-breakpoint
CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions BEGIN
	SELECT RAISE(ABORT, 'rows of decisions are never changed');
END;
--> statement-breakpoint
CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions BEGIN
	SELECT RAISE(ABORT, 'rows of decisions are never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER decisions_no_replace BEFORE INSERT ON decisions
WHEN EXISTS (SELECT 1 FROM decisions WHERE submission_id = NEW.submission_id) BEGIN
	SELECT RAISE(ABORT, 'rows of decisions are never replaced');
END;
--> statement-breakpoint
CREATE TRIGGER metrics_no_update BEFORE UPDATE ON metrics BEGIN
	SELECT RAISE(ABORT, 'rows of metrics are never changed');
END;
--> statement-breakpoint
CREATE TRIGGER metrics_no_delete BEFORE DELETE ON metrics BEGIN
	SELECT RAISE(ABORT, 'rows of metrics are never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER metrics_no_replace BEFORE INSERT ON metrics
WHEN EXISTS (SELECT 1 FROM metrics WHERE id = NEW.id AND revision = NEW.revision) BEGIN
	SELECT RAISE(ABORT, 'rows of metrics are never replaced');
END;
--> statement-breakpoint
CREATE TRIGGER record_types_no_update BEFORE UPDATE ON record_types BEGIN
	SELECT RAISE(ABORT, 'rows of record_types are never changed');
END;
--> statement-breakpoint
CREATE TRIGGER record_types_no_delete BEFORE DELETE ON record_types BEGIN
	SELECT RAISE(ABORT, 'rows of record_types are never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER record_types_no_replace BEFORE INSERT ON record_types
WHEN EXISTS (SELECT 1 FROM record_types WHERE id = NEW.id AND revision = NEW.revision) BEGIN
	SELECT RAISE(ABORT, 'rows of record_types are never replaced');
END;
--> statement-breakpoint
CREATE TRIGGER scorecards_no_update BEFORE UPDATE ON scorecards BEGIN
	SELECT RAISE(ABORT, 'rows of scorecards are never changed');
END;
--> statement-breakpoint
CREATE TRIGGER scorecards_no_delete BEFORE DELETE ON scorecards BEGIN
	SELECT RAISE(ABORT, 'rows of scorecards are never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER scorecards_no_replace BEFORE INSERT ON scorecards
WHEN EXISTS (SELECT 1 FROM scorecards WHERE id = NEW.id OR (run_id = NEW.run_id AND employee_id = NEW.employee_id)) BEGIN
	SELECT RAISE(ABORT, 'rows of scorecards are never replaced');
END;
--> statement-breakpoint
CREATE TRIGGER target_reviews_no_update BEFORE UPDATE ON target_reviews BEGIN
	SELECT RAISE(ABORT, 'rows of target_reviews are never changed');
END;
--> statement-breakpoint
CREATE TRIGGER target_reviews_no_delete BEFORE DELETE ON target_reviews BEGIN
	SELECT RAISE(ABORT, 'rows of target_reviews are never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER target_reviews_no_replace BEFORE INSERT ON target_reviews
WHEN EXISTS (SELECT 1 FROM target_reviews WHERE id = NEW.id) BEGIN
	SELECT RAISE(ABORT, 'rows of target_reviews are never replaced');
END;
--> statement-breakpoint
CREATE TRIGGER target_notes_no_update BEFORE UPDATE ON target_notes BEGIN
	SELECT RAISE(ABORT, 'rows of target_notes are never changed');
END;
--> statement-breakpoint
CREATE TRIGGER target_notes_no_delete BEFORE DELETE ON target_notes BEGIN
	SELECT RAISE(ABORT, 'rows of target_notes are never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER target_notes_no_replace BEFORE INSERT ON target_notes
WHEN EXISTS (SELECT 1 FROM target_notes WHERE cycle_id = NEW.cycle_id AND unit_id = NEW.unit_id AND written_at = NEW.written_at AND written_by = NEW.written_by) BEGIN
	SELECT RAISE(ABORT, 'rows of target_notes are never replaced');
END;
--> statement-breakpoint
CREATE TRIGGER submissions_no_update BEFORE UPDATE OF
	id, draft_id, draft_revision, draft_hash, replay_id, base_version, note, submitted_at, submitted_by
ON submissions BEGIN
	SELECT RAISE(ABORT, 'rows of submissions can only be withdrawn');
END;
--> statement-breakpoint
CREATE TRIGGER submissions_withdrawn_once BEFORE UPDATE ON submissions WHEN OLD.withdrawn_at IS NOT NULL BEGIN
	SELECT RAISE(ABORT, 'rows of submissions are withdrawn once');
END;
--> statement-breakpoint
CREATE TRIGGER submissions_no_delete BEFORE DELETE ON submissions BEGIN
	SELECT RAISE(ABORT, 'rows of submissions are never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER submissions_no_replace BEFORE INSERT ON submissions
WHEN EXISTS (SELECT 1 FROM submissions WHERE id = NEW.id) BEGIN
	SELECT RAISE(ABORT, 'rows of submissions are never replaced');
END;
--> statement-breakpoint
CREATE TRIGGER observations_no_update BEFORE UPDATE OF
	id, subject_kind, subject_id, metric, period, value, raw, currency, original_value, original_currency, source, evidence, batch_id, recorded_at, recorded_by
ON observations BEGIN
	SELECT RAISE(ABORT, 'rows of observations can only be withdrawn');
END;
--> statement-breakpoint
CREATE TRIGGER observations_withdrawn_once BEFORE UPDATE ON observations WHEN OLD.withdrawn_at IS NOT NULL BEGIN
	SELECT RAISE(ABORT, 'rows of observations are withdrawn once');
END;
--> statement-breakpoint
CREATE TRIGGER observations_no_delete BEFORE DELETE ON observations BEGIN
	SELECT RAISE(ABORT, 'rows of observations are never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER observations_no_replace BEFORE INSERT ON observations
WHEN EXISTS (SELECT 1 FROM observations WHERE id = NEW.id) BEGIN
	SELECT RAISE(ABORT, 'rows of observations are never replaced');
END;
--> statement-breakpoint
CREATE TRIGGER targets_no_update BEFORE UPDATE OF
	id, subject_kind, subject_id, metric, period, value, raw, currency, original_value, original_currency, proposal_id, source, evidence, batch_id, recorded_at, recorded_by
ON targets BEGIN
	SELECT RAISE(ABORT, 'rows of targets can only be withdrawn');
END;
--> statement-breakpoint
CREATE TRIGGER targets_withdrawn_once BEFORE UPDATE ON targets WHEN OLD.withdrawn_at IS NOT NULL BEGIN
	SELECT RAISE(ABORT, 'rows of targets are withdrawn once');
END;
--> statement-breakpoint
CREATE TRIGGER targets_no_delete BEFORE DELETE ON targets BEGIN
	SELECT RAISE(ABORT, 'rows of targets are never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER targets_no_replace BEFORE INSERT ON targets
WHEN EXISTS (SELECT 1 FROM targets WHERE id = NEW.id) BEGIN
	SELECT RAISE(ABORT, 'rows of targets are never replaced');
END;
--> statement-breakpoint
CREATE TRIGGER employee_facts_no_update BEFORE UPDATE OF
	id, employee_id, attribute, value, valid_from, source, evidence, batch_id, recorded_at, recorded_by
ON employee_facts BEGIN
	SELECT RAISE(ABORT, 'rows of employee_facts can only be withdrawn');
END;
--> statement-breakpoint
CREATE TRIGGER employee_facts_withdrawn_once BEFORE UPDATE ON employee_facts WHEN OLD.withdrawn_at IS NOT NULL BEGIN
	SELECT RAISE(ABORT, 'rows of employee_facts are withdrawn once');
END;
--> statement-breakpoint
CREATE TRIGGER employee_facts_no_delete BEFORE DELETE ON employee_facts BEGIN
	SELECT RAISE(ABORT, 'rows of employee_facts are never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER employee_facts_no_replace BEFORE INSERT ON employee_facts
WHEN EXISTS (SELECT 1 FROM employee_facts WHERE id = NEW.id) BEGIN
	SELECT RAISE(ABORT, 'rows of employee_facts are never replaced');
END;
--> statement-breakpoint
CREATE TRIGGER unit_moves_no_update BEFORE UPDATE OF
	id, unit_id, parent_id, valid_from, source, evidence, batch_id, recorded_at, recorded_by
ON unit_moves BEGIN
	SELECT RAISE(ABORT, 'rows of unit_moves can only be withdrawn');
END;
--> statement-breakpoint
CREATE TRIGGER unit_moves_withdrawn_once BEFORE UPDATE ON unit_moves WHEN OLD.withdrawn_at IS NOT NULL BEGIN
	SELECT RAISE(ABORT, 'rows of unit_moves are withdrawn once');
END;
--> statement-breakpoint
CREATE TRIGGER unit_moves_no_delete BEFORE DELETE ON unit_moves BEGIN
	SELECT RAISE(ABORT, 'rows of unit_moves are never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER unit_moves_no_replace BEFORE INSERT ON unit_moves
WHEN EXISTS (SELECT 1 FROM unit_moves WHERE id = NEW.id) BEGIN
	SELECT RAISE(ABORT, 'rows of unit_moves are never replaced');
END;
--> statement-breakpoint
CREATE TRIGGER parameter_values_no_update BEFORE UPDATE OF
	id, parameter_id, unit_id, valid_from, value, source, evidence, batch_id, recorded_at, recorded_by
ON parameter_values BEGIN
	SELECT RAISE(ABORT, 'rows of parameter_values can only be withdrawn');
END;
--> statement-breakpoint
CREATE TRIGGER parameter_values_withdrawn_once BEFORE UPDATE ON parameter_values WHEN OLD.withdrawn_at IS NOT NULL BEGIN
	SELECT RAISE(ABORT, 'rows of parameter_values are withdrawn once');
END;
--> statement-breakpoint
CREATE TRIGGER parameter_values_no_delete BEFORE DELETE ON parameter_values BEGIN
	SELECT RAISE(ABORT, 'rows of parameter_values are never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER parameter_values_no_replace BEFORE INSERT ON parameter_values
WHEN EXISTS (SELECT 1 FROM parameter_values WHERE id = NEW.id) BEGIN
	SELECT RAISE(ABORT, 'rows of parameter_values are never replaced');
END;
--> statement-breakpoint
CREATE TRIGGER records_no_update BEFORE UPDATE OF
	id, type, key, subject_kind, subject_id, date, data, source, evidence, batch_id, recorded_at, recorded_by
ON records BEGIN
	SELECT RAISE(ABORT, 'rows of records can only be withdrawn');
END;
--> statement-breakpoint
CREATE TRIGGER records_withdrawn_once BEFORE UPDATE ON records WHEN OLD.withdrawn_at IS NOT NULL BEGIN
	SELECT RAISE(ABORT, 'rows of records are withdrawn once');
END;
--> statement-breakpoint
CREATE TRIGGER records_no_delete BEFORE DELETE ON records BEGIN
	SELECT RAISE(ABORT, 'rows of records are never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER records_no_replace BEFORE INSERT ON records
WHEN EXISTS (SELECT 1 FROM records WHERE id = NEW.id) BEGIN
	SELECT RAISE(ABORT, 'rows of records are never replaced');
END;
--> statement-breakpoint
CREATE TRIGGER replays_no_update_once_finished
BEFORE UPDATE ON replays WHEN OLD.status IN ('done', 'failed', 'cancelled') BEGIN
	SELECT RAISE(ABORT, 'a finished replay is never changed');
END;
--> statement-breakpoint
CREATE TRIGGER replays_no_delete BEFORE DELETE ON replays BEGIN
	SELECT RAISE(ABORT, 'rows of replays are never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER guardrail_overrides_granted_once
BEFORE UPDATE ON guardrail_overrides WHEN OLD.granted_at IS NOT NULL BEGIN
	SELECT RAISE(ABORT, 'a granted override is never changed');
END;

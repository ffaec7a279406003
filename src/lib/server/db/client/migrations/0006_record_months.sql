DROP TRIGGER records_no_update;
--> statement-breakpoint
CREATE TRIGGER records_no_update BEFORE UPDATE OF
	id, type, key, subject_kind, subject_id, date, data, line, source, evidence, batch_id, recorded_at, recorded_by
ON records BEGIN
	SELECT RAISE(ABORT, 'rows of records can only be withdrawn');
END;
--> statement-breakpoint
CREATE TRIGGER records_touch_months AFTER INSERT ON records BEGIN
	INSERT INTO record_months (type, month, revision)
	SELECT DISTINCT type, substr(date, 1, 7), 1 FROM records WHERE type = NEW.type AND key = NEW.key
	ON CONFLICT (type, month) DO UPDATE SET revision = revision + 1;
END;
--> statement-breakpoint
CREATE TRIGGER records_touch_months_withdrawn AFTER UPDATE OF withdrawn_at ON records BEGIN
	INSERT INTO record_months (type, month, revision)
	SELECT DISTINCT type, substr(date, 1, 7), 1 FROM records WHERE type = NEW.type AND key = NEW.key
	ON CONFLICT (type, month) DO UPDATE SET revision = revision + 1;
END;
--> statement-breakpoint
INSERT INTO record_months (type, month, revision)
SELECT type, substr(date, 1, 7), 1 FROM records WHERE true GROUP BY 1, 2;
--> statement-breakpoint
CREATE TRIGGER record_corrections_no_update BEFORE UPDATE ON record_corrections BEGIN
	SELECT RAISE(ABORT, 'rows of record_corrections never change');
END;
--> statement-breakpoint
CREATE TRIGGER record_corrections_no_delete BEFORE DELETE ON record_corrections BEGIN
	SELECT RAISE(ABORT, 'rows of record_corrections are never deleted');
END;

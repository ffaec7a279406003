CREATE TRIGGER currency_rates_no_update BEFORE UPDATE OF
	id, currency, valid_from, rate, source, evidence, batch_id, recorded_at, recorded_by
ON currency_rates BEGIN
	SELECT RAISE(ABORT, 'rows of currency_rates can only be withdrawn');
END;
--> statement-breakpoint
CREATE TRIGGER currency_rates_withdrawn_once BEFORE UPDATE ON currency_rates WHEN OLD.withdrawn_at IS NOT NULL BEGIN
	SELECT RAISE(ABORT, 'rows of currency_rates are withdrawn once');
END;
--> statement-breakpoint
CREATE TRIGGER currency_rates_no_delete BEFORE DELETE ON currency_rates BEGIN
	SELECT RAISE(ABORT, 'rows of currency_rates are never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER currency_rates_no_replace BEFORE INSERT ON currency_rates
WHEN EXISTS (SELECT 1 FROM currency_rates WHERE id = NEW.id) BEGIN
	SELECT RAISE(ABORT, 'rows of currency_rates are never replaced');
END;

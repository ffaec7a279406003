/** Words for the sources that the product itself writes; others stand for themselves. */
import { m } from '#lib/paraglide/messages.js';

const WORDS: Readonly<Record<string, () => string>> = {
	entry: m.facts_source_entry,
	form: m.facts_source_form,
	reconciled: m.facts_source_reconciled,
	demo: m.facts_source_demo,
	calendar: m.facts_source_calendar
};

export function sourceWord(source: string | null): string {
	if (source === null || source === '') return m.facts_source_unnamed();
	return WORDS[source]?.() ?? source;
}

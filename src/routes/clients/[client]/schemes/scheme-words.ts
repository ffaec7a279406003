import { m } from '#lib/paraglide/messages.js';

type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad';

const STATUSES: Readonly<Record<string, { word: () => string; tone: Tone }>> = {
	draft: { word: m.schemes_status_editing, tone: 'neutral' },
	changed: { word: m.schemes_status_changed, tone: 'warn' },
	submitted: { word: m.schemes_status_submitted, tone: 'accent' },
	approved: { word: m.schemes_status_approved, tone: 'good' },
	returned: { word: m.schemes_status_returned, tone: 'warn' },
	published: { word: m.schemes_status_published, tone: 'good' },
	discarded: { word: m.schemes_status_discarded, tone: 'neutral' }
};

/** Where a draft stands, as a word and its tone. */
export function draftStatus(status: string): { word: string; tone: Tone } {
	const known = STATUSES[status];
	return known ? { word: known.word(), tone: known.tone } : { word: status, tone: 'neutral' };
}

import { m } from '#lib/paraglide/messages.js';

const KINDS: Readonly<Record<string, () => string>> = {
	people: m.imports_kind_people,
	units: m.imports_kind_units,
	observations: m.imports_kind_observations,
	targets: m.imports_kind_targets,
	parameters: m.imports_kind_parameters,
	records: m.imports_kind_records
};

export function kindWord(kind: string): string {
	return KINDS[kind]?.() ?? kind;
}

type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad';

const STATUSES: Readonly<Record<string, { word: () => string; tone: Tone }>> = {
	staged: { word: m.imports_status_staged, tone: 'neutral' },
	checked: { word: m.imports_status_checked, tone: 'accent' },
	committed: { word: m.imports_status_committed, tone: 'good' },
	rolled_back: { word: m.imports_status_rolled_back, tone: 'warn' },
	discarded: { word: m.imports_status_discarded, tone: 'neutral' }
};

export function statusWord(status: string): { word: string; tone: Tone } {
	const known = STATUSES[status];
	return known ? { word: known.word(), tone: known.tone } : { word: status, tone: 'neutral' };
}

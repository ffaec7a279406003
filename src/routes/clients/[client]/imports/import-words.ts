import type { Json } from '#lib/engine/logic/rule.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatNumber } from '#lib/ui/format.ts';

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

const DETECTIONS: Readonly<Record<string, () => string>> = {
	encoding: m.files_encoding,
	delimiter: m.files_delimiter,
	header: m.files_header,
	shape: m.files_shape,
	year: m.files_year,
	sheets: m.files_sheets
};

/** What a detection is about. */
export function detectionWord(what: string): string {
	return DETECTIONS[what]?.() ?? what;
}

const SHAPES: Readonly<Record<string, () => string>> = {
	long: m.files_shape_long,
	wide: m.files_shape_wide,
	sheets: m.files_shape_by_sheet
};

/** The shape of a table. */
export function shapeWord(shape: string): string {
	return SHAPES[shape]?.() ?? shape;
}

const SKIPS: Readonly<Record<string, () => string>> = {
	before_header: m.files_skip_before_header,
	units: m.files_skip_units,
	blank: m.files_skip_blank,
	repeated_header: m.files_skip_repeated_header,
	subtotal: m.files_skip_subtotal,
	total: m.files_skip_total,
	footer: m.files_skip_footer
};

/** Why rows were set aside. */
export function skipWord(reason: string): string {
	return SKIPS[reason]?.() ?? reason;
}

const PHASES: Readonly<Record<string, () => string>> = {
	reading: m.files_phase_reading,
	staging: m.files_phase_staging,
	checking: m.files_phase_checking,
	committing: m.files_phase_committing
};

/** What an import is doing. */
export function phaseWord(phase: string): string {
	return PHASES[phase]?.() ?? phase;
}

/** Which of several rows about one thing counts. */
export function keepWord(keep: 'first' | 'last' | 'newest' | 'add', by?: string): string {
	if (keep === 'newest') return m.files_keep_newest({ column: by ?? '' });
	return { first: m.files_keep_first, last: m.files_keep_last, add: m.files_keep_add }[keep]();
}

const SCALES: Readonly<Record<string, () => string>> = {
	thousand: m.imports_scale_thousand,
	ten_thousand: m.imports_scale_ten_thousand,
	million: m.files_scale_million,
	hundred_million: m.files_scale_hundred_million,
	percent: m.imports_scale_percent
};

const DATES: Readonly<Record<string, () => string>> = {
	auto: m.imports_automatic,
	day_first: m.imports_date_day_first,
	month_first: m.imports_date_month_first,
	yymmdd: () => '130531',
	serial_1900: m.files_notation_serial,
	serial_1904: m.files_notation_serial
};

/** How the cells of a column are read, in words; of a transform as it is sent. */
export function notationWords(set: Readonly<Record<string, Json>>): string[] {
	return Object.entries(set).flatMap(([key, value]): string[] => {
		switch (key) {
			case 'decimal':
				return value === 'comma' ? [m.files_notation_comma()] : [];
			case 'scale':
				return [SCALES[String(value)]?.() ?? String(value)];
			case 'times':
				return [m.files_notation_times({ factor: formatNumber(Number(value)) })];
			case 'over':
				return [m.files_notation_over({ factor: formatNumber(Number(value)) })];
			case 'date':
				return [DATES[String(value)]?.() ?? String(value)];
			case 'loose_id':
				return value === true ? [m.files_notation_loose()] : [];
			case 'pad':
				return [m.files_notation_pad({ digits: Number(value) })];
			case 'currency':
				return value === 'mark'
					? [m.files_notation_mark()]
					: [m.files_notation_currency({ code: String(value) })];
			case 'values':
				return [m.files_notation_values({ count: Object.keys(value ?? {}).length })];
			default:
				return [];
		}
	});
}

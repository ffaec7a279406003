/**
 * Reads `sample-data/generator.yaml`: the sample client of a pack, described instead of listed.
 * People are synthetic; the same seed gives the same people and figures on every machine.
 */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { KEBAB_CASE, SNAKE_CASE, type Fields } from './fields.ts';
import type { FileReport } from './finding.ts';

/** How one metric of a profile behaves. */
export interface MetricPattern {
	readonly metric: string;
	/** Usual value of a person with factor 1 in an average month; with `of`, usual share of that metric. */
	readonly around: number;
	/** The value is a share of this metric, which stands earlier in the profile. */
	readonly of: string | null;
	/** Share by which months differ, one standard deviation. People differ by two thirds of it. */
	readonly spread: number;
	/** Whether the seasons of the business move it. */
	readonly seasonal: boolean;
	/** Twelve factors of this metric alone, whose target stays: a rule moves it by a seasonal parameter. */
	readonly seasons: readonly number[] | null;
	/** Whether newcomers start lower and grow over their first year. */
	readonly ramp: boolean;
	/** Growth a month, as a share. */
	readonly trend: number;
	readonly decimals: number;
	readonly min: number | null;
	readonly max: number | null;
	/** Monthly target; null for a metric without one. */
	readonly target: number | null;
}

export interface Profile {
	readonly id: string;
	readonly metrics: readonly MetricPattern[];
	/** Monthly targets of metrics that are calculated, not observed. */
	readonly targets: ReadonlyMap<string, number>;
}

export interface SampleUnit {
	readonly id: string;
	readonly name: LocalText;
	readonly parent: string | null;
	readonly kind: string;
}

/** A number of people alike, with names from the seed. */
export interface SampleGroup {
	readonly unit: string;
	readonly position: string;
	readonly profile: string;
	readonly count: number;
	readonly site: string;
	readonly region: string;
	/** First and last month of joining. */
	readonly hired: readonly [string, string];
	readonly basePay: readonly [number, number];
}

/** A person of the story, by name. */
export interface SampleCharacter {
	readonly id: string;
	readonly name: string;
	readonly unit: string;
	readonly position: string;
	readonly profile: string;
	readonly site: string;
	readonly region: string;
	readonly hiredOn: string;
	readonly leftOn: string | null;
	readonly basePay: number;
	/** How the person differs from the profile, by metric. */
	readonly factors: ReadonlyMap<string, number>;
	/** Unit moves: from which day in which unit. */
	readonly moves: readonly { readonly on: string; readonly unit: string }[];
	readonly note: LocalText | null;
}

export interface SampleEvent {
	readonly subject: string;
	readonly metric: string;
	readonly period: string;
	readonly value: number;
}

export interface SampleUnitMetric {
	readonly unit: string;
	readonly metric: string;
	/** The unit's value is the sum of its people's. */
	readonly sumOf: string;
	readonly target: number | null;
}

export interface SampleAccount {
	/** What is typed at sign-in. */
	readonly account: string;
	readonly name: string;
	readonly role: string;
	readonly employee: string | null;
	readonly unit: string | null;
}

export interface GeneratorSpec {
	readonly seed: number;
	readonly client: { readonly id: string; readonly name: LocalText; readonly currency: string };
	readonly from: string;
	readonly to: string;
	/** Twelve factors, January first. */
	readonly seasons: readonly number[];
	readonly units: readonly SampleUnit[];
	readonly groups: readonly SampleGroup[];
	readonly people: readonly SampleCharacter[];
	readonly profiles: ReadonlyMap<string, Profile>;
	readonly unitMetrics: readonly SampleUnitMetric[];
	readonly events: readonly SampleEvent[];
	readonly accounts: readonly SampleAccount[];
	/** Schemes that are in force in the sample client before the pack's. */
	readonly inForce: readonly { readonly effectiveFrom: string; readonly scheme: Json }[];
	/** Schemes of the pack that the sample client has as drafts. */
	readonly drafts: readonly string[];
}

/** Gives the description of the sample client, or null after reporting what is wrong. */
export function readGeneratorSpec(fields: Fields, report: FileReport): GeneratorSpec | null {
	const before = report.count;
	const seed = fields.number('seed');
	const client = readClient(fields);
	const from = period(fields, 'from', report);
	const to = period(fields, 'to', report);
	const seasons = fields.list('seasons', true).filter((entry) => typeof entry === 'number');
	if (seasons.length !== 12) {
		fields.fail('field_type', 'seasons', {
			expected: 'twelve numbers',
			found: `${seasons.length} numbers`
		});
	}
	const units = fields.records('units', true).map((unit) => readUnit(unit));
	const profiles = readProfiles(fields);
	const groups = fields.records('groups').map(readGroup);
	const people = fields.records('people').map((person) => readCharacter(person, report));
	const unitMetrics = fields.records('unit_metrics').map(readUnitMetric);
	const events = fields.records('events').map(readEvent);
	const accounts = fields.records('accounts').map(readAccount);
	const inForce = fields.records('in_force').map(readInForce);
	const drafts = fields.strings('drafts');
	fields.raw('story');
	fields.finish();
	if (report.count > before || seed === undefined || !client) return null;

	return {
		seed,
		client,
		from,
		to,
		seasons,
		units,
		groups,
		people,
		profiles: new Map(profiles.map((profile) => [profile.id, profile])),
		unitMetrics,
		events,
		accounts,
		inForce,
		drafts
	};
}

function readClient(fields: Fields): GeneratorSpec['client'] | null {
	const client = fields.optionalRecord('client');
	if (!client) {
		fields.required('client', 'id, name and currency of the sample client');
		return null;
	}
	const id = client.id('id', KEBAB_CASE);
	const name = client.text('name');
	const currency = client.string('currency', 'a currency code');
	client.finish();
	return id === undefined || !name || currency === undefined ? null : { id, name, currency };
}

/** A month; what is wrong has been reported and the caller gives up. */
function period(fields: Fields, field: string, report: FileReport): string {
	const value = fields.string(field, 'a month such as 2025-03') ?? '';
	if (value !== '' && !/^\d{4}-(0[1-9]|1[0-2])$/.test(value)) {
		report.add('field_type', fields.place(field), {
			expected: 'a month such as 2025-03',
			found: value
		});
	}
	return value;
}

function readUnit(fields: Fields): SampleUnit {
	const id = fields.id('id', KEBAB_CASE) ?? '';
	const name = fields.text('name') ?? { 'zh-CN': '', en: '' };
	const parent = fields.optionalString('parent') ?? null;
	const kind = fields.string('kind') ?? '';
	fields.finish();
	return { id, name, parent, kind };
}

function readProfiles(fields: Fields): Profile[] {
	return fields.records('profiles', true).map((profile) => {
		const id = profile.id('id', SNAKE_CASE) ?? '';
		const metrics = profile.records('metrics').map(readPattern);
		const targets = readNumbers(profile, 'targets');
		profile.finish();
		return { id, metrics, targets };
	});
}

function readPattern(fields: Fields): MetricPattern {
	const pattern = {
		metric: fields.id('metric', SNAKE_CASE) ?? '',
		around: fields.number('around') ?? 0,
		of: fields.optionalString('of') ?? null,
		spread: fields.optionalNumber('spread') ?? 0,
		seasonal: fields.raw('seasonal') === true,
		seasons: readSeasons(fields),
		ramp: fields.raw('ramp') === true,
		trend: fields.optionalNumber('trend') ?? 0,
		decimals: fields.optionalNumber('decimals') ?? 0,
		min: fields.optionalNumber('min') ?? null,
		max: fields.optionalNumber('max') ?? null,
		target: fields.optionalNumber('target') ?? null
	};
	fields.finish();
	return pattern;
}

function readSeasons(fields: Fields): readonly number[] | null {
	if (fields.raw('seasons') === undefined) return null;
	const seasons = fields.list('seasons').filter((factor) => typeof factor === 'number');
	if (seasons.length === 12) return seasons;
	fields.fail('field_type', 'seasons', {
		expected: 'twelve numbers',
		found: `${seasons.length} numbers`
	});
	return null;
}

/** An object of numbers by metric. */
function readNumbers(fields: Fields, field: string): Map<string, number> {
	const numbers = new Map<string, number>();
	const record = fields.optionalRecord(field);
	for (const metric of record?.keys() ?? []) numbers.set(metric, record?.number(metric) ?? 0);
	return numbers;
}

function readGroup(fields: Fields): SampleGroup {
	const hired = fields.strings('hired', true);
	const pay = fields.list('base_pay', true).filter((entry) => typeof entry === 'number');
	const group = {
		unit: fields.id('unit', KEBAB_CASE) ?? '',
		position: fields.string('position') ?? '',
		profile: fields.id('profile', SNAKE_CASE) ?? '',
		count: fields.number('count') ?? 0,
		site: fields.string('site') ?? '',
		region: fields.string('region') ?? '',
		hired: [hired[0] ?? '', hired[1] ?? hired[0] ?? ''] as const,
		basePay: [pay[0] ?? 0, pay[1] ?? pay[0] ?? 0] as const
	};
	fields.finish();
	return group;
}

function readCharacter(fields: Fields, report: FileReport): SampleCharacter {
	const factors = readNumbers(fields, 'factors');
	const moves = fields.records('moves').map((move) => {
		const read = { on: date(move, 'on', report), unit: move.id('unit', KEBAB_CASE) ?? '' };
		move.finish();
		return read;
	});
	const character = {
		id: fields.string('id') ?? '',
		name: fields.string('name') ?? '',
		unit: fields.id('unit', KEBAB_CASE) ?? '',
		position: fields.string('position') ?? '',
		profile: fields.id('profile', SNAKE_CASE) ?? '',
		site: fields.string('site') ?? '',
		region: fields.string('region') ?? '',
		hiredOn: date(fields, 'hired_on', report),
		leftOn: fields.raw('left_on') === undefined ? null : date(fields, 'left_on', report),
		basePay: fields.number('base_pay') ?? 0,
		factors,
		moves,
		note: fields.optionalText('note') ?? null
	};
	fields.finish();
	return character;
}

function date(fields: Fields, field: string, report: FileReport): string {
	const value = fields.string(field, 'a day such as 2025-03-01') ?? '';
	if (value !== '' && !/^\d{4}-\d{2}-\d{2}$/.test(value)) {
		report.add('field_type', fields.place(field), {
			expected: 'a day such as 2025-03-01',
			found: value
		});
	}
	return value;
}

function readUnitMetric(fields: Fields): SampleUnitMetric {
	const metric = {
		unit: fields.id('unit', KEBAB_CASE) ?? '',
		metric: fields.id('metric', SNAKE_CASE) ?? '',
		sumOf: fields.id('sum_of', SNAKE_CASE) ?? '',
		target: fields.optionalNumber('target') ?? null
	};
	fields.finish();
	return metric;
}

function readEvent(fields: Fields): SampleEvent {
	const event = {
		subject: fields.string('subject') ?? '',
		metric: fields.id('metric', SNAKE_CASE) ?? '',
		period: fields.string('period') ?? '',
		value: fields.number('value') ?? 0
	};
	fields.finish();
	return event;
}

function readAccount(fields: Fields): SampleAccount {
	const account = {
		account: fields.string('account') ?? '',
		name: fields.string('name') ?? '',
		role: fields.id('role', SNAKE_CASE) ?? '',
		employee: fields.optionalString('employee') ?? null,
		unit: fields.optionalString('unit') ?? null
	};
	fields.finish();
	return account;
}

function readInForce(fields: Fields): { effectiveFrom: string; scheme: Json } {
	const effectiveFrom = fields.string('effective_from', 'a month such as 2025-03') ?? '';
	const scheme = fields.required('scheme', 'a scheme document') ?? null;
	fields.finish();
	return { effectiveFrom, scheme };
}

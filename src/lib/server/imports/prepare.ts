/** From a staged batch and its mapping to the facts it would write: the common part of dry run and commit. */
import type { ImportKind, ImportMapping } from '#lib/contract/imports.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import type { Clock } from '../clock.ts';
import type { Queries } from '../db/database.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { loadPeople, type PeopleHistory } from '../people/history.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { readSettings, todayAt } from '../settings/client-settings.ts';
import { currentFigures } from '../snapshots/figures.ts';
import { loadRows, type BatchRow } from './batches.ts';
import { checkFigures, figureKey, type ParsedFigure } from './check/figure-rows.ts';
import { bindMapping } from './check/mapping.ts';
import { checkPeople, type ParsedPerson } from './check/people-rows.ts';
import { makeRoll, type Roll } from './check/roll.ts';
import type { CheckedRow } from './check/row-findings.ts';
import { importFields } from './fields.ts';
import { kindOf } from './get-import.ts';
import { makePlan, type ColumnSum, type ImportPlan, type PlannedFact } from './plan.ts';

export interface PersonFact {
	readonly employee: string;
	readonly attribute: string;
	readonly value: Json;
	readonly validFrom: string;
	/** The value is the name of a unit that the commit makes. */
	readonly isNewUnit: boolean;
}

export interface Prepared {
	readonly kind: ImportKind;
	readonly plan: ImportPlan;
	readonly checked: readonly CheckedRow<unknown>[];
	readonly people: {
		readonly names: ReadonlyMap<string, string>;
		readonly facts: readonly PersonFact[];
	};
	readonly figures: readonly ParsedFigure[];
	readonly unitsCreated: readonly string[];
	/** Lines of the accepted rows that say something new. */
	readonly newsLines: ReadonlySet<number>;
}

/** Before a client's first data: attributes without a date hold from the beginning. */
const BEGINNING = '1900-01-01';

/** Checks the rows of a batch against what is known now, and says what would be written. */
export async function prepareImport(
	queries: Queries,
	clock: Clock,
	batch: BatchRow,
	mapping: ImportMapping
): Promise<Prepared> {
	const kind = kindOf(batch);
	const settings = await readSettings(queries);
	const people = await loadPeople(queries);
	const metrics = await loadMetrics(queries);
	const fields = importFields(kind, [...metrics.values()], people.attributeIds());
	const bound = bindMapping(kind, { header: batch.header }, mapping, fields);
	const all = await loadRows(queries, batch.id);
	if (bound.diagnostics.some(({ severity }) => severity === 'error')) {
		return nothing(kind, all.length, bound.diagnostics);
	}
	const today = todayAt(clock.now(), settings.timeZone);
	const rows = all.filter(bound.accepts);
	const roll = await rollOf(queries, people, mapping, today);
	const common = { read: all.length, fileFindings: bound.diagnostics };

	if (kind === 'people') {
		const checked = await checkPeople(rows, bound, mapping, roll);
		const compared = comparePeople(checked, people, mapping, today);
		const unitsCreated = newUnits(checked);
		const plan = makePlan({ ...common, checked, ...compared, unitsCreated, columns: [] });
		const newsLines = linesOf([...compared.facts, ...compared.newcomers]);
		return { kind, plan, checked, people: compared.write, figures: [], unitsCreated, newsLines };
	}
	const checked = await checkFigures(rows, bound, mapping, roll, {
		kind,
		metrics,
		currency: settings.currency
	});
	const current = await currentFigures(queries, kind, rangeOf(checked));
	const compared = compareFigures(checked, current, kind);
	const plan = makePlan({
		...common,
		checked,
		...compared,
		people: null,
		unitsCreated: [],
		columns: sums(checked, kind)
	});
	const noPeople = { names: new Map<string, string>(), facts: [] };
	const newsLines = linesOf(compared.facts);
	const figures = compared.write;
	return { kind, plan, checked, people: noPeople, figures, unitsCreated: [], newsLines };
}

function linesOf(found: readonly { readonly line: number }[]): ReadonlySet<number> {
	return new Set(found.map(({ line }) => line));
}

function nothing(
	kind: ImportKind,
	read: number,
	fileFindings: Parameters<typeof makePlan>[0]['fileFindings']
): Prepared {
	const plan = makePlan({
		read,
		checked: [],
		facts: [],
		unchanged: 0,
		people: null,
		unitsCreated: [],
		columns: [],
		fileFindings
	});
	const noPeople = { names: new Map<string, string>(), facts: [] };
	return {
		kind,
		plan,
		checked: [],
		people: noPeople,
		figures: [],
		unitsCreated: [],
		newsLines: new Set()
	};
}

async function rollOf(
	queries: Queries,
	people: PeopleHistory,
	mapping: ImportMapping,
	today: string
): Promise<Roll> {
	const tree = await loadUnits(queries);
	const attribute = mapping.matchOn;
	const values = new Map<string, string>();
	if (attribute !== undefined) {
		for (const id of people.all.keys()) {
			const value =
				people.valueOn(id, attribute, '9999-12-31') ?? people.valueOn(id, attribute, today);
			if (value !== null) values.set(id, String(value));
		}
	}
	return makeRoll({
		employees: [...people.all.keys()],
		units: [...tree.all.values()].map(({ id, name }) => ({ id, names: [name['zh-CN'], name.en] })),
		...(attribute === undefined ? {} : { matches: { attribute, values } })
	});
}

function newUnits(checked: readonly CheckedRow<ParsedPerson>[]): string[] {
	const names = new Set<string>();
	for (const row of checked) {
		if (row.status === 'accepted' && row.parsed?.newUnit) names.add(row.parsed.newUnit);
	}
	return [...names].sort();
}

/**
 * What rows of people say that is not known yet. An attribute nobody knew holds from the person's
 * hire date; one that changes holds from today, unless the file or the mapping gives the day.
 */
function comparePeople(
	checked: readonly CheckedRow<ParsedPerson>[],
	people: PeopleHistory,
	mapping: ImportMapping,
	today: string
) {
	const facts: PlannedFact[] = [];
	const write: PersonFact[] = [];
	const names = new Map<string, string>();
	const newcomers: { readonly line: number }[] = [];
	const tally = { new: 0, changed: 0, unchanged: 0 };
	let unchanged = 0;
	for (const row of checked) {
		const person = row.status === 'accepted' ? row.parsed : null;
		if (!person) continue;
		const known = people.all.get(person.employee);
		const hired =
			person.attributes['hired_on'] ?? people.valueOn(person.employee, 'hired_on', '9999-12-31');
		const start = typeof hired === 'string' ? hired : BEGINNING;
		const before = facts.length;
		if (person.name !== null && person.name !== known?.name) {
			names.set(person.employee, person.name);
			facts.push(planned(row.line, person.employee, 'name', known?.name ?? null, person.name));
		} else if (!known) names.set(person.employee, person.name ?? person.employee);
		for (const [attribute, value] of Object.entries(person.attributes)) {
			const dated = person.validFrom ?? mapping.validFrom ?? null;
			const isKnown = known?.attributes.has(attribute) ?? false;
			const validFrom = dated ?? (isKnown ? today : start);
			const old = people.valueOn(person.employee, attribute, validFrom);
			if (old === value) {
				unchanged += 1;
				continue;
			}
			const isNewUnit = attribute === 'unit' && person.newUnit !== null;
			write.push({ employee: person.employee, attribute, value, validFrom, isNewUnit });
			facts.push(planned(row.line, `${person.employee} ${validFrom}`, attribute, old, value));
		}
		if (!known) {
			tally.new += 1;
			newcomers.push(row);
		} else if (facts.length > before) tally.changed += 1;
		else tally.unchanged += 1;
	}
	return { facts, unchanged, newcomers, people: tally, write: { names, facts: write } };
}

function planned(line: number, key: string, field: string, before: Json, after: Json): PlannedFact {
	return { line, key, field, before, after, change: before === null ? 'new' : 'changed' };
}

function compareFigures(
	checked: readonly CheckedRow<readonly ParsedFigure[]>[],
	current: ReadonlyMap<string, number | null>,
	kind: 'observations' | 'targets'
) {
	const facts: PlannedFact[] = [];
	const write: ParsedFigure[] = [];
	let unchanged = 0;
	const prefix = kind === 'targets' ? 'target' : 'metric';
	const seen = new Set<string>();
	for (const row of checked) {
		if (row.status !== 'accepted') continue;
		for (const figure of row.parsed ?? []) {
			const key = figureKey(figure);
			if (seen.has(key)) continue;
			seen.add(key);
			const before = current.get(key) ?? null;
			if (before === figure.value) {
				unchanged += 1;
				continue;
			}
			write.push(figure);
			const who = `${figure.subjectId} ${figure.period}`;
			facts.push(planned(row.line, who, `${prefix}.${figure.metric}`, before, figure.value));
		}
	}
	return { facts, unchanged, write };
}

function rangeOf(checked: readonly CheckedRow<readonly ParsedFigure[]>[]): {
	metrics: readonly string[];
	from: string;
	to: string;
} {
	const metrics = new Set<string>();
	let from = '9999';
	let to = '0000';
	for (const row of checked) {
		for (const figure of row.parsed ?? []) {
			metrics.add(figure.metric);
			if (figure.period < from) from = figure.period;
			if (figure.period > to) to = figure.period;
		}
	}
	return { metrics: [...metrics], from, to };
}

function sums(
	checked: readonly CheckedRow<readonly ParsedFigure[]>[],
	kind: 'observations' | 'targets'
): ColumnSum[] {
	const prefix = kind === 'targets' ? 'target' : 'metric';
	const totals = new Map<string, { values: number; sum: number }>();
	for (const row of checked) {
		if (row.status !== 'accepted') continue;
		for (const { metric, value } of row.parsed ?? []) {
			const total = totals.get(metric) ?? { values: 0, sum: 0 };
			total.values += 1;
			total.sum += value;
			totals.set(metric, total);
		}
	}
	return [...totals].map(([metric, { values, sum }]) => ({
		field: `${prefix}.${metric}`,
		values,
		// The sum is for people to compare with the file's own; binary dust only confuses.
		sum: Number(sum.toFixed(6))
	}));
}

/** From a staged batch and its mapping to the facts it would write: the common part of dry run and commit. */
import type { ImportMapping } from '#lib/contract/import-mapping.ts';
import type { ImportKind } from '#lib/contract/imports.ts';
import type { Clock } from '../clock.ts';
import { parameters as parameterTable } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { loadPeople, type PeopleHistory } from '../people/history.ts';
import { loadUnits, type UnitTree } from '../people/unit-tree.ts';
import type { RecordRow } from '../records/write-records.ts';
import { readSettings, todayAt, type ClientSettings } from '../settings/client-settings.ts';
import { currentFigures } from '../snapshots/figures.ts';
import { asUnchanged, findSameFile } from './applied-before.ts';
import { loadTable, readReading, type BatchRow, type StoredReading } from './batches.ts';
import { checkFigures, type ParsedFigure } from './check/figure-rows.ts';
import { withRepairs } from './check/effective-mapping.ts';
import { bindMapping, type BoundMapping } from './check/mapping.ts';
import { checkParameters, type ParsedParameter } from './check/parameter-rows.ts';
import { checkPeople } from './check/people-rows.ts';
import { checkRecords } from './check/record-rows.ts';
import { rollOf, type Roll } from './check/roll.ts';
import type { CheckedRow, Tell } from './check/row-findings.ts';
import { checkUnits } from './check/unit-rows.ts';
import { sumColumns, sumFigures } from './column-sums.ts';
import { compareFigures, compareParameters, compareRecordRows } from './compare/figures.ts';
import { comparePeople, newUnits, type PersonFact } from './compare/people.ts';
import { compareUnits, type PlannedUnit } from './compare/units.ts';
import { fieldsFor, recordTypeOf } from './client-fields.ts';
import { kindOf } from './get-import.ts';
import { FactLog, makePlan, type ImportPlan, type PlanParts } from './plan.ts';
import { loadRates } from './rates.ts';
import type { FileRow } from './read/reading.ts';
import { holdsNegative, offerRepairs } from './repairs.ts';
import { tidyCell } from './read/cells.ts';

/** What a commit would write. */
export type PlannedWrite =
	| {
			readonly kind: 'people';
			readonly names: ReadonlyMap<string, string>;
			readonly facts: readonly PersonFact[];
			readonly unitsCreated: readonly string[];
	  }
	| { readonly kind: 'observations' | 'targets'; readonly rows: readonly ParsedFigure[] }
	| { readonly kind: 'parameters'; readonly rows: readonly ParsedParameter[] }
	| { readonly kind: 'units'; readonly rows: readonly PlannedUnit[] }
	| { readonly kind: 'records'; readonly type: string; readonly rows: readonly RecordRow[] };

export interface Prepared {
	readonly kind: ImportKind;
	readonly plan: ImportPlan;
	readonly checked: readonly CheckedRow<unknown>[];
	readonly write: PlannedWrite;
	/** Lines of the accepted rows that say something new. */
	readonly newsLines: ReadonlySet<number>;
}

/** Everything the checks of one batch look things up in. */
interface Frame {
	readonly queries: Queries;
	readonly batch: BatchRow;
	readonly mapping: ImportMapping;
	readonly settings: ClientSettings;
	readonly people: PeopleHistory;
	readonly tree: UnitTree;
	readonly roll: Roll;
	readonly bound: BoundMapping;
	readonly rows: readonly FileRow[];
	readonly reading: StoredReading | null;
	readonly today: string;
	readonly common: Pick<PlanParts, 'read' | 'fileFindings' | 'offer'>;
	/** How far the checks are. */
	readonly tell: Tell;
}

/** Shares of the work: rows are read back, then checked, then compared with what is known. */
const LOADED = 0.2;
const CHECKED = 0.8;

/** Checks the rows of a batch against what is known now, and says what would be written. */
export async function prepareImport(
	queries: Queries,
	clock: Clock,
	batch: BatchRow,
	told: ImportMapping,
	tell: Tell = () => undefined
): Promise<Prepared> {
	const kind = kindOf(batch);
	const mapping = withRepairs(told);
	const settings = await readSettings(queries);
	const people = await loadPeople(queries);
	const tree = await loadUnits(queries);
	const fields = await fieldsFor(queries, kind, batch.recordType);
	const bound = bindMapping(kind, { header: batch.header }, mapping, fields);
	const all = await loadTable(queries, batch);
	tell(LOADED);
	if (bound.diagnostics.some(({ severity }) => severity === 'error')) {
		return nothing(kind, all.length, bound.diagnostics);
	}
	const today = todayAt(clock.now(), settings.timeZone);
	const rows = all.filter(bound.accepts);
	const roll = rollOf(people, tree, mapping, today);
	const hints = {
		kind,
		sources: bound.sources,
		roll,
		header: batch.header,
		sample: rows.slice(0, 200)
	};
	const offer: PlanParts['offer'] = (group) =>
		offerRepairs(group, { ...hints, isMoneyNegative: holdsNegative(rows, bound.sources) });
	const common = { read: all.length, fileFindings: bound.diagnostics, offer };
	const reading = readReading(batch);
	const frame: Frame = {
		queries,
		batch,
		mapping,
		settings,
		people,
		tree,
		roll,
		bound,
		rows,
		reading,
		today,
		common,
		tell: (fraction) => tell(LOADED + fraction * (CHECKED - LOADED))
	};
	const prepared = await prepareKind(kind, frame);
	tell(1);
	const same = await findSameFile(queries, batch, told);
	const before = same.find(({ isSameMapping }) => isSameMapping);
	return before ? asUnchanged(prepared, before) : prepared;
}

function prepareKind(kind: ImportKind, frame: Frame): Promise<Prepared> {
	switch (kind) {
		case 'people':
			return preparePeople(frame);
		case 'units':
			return prepareUnits(frame);
		case 'parameters':
			return prepareParameters(frame);
		case 'records':
			return prepareRecords(frame);
		case 'observations':
		case 'targets':
			return prepareFigures(frame, kind);
	}
}

async function preparePeople(frame: Frame): Promise<Prepared> {
	const { rows, bound, mapping, roll, batch, people, today, common } = frame;
	const checked = await checkPeople(rows, bound, mapping, roll, batch.header, frame.tell);
	const compared = comparePeople(checked, people, mapping, today);
	const unitsCreated = newUnits(checked);
	const columns = await sumColumns(rows, acceptedLines(checked), bound, frame.reading);
	const plan = makePlan({ ...common, checked, ...compared, unitsCreated, columns });
	return {
		kind: 'people',
		plan,
		checked,
		write: { kind: 'people', ...compared.write, unitsCreated },
		newsLines: compared.facts.lines
	};
}

async function prepareUnits(frame: Frame): Promise<Prepared> {
	const { rows, bound, mapping, roll, batch, tree, today, common } = frame;
	const checked = await checkUnits(rows, bound, mapping, roll, batch.header);
	const compared = compareUnits(checked, tree, batch.id, today);
	const { facts, unitsCreated } = compared;
	const extra = compared.write.map(({ validFrom }) => validFrom).join(' ');
	const plan = makePlan({
		...common,
		checked,
		facts,
		people: null,
		unitsCreated,
		columns: [],
		extra
	});
	const write = { kind: 'units', rows: compared.write } as const;
	return { kind: 'units', plan, checked, write, newsLines: facts.lines };
}

async function prepareParameters(frame: Frame): Promise<Prepared> {
	const { queries, rows, bound, mapping, roll, batch, common } = frame;
	const known = await queries
		.select({ id: parameterTable.id, name: parameterTable.name })
		.from(parameterTable);
	const names = new Map(
		known.flatMap(({ id, name }) =>
			[name['zh-CN'], name.en, id].map((word) => [tidyCell(word).toLowerCase(), id] as const)
		)
	);
	const checked = await checkParameters(rows, bound, mapping, roll, names, batch.header);
	const compared = await compareParameters(queries, checked);
	const columns = await sumColumns(rows, acceptedLines(checked), bound, frame.reading);
	const plan = makePlan({
		...common,
		checked,
		...compared,
		people: null,
		unitsCreated: [],
		columns
	});
	const write = { kind: 'parameters', rows: compared.write } as const;
	return { kind: 'parameters', plan, checked, write, newsLines: compared.facts.lines };
}

async function prepareRecords(frame: Frame): Promise<Prepared> {
	const { queries, rows, bound, mapping, roll, batch, settings, common } = frame;
	const type = await recordTypeOf(queries, batch.recordType);
	const rates = await loadRates(queries);
	const checked = await checkRecords(
		rows,
		bound,
		mapping,
		roll,
		{
			type,
			rates,
			currency: settings.currency,
			header: batch.header
		},
		frame.tell
	);
	const compared = await compareRecordRows(queries, type.id, checked);
	const columns = await sumColumns(rows, acceptedLines(checked), bound, frame.reading);
	const plan = makePlan({
		...common,
		checked,
		...compared,
		people: null,
		unitsCreated: [],
		columns
	});
	const write = { kind: 'records', type: type.id, rows: compared.write } as const;
	return { kind: 'records', plan, checked, write, newsLines: compared.facts.lines };
}

async function prepareFigures(frame: Frame, kind: 'observations' | 'targets'): Promise<Prepared> {
	const { queries, rows, bound, mapping, roll, batch, settings, reading, common } = frame;
	const metrics = await loadMetrics(queries);
	const rates = await loadRates(queries);
	const checked = await checkFigures(
		rows,
		bound,
		mapping,
		roll,
		{
			kind,
			metrics,
			rates,
			currency: settings.currency,
			header: batch.header
		},
		frame.tell
	);
	const current = await currentFigures(queries, kind, rangeOf(checked));
	const compared = await compareFigures(checked, current, kind);
	const plan = makePlan({
		...common,
		checked,
		...compared,
		people: null,
		unitsCreated: [],
		columns: await sumFigures(checked, kind, rows, bound, reading)
	});
	const write = { kind, rows: compared.write };
	return { kind, plan, checked, write, newsLines: compared.facts.lines };
}

function acceptedLines(checked: readonly CheckedRow<unknown>[]): ReadonlySet<number> {
	const accepted = checked.filter(({ status }) => status === 'accepted');
	return new Set(accepted.map(({ line }) => line));
}

function nothing(
	kind: ImportKind,
	read: number,
	fileFindings: PlanParts['fileFindings']
): Prepared {
	const plan = makePlan({
		read,
		checked: [],
		facts: new FactLog(),
		people: null,
		unitsCreated: [],
		columns: [],
		fileFindings
	});
	const write = { kind: 'people', names: new Map(), facts: [], unitsCreated: [] } as const;
	return { kind, plan, checked: [], write, newsLines: new Set() };
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

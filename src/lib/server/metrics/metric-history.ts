/**
 * The history that a score curve is drawn over: how the metric was, for the people whom the scheme
 * scores, as bins and quantiles. Single figures are given (without names) only to those who may see
 * everybody's; for others, groups under five people are hidden.
 */
import type { InferOutput } from 'valibot';
import type { PeriodRange } from '#lib/contract/base.ts';
import type { historyBody } from '#lib/contract/curves.ts';
import { sha256Hex } from '#lib/engine/hash.ts';
import { canonicalJson } from '#lib/engine/logic/canonical.ts';
import { evaluateRule } from '#lib/engine/logic/interpret.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { isTruthy } from '#lib/engine/logic/value.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { parseScheme } from '#lib/engine/scheme/validate.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { textAt, valueAt, variablesOfRow } from '#lib/engine/table/row.ts';
import { rowsWhere } from '#lib/engine/table/select-rows.ts';
import { scorableTable } from '#lib/engine/table/snapshot.ts';
import type { Table } from '#lib/engine/table/table.ts';
import { admitActor, hasPermission } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { loadPeople } from '../people/history.ts';
import { assertCovers, scopeOf, todayOf } from '../people/scope.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { findDefaultRange } from '../replays/sides.ts';
import { readDraft } from '../schemes/read.ts';
import { readSettings } from '../settings/client-settings.ts';
import { readDataRevision } from '../snapshots/data-revision.ts';
import { takeSnapshot } from '../snapshots/take-snapshot.ts';
import { binsOf, evenly, quantile, type Standing } from './distribution.ts';

export interface ReadMetricHistory {
	readonly draftId: string;
	readonly metric: string;
	readonly input: 'actual' | 'attainment';
	readonly person?: string;
}

export type MetricHistory = InferOutput<typeof historyBody>;

/** Fewer people than this are no group: their figures would be somebody's. */
const SMALLEST_GROUP = 5;
/** Enough values for a share to a tenth of a percent, and little to send. */
const MOST_VALUES = 2000;
/** Rows looked at before others get their turn. */
const ROWS_AT_ONCE = 5000;
const KEPT = 64;

interface Gathered {
	readonly range: PeriodRange;
	readonly table: Table;
	/** Ascending by value. */
	readonly standings: readonly Standing[];
	readonly missing: number;
	readonly target: number | null;
}

/** The newest answers, by data revision and by what was asked. */
const kept = new Map<string, Promise<Gathered | null>>();

/** History of a metric among those whom the draft scores. */
export async function readMetricHistory(
	ctx: Context,
	actor: Actor,
	input: ReadMetricHistory
): Promise<MetricHistory> {
	admitActor(ctx, actor, 'draft.read', 'metric.read');
	const draft = await readDraft(ctx.db.read, input.draftId);
	const { scheme } = parseScheme(draft.document);
	const gathered = await gatherOnce(ctx, scheme, input);
	const seesPeople = hasPermission(actor, 'people.read');
	const person =
		input.person === undefined || !gathered
			? null
			: await standingOf(ctx, actor, gathered.table, input, input.person);
	return answerOf(input, gathered, seesPeople, person);
}

function answerOf(
	{ metric, input }: ReadMetricHistory,
	gathered: Gathered | null,
	seesPeople: boolean,
	person: MetricHistory['person']
): MetricHistory {
	const standings = gathered?.standings ?? [];
	const people = new Set(standings.map(({ person: id }) => id)).size;
	const hidden = !seesPeople && people < SMALLEST_GROUP;
	const values = hidden ? [] : standings.map(({ value }) => value);
	const seen = (figure: number | null) => (hidden ? null : figure);
	return {
		metric,
		input,
		range: gathered?.range ?? null,
		figures: hidden ? 0 : standings.length,
		people: hidden ? 0 : people,
		missing: hidden ? 0 : (gathered?.missing ?? 0),
		hidden,
		mean:
			values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length,
		// The ends of a distribution are single people.
		min: seesPeople ? (values[0] ?? null) : null,
		p25: seen(quantile(values, 0.25)),
		median: seen(quantile(values, 0.5)),
		p75: seen(quantile(values, 0.75)),
		max: seesPeople ? (values.at(-1) ?? null) : null,
		target: gathered?.target ?? null,
		bins: hidden ? [] : binsOf(standings, seesPeople ? 1 : SMALLEST_GROUP),
		values: seesPeople ? evenly(values, MOST_VALUES) : null,
		person
	};
}

async function gatherOnce(
	ctx: Context,
	scheme: SchemeDocument | null,
	input: ReadMetricHistory
): Promise<Gathered | null> {
	const revision = await readDataRevision(ctx.db.read);
	const asked = [scheme?.applies_to ?? true, scheme?.period ?? 'month', input.metric, input.input];
	const key = sha256Hex(canonicalJson([ctx.dataDir, ctx.clientId, revision, asked] as Json));
	const known = kept.get(key);
	if (known) return known;
	const work = gather(ctx, scheme, input);
	kept.set(key, work);
	for (const oldest of kept.keys()) {
		if (kept.size <= KEPT) break;
		kept.delete(oldest);
	}
	work.catch(() => kept.delete(key));
	return work;
}

async function gather(
	ctx: Context,
	scheme: SchemeDocument | null,
	{ metric, input }: ReadMetricHistory
): Promise<Gathered | null> {
	const settings = await readSettings(ctx.db.read);
	const length = scheme?.period ?? 'month';
	const range = await findDefaultRange(ctx.db.read, length, settings);
	if (!range) return null;
	const paths = [`metric.${metric}`, `target.${metric}`];
	const appliesTo = scheme?.applies_to ?? true;
	const wanted = [...paths, ...(scheme ? selectionPaths(scheme) : [])];
	const taken = await takeSnapshot(ctx, { range, length, paths: wanted });
	const table = scorableTable(taken.snapshot, [...wanted, `attainment.${metric}`]);
	const rule = parseRule(appliesTo).node;
	const values = table.columns.get(
		input === 'actual' ? `metric.${metric}` : `attainment.${metric}`
	);
	const targets = table.columns.get(`target.${metric}`);
	const standings: Standing[] = [];
	const targetValues: number[] = [];
	let missing = 0;
	for (let row = 0; row < table.rows; row++) {
		if (row % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await new Promise(setImmediate);
		if (appliesTo !== true) {
			const { value } = evaluateRule(rule, variablesOfRow(table, row));
			if (!isTruthy(value)) continue;
		}
		const value = values ? valueAt(values, row) : null;
		if (typeof value !== 'number') {
			missing += 1;
			continue;
		}
		standings.push({ value, person: textAt(table, 'employee.id', row) ?? '' });
		const target = targets ? valueAt(targets, row) : null;
		if (typeof target === 'number') targetValues.push(target);
	}
	standings.sort((a, b) => a.value - b.value);
	targetValues.sort((a, b) => a - b);
	const target = input === 'attainment' ? 1 : quantile(targetValues, 0.5);
	return { range, table, standings, missing, target };
}

/** What only the choice of people reads. */
function selectionPaths({ payout: _payout, ...scheme }: SchemeDocument): readonly string[] {
	return [
		...prepareScheme({ ...scheme, items: [], adjustments: [], gates: [], insights: [] }).paths
	];
}

/** The newest figure of one person, for those who may see that person. */
async function standingOf(
	ctx: Context,
	actor: Actor,
	table: Table,
	{ metric, input }: ReadMetricHistory,
	person: string
): Promise<MetricHistory['person']> {
	const settings = await readSettings(ctx.db.read);
	const [people, tree] = await Promise.all([loadPeople(ctx.db.read), loadUnits(ctx.db.read)]);
	const scope = scopeOf(actor, people, tree, todayOf(ctx, settings), {
		all: 'people.read',
		ownUnit: 'people.read_own_unit',
		self: 'people.read_self'
	});
	assertCovers(scope, person);
	const path = input === 'actual' ? `metric.${metric}` : `attainment.${metric}`;
	const column = table.columns.get(path);
	for (const row of [...rowsWhere(table, 'employee.id', new Set([person]))].reverse()) {
		const value = column ? valueAt(column, row) : null;
		const period = textAt(table, 'period.id', row);
		if (typeof value === 'number' && period !== null)
			return { id: person, name: people.all.get(person)?.name ?? person, period, value };
	}
	return null;
}

/** Where figures are missing: metric by month, for everybody or one unit, down to the people. */
import { addMonths, firstDayOf, lastDayOf } from '#lib/contract/periods.ts';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { isEntered } from '../entry/assignments.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { loadPeople } from '../people/history.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { figuresOfMonths } from './figures-of-months.ts';

export interface FindCoverage {
	/** The last month of the map. */
	readonly to: string;
	/** @default 12 */
	readonly months?: number;
	readonly unitId?: string;
}

export interface CoverageCell {
	readonly month: string;
	/** People who had the metric in another month of the map and were employed in this one. */
	readonly expected: number;
	readonly present: number;
}

export interface CoverageRow {
	readonly metric: string;
	readonly name: LocalText;
	readonly cells: readonly CoverageCell[];
}

export interface CoverageMap {
	readonly months: readonly string[];
	/** The most holes first. */
	readonly rows: readonly CoverageRow[];
}

export interface Hole {
	readonly employeeId: string;
	readonly name: string;
	readonly unitId: string | null;
}

/** The map of a range of months. */
export async function findCoverage(
	ctx: Context,
	actor: Actor,
	input: FindCoverage
): Promise<CoverageMap> {
	admitActor(ctx, actor, 'fact.read');
	const months = monthsUpTo(input.to, input.months ?? 12);
	const found = await expectations(ctx, months, input.unitId);
	const rows = found.map(({ id, name, expected, figures }) => ({
		metric: id,
		name,
		cells: months.map((month) => {
			const people = expected(month);
			return {
				month,
				expected: people.length,
				present: people.filter((who) => figures.get(who)?.has(month)).length
			};
		})
	}));
	const holes = ({ cells }: CoverageRow) =>
		cells.reduce((sum, { expected, present }) => sum + expected - present, 0);
	return {
		months,
		rows: rows.sort((a, b) => holes(b) - holes(a) || (a.metric < b.metric ? -1 : 1))
	};
}

/** Who is missing in one cell of the map. */
export async function findHoles(
	ctx: Context,
	actor: Actor,
	input: FindCoverage & { readonly metric: string; readonly month: string }
): Promise<readonly Hole[]> {
	admitActor(ctx, actor, 'fact.read');
	const months = monthsUpTo(input.to, input.months ?? 12);
	const found = await expectations(ctx, months, input.unitId, input.metric);
	const people = await loadPeople(ctx.db.read);
	const day = lastDayOf(input.month);
	return found.flatMap(({ expected, figures }) =>
		expected(input.month)
			.filter((who) => !figures.get(who)?.has(input.month))
			.map((who) => {
				const unit = people.valueOn(who, 'unit', day);
				return {
					employeeId: who,
					name: people.all.get(who)?.name ?? who,
					unitId: typeof unit === 'string' ? unit : null
				};
			})
	);
}

function monthsUpTo(last: string, count: number): string[] {
	return Array.from({ length: count }, (_, at) => addMonths(last, at - count + 1));
}

async function expectations(
	ctx: Context,
	months: readonly string[],
	unitId: string | undefined,
	only?: string
) {
	const queries = ctx.db.read;
	const metrics = [...(await loadMetrics(queries)).values()].filter(
		(metric) => isEntered(metric) && (only === undefined || metric.id === only)
	);
	const [people, tree] = [await loadPeople(queries), await loadUnits(queries)];
	const figures = await figuresOfMonths(
		queries,
		metrics.map(({ id }) => id),
		months[0] ?? '',
		months.at(-1) ?? ''
	);
	const presence = new Map<string, Set<string>>();
	for (const month of months) {
		const here = new Set<string>();
		for (const id of people.all.keys()) {
			const day = people.lastEmployedDay(id, firstDayOf(month), lastDayOf(month));
			if (day === null) continue;
			const unit = people.valueOn(id, 'unit', day);
			const isWithin =
				unitId === undefined || (typeof unit === 'string' && tree.isWithin(unit, unitId, day));
			if (isWithin) here.add(id);
		}
		presence.set(month, here);
	}
	return metrics.flatMap(({ id, name }) => {
		const ofMetric = figures.get(id);
		if (!ofMetric || ofMetric.size === 0) return [];
		const expected = (month: string) =>
			[...ofMetric.keys()].filter((who) => presence.get(month)?.has(who)).sort();
		return [{ id, name, expected, figures: ofMetric }];
	});
}

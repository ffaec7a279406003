import { desc } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { targetCycles } from '../db/client/schema.ts';
import { periodsOf, readCycle, type CycleRow } from './cycle.ts';
import { loadProposals, proposalKey, type Proposal, type ProposalStatus } from './proposals.ts';
import { targetCrew, type TargetCrew } from './target-crew.ts';

/** How far a unit is: fields by state. */
export interface UnitProgress {
	readonly unitId: string | null;
	readonly name: LocalText | null;
	readonly people: number;
	readonly fields: number;
	readonly open: number;
	readonly draft: number;
	readonly submitted: number;
	readonly agreed: number;
	readonly returned: number;
	/** Nothing submitted although the day has passed. */
	readonly isLate: boolean;
}

export interface CycleView {
	readonly id: string;
	readonly name: LocalText;
	readonly periodFrom: string;
	readonly periodTo: string;
	readonly periods: readonly string[];
	readonly metrics: readonly string[];
	readonly dueOn: string | null;
	readonly openedAt: string;
	readonly closedAt: string | null;
	/** Over the people the actor may see. */
	readonly total: Omit<UnitProgress, 'unitId' | 'name' | 'isLate'>;
	readonly units: readonly UnitProgress[];
}

/** Rounds with progress, newest first; a head's figures cover the own unit and those below it. */
export async function findCycles(ctx: Context, actor: Actor): Promise<readonly CycleView[]> {
	admitActor(ctx, actor, 'target.read', 'target.read_own_unit');
	const rows = await ctx.db.read
		.select()
		.from(targetCycles)
		.orderBy(desc(targetCycles.openedAt), desc(targetCycles.id));
	const crew = await targetCrew(ctx, actor);
	const views: CycleView[] = [];
	for (const row of rows) views.push(await viewOf(ctx, row, crew));
	return views;
}

/** One round with its progress by department. */
export async function getCycle(
	ctx: Context,
	actor: Actor,
	input: { readonly cycleId: string }
): Promise<CycleView> {
	admitActor(ctx, actor, 'target.read', 'target.read_own_unit');
	return viewOf(ctx, await readCycle(ctx.db.read, input.cycleId), await targetCrew(ctx, actor));
}

async function viewOf(ctx: Context, cycle: CycleRow, crew: TargetCrew): Promise<CycleView> {
	const periods = periodsOf(cycle, crew.settings.fiscalMonth);
	const proposals = await loadProposals(ctx.db.read, cycle.id);
	const byUnit = new Map<string | null, string[]>();
	for (const { id, unitId } of crew.members)
		byUnit.set(unitId, [...(byUnit.get(unitId) ?? []), id]);
	const count = (employees: readonly string[]) => tally(employees, cycle, periods, proposals);
	const units = [...byUnit].map(([unitId, employees]): UnitProgress => {
		const counts = count(employees);
		const nothingSent = counts.submitted + counts.agreed + counts.returned === 0;
		return {
			unitId,
			name: unitId === null ? null : (crew.tree.all.get(unitId)?.name ?? null),
			...counts,
			isLate:
				cycle.closedAt === null && cycle.dueOn !== null && cycle.dueOn < crew.today && nothingSent
		};
	});
	return {
		id: cycle.id,
		name: cycle.name,
		periodFrom: cycle.periodFrom,
		periodTo: cycle.periodTo,
		periods,
		metrics: cycle.metrics,
		dueOn: cycle.dueOn,
		openedAt: cycle.openedAt,
		closedAt: cycle.closedAt,
		total: count(crew.members.map(({ id }) => id)),
		units: units.sort((a, b) => ((a.unitId ?? '') < (b.unitId ?? '') ? -1 : 1))
	};
}

function tally(
	employees: readonly string[],
	cycle: Pick<CycleRow, 'metrics'>,
	periods: readonly string[],
	proposals: ReadonlyMap<string, Proposal>
): CycleView['total'] {
	const counts: Record<ProposalStatus, number> = {
		open: 0,
		draft: 0,
		submitted: 0,
		agreed: 0,
		returned: 0
	};
	for (const employee of employees) {
		for (const metric of cycle.metrics) {
			for (const period of periods) {
				counts[proposals.get(proposalKey(employee, metric, period))?.status ?? 'open'] += 1;
			}
		}
	}
	return {
		people: employees.length,
		fields: employees.length * cycle.metrics.length * periods.length,
		...counts
	};
}

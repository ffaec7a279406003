import { eq } from 'drizzle-orm';
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import { targetReferences } from '#lib/engine/targets/references.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { targetProposals } from '../db/client/schema.ts';
import type { Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import {
	bandOf,
	betterOf,
	loadHistories,
	periodsOf,
	readCycle,
	settingsOf,
	type CycleRow,
	type Histories
} from './cycle.ts';
import { targetProblems } from './problems.ts';
import { loadProposals, proposalKey, type Proposal } from './proposals.ts';
import { targetCrew } from './target-crew.ts';

export interface ProposedTarget {
	readonly employeeId: string;
	readonly metric: string;
	readonly period: string;
	/** Null takes the proposal back. */
	readonly value: number | null;
	readonly reason?: string | null;
	/** The revision on screen; 0 for a field that was empty. */
	readonly revision: number;
}

export interface SavedProposal {
	readonly id: string;
	readonly employeeId: string;
	readonly metric: string;
	readonly period: string;
	readonly revision: number;
}

/**
 * Saves what a head proposes for the own people, all fields or none. The figures of history that
 * stood beside each field are stored with it, so that “why 20?” can be answered later. Saving what
 * is stored already changes nothing; a field that somebody else changed refuses the save.
 */
export async function saveProposals(
	ctx: Context,
	actor: Actor,
	input: { readonly cycleId: string; readonly targets: readonly ProposedTarget[] }
): Promise<readonly SavedProposal[]> {
	admitActor(ctx, actor, 'target.propose');
	const cycle = await readCycle(ctx.db.read, input.cycleId);
	const crew = await targetCrew(ctx, actor);
	const units = new Map(crew.members.map(({ id, unitId }) => [id, unitId]));
	const periods = new Set(periodsOf(cycle, crew.settings.fiscalMonth));
	for (const { employeeId, metric, period } of input.targets) {
		// A head is no employee of the own sheet unless they lead themselves on purpose.
		if (!units.has(employeeId)) throw refuse(commonProblems, 'not_found');
		if (!cycle.metrics.includes(metric) || !periods.has(period)) {
			throw refuse(targetProblems, 'field_outside_cycle', { details: { metric, period } });
		}
	}
	const histories = await loadHistories(ctx, cycle);

	return ctx.db.write(async (tx) => {
		if ((await readCycle(tx, cycle.id)).closedAt !== null)
			throw refuse(targetProblems, 'cycle_closed');
		const known = await loadProposals(
			tx,
			cycle.id,
			new Set(input.targets.map(({ employeeId }) => employeeId))
		);
		const references = await referencesFor(tx, cycle, histories);
		const saved: SavedProposal[] = [];
		for (const target of input.targets) {
			const before = known.get(proposalKey(target.employeeId, target.metric, target.period));
			saved.push(
				await saveOne(tx, ctx, actor, {
					cycle,
					target,
					before,
					unitId: units.get(target.employeeId) ?? actor.unitId ?? '',
					references: references(target)
				})
			);
		}
		return saved;
	});
}

/** The figures that stand beside a field, computed here and never taken from the browser. */
async function referencesFor(
	tx: Tx,
	cycle: CycleRow,
	histories: Histories
): Promise<(target: ProposedTarget) => JsonObject> {
	const metrics = await loadMetrics(tx);
	const settings = settingsOf(cycle);
	return ({ employeeId, metric, period }) => {
		const history = histories.get(employeeId)?.get(metric) ?? [];
		const better = betterOf(metrics.get(metric));
		const shown = {
			...targetReferences(history, { period, better }),
			band: bandOf(history, settings, better)
		};
		return JSON.parse(JSON.stringify(shown)) as JsonObject;
	};
}

interface OneProposal {
	readonly cycle: CycleRow;
	readonly target: ProposedTarget;
	readonly before: Proposal | undefined;
	readonly unitId: string;
	readonly references: JsonObject;
}

async function saveOne(
	tx: Tx,
	ctx: Context,
	actor: Actor,
	{ cycle, target, before, unitId, references }: OneProposal
): Promise<SavedProposal> {
	const { employeeId, metric, period, value } = target;
	const reason = target.reason ?? null;
	const place = { employeeId, metric, period };
	const row = before?.row;
	if (row && row.value === value && row.reason === reason) {
		return { id: row.id, ...place, revision: row.revision };
	}
	if ((row?.revision ?? 0) !== target.revision) {
		throw refuse(targetProblems, 'proposal_stale', {
			details: { employee: employeeId, metric, period },
			current: row ?? null
		});
	}
	if (before?.status === 'agreed') {
		throw refuse(targetProblems, 'proposal_agreed', {
			details: { employee: employeeId, metric, period }
		});
	}
	const revision = target.revision + 1;
	const content = {
		value,
		reason,
		references,
		revision,
		updatedAt: momentOf(ctx.clock),
		updatedBy: actor.userId
	};
	const id = row?.id ?? ctx.ids.make();
	if (row) await tx.update(targetProposals).set(content).where(eq(targetProposals.id, row.id));
	else
		await tx
			.insert(targetProposals)
			.values({ id, cycleId: cycle.id, unitId, ...place, ...content });
	await recordEvent(tx, ctx, actor, { type: 'target_proposed', proposal: id, revision });
	return { id, ...place, revision };
}

/** Hands all filled-in fields of the head's people to HR. Repeating it changes nothing. */
export async function submitTargets(
	ctx: Context,
	actor: Actor,
	input: { readonly cycleId: string }
): Promise<{ readonly submitted: number; readonly open: number }> {
	admitActor(ctx, actor, 'target.propose');
	const crew = await targetCrew(ctx, actor);
	const employees = new Set(crew.members.map(({ id }) => id));
	return ctx.db.write(async (tx) => {
		const cycle = await readCycle(tx, input.cycleId);
		if (cycle.closedAt !== null) throw refuse(targetProblems, 'cycle_closed');
		const proposals = [...(await loadProposals(tx, cycle.id, employees)).values()];
		const ready = proposals.filter(({ status }) => status === 'draft');
		const filled = proposals.filter(({ status }) => status !== 'open').length;
		if (filled === 0) throw refuse(targetProblems, 'nothing_to_submit');
		const now = momentOf(ctx.clock);
		for (const { row } of ready) {
			await tx
				.update(targetProposals)
				.set({ submittedRevision: row.revision, submittedAt: now, submittedBy: actor.userId })
				.where(eq(targetProposals.id, row.id));
		}
		if (ready.length > 0) {
			await recordEvent(tx, ctx, actor, {
				type: 'targets_submitted',
				cycle: cycle.id,
				unit: actor.unitId ?? '',
				proposals: ready.length
			});
		}
		const fields =
			employees.size * cycle.metrics.length * periodsOf(cycle, crew.settings.fiscalMonth).length;
		return { submitted: ready.length, open: fields - filled };
	});
}

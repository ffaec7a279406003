import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import {
	shareReaching,
	targetReferences,
	type HistoryPoint,
	type TargetReferences
} from '#lib/engine/targets/references.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import {
	bandOf,
	betterOf,
	isInBand,
	loadHistories,
	periodsOf,
	readCycle,
	settingsOf,
	type Band
} from './cycle.ts';
import { loadProposals, proposalKey, type Proposal, type ProposalStatus } from './proposals.ts';
import { targetCrew } from './target-crew.ts';

export interface SheetReview {
	readonly verdict: 'agree' | 'return' | 'comment';
	readonly comment: string | null;
	readonly reviewedAt: string;
	readonly reviewedBy: string;
}

/** One field: what history says, what was proposed, what was answered. */
export interface SheetField {
	readonly metric: string;
	readonly period: string;
	readonly references: TargetReferences;
	readonly band: Band | null;
	readonly proposalId: string | null;
	readonly value: number | null;
	readonly reason: string | null;
	/** 0 before the first save; a save quotes it. */
	readonly revision: number;
	readonly status: ProposalStatus;
	/** Share of past periods that reached the value; null without value or history. */
	readonly reachedShare: number | null;
	readonly inBand: boolean;
	readonly submittedAt: string | null;
	readonly reviews: readonly SheetReview[];
}

export interface SheetPerson {
	readonly id: string;
	readonly name: string;
	readonly unitId: string | null;
	readonly position: string | null;
	/** By metric, in order of time: the small chart beside the fields. */
	readonly history: Readonly<Record<string, readonly HistoryPoint[]>>;
	readonly fields: readonly SheetField[];
}

export interface TargetSheet {
	readonly cycle: {
		readonly id: string;
		readonly name: LocalText;
		readonly periods: readonly string[];
		readonly dueOn: string | null;
		readonly closedAt: string | null;
	};
	readonly metrics: readonly MetricDefinition[];
	readonly people: readonly SheetPerson[];
}

/**
 * Everybody the actor may see, with history beside each field. A head gets the own unit and those
 * below it; HR everybody, or one unit.
 */
export async function getTargetSheet(
	ctx: Context,
	actor: Actor,
	input: { readonly cycleId: string; readonly unitId?: string; readonly employeeId?: string }
): Promise<TargetSheet> {
	admitActor(ctx, actor, 'target.read', 'target.read_own_unit');
	const cycle = await readCycle(ctx.db.read, input.cycleId);
	const crew = await targetCrew(ctx, actor, input.unitId);
	const members = crew.members.filter(
		({ id }) => input.employeeId === undefined || id === input.employeeId
	);
	const periods = periodsOf(cycle, crew.settings.fiscalMonth);
	const known = await loadMetrics(ctx.db.read);
	const metrics = cycle.metrics.flatMap((id) => known.get(id) ?? []);
	const histories = await loadHistories(ctx, cycle);
	const proposals = await loadProposals(
		ctx.db.read,
		cycle.id,
		new Set(members.map(({ id }) => id))
	);
	const settings = settingsOf(cycle);

	const people = members.map((member): SheetPerson => {
		const own = histories.get(member.id);
		const fields = metrics.flatMap((metric) => {
			const history = own?.get(metric.id) ?? [];
			const better = betterOf(metric);
			const band = bandOf(history, settings, better);
			return periods.map((period) =>
				fieldOf(
					metric.id,
					period,
					history,
					band,
					better,
					proposals.get(proposalKey(member.id, metric.id, period))
				)
			);
		});
		return { ...member, history: Object.fromEntries(own ?? []), fields };
	});
	return {
		cycle: {
			id: cycle.id,
			name: cycle.name,
			periods,
			dueOn: cycle.dueOn,
			closedAt: cycle.closedAt
		},
		metrics,
		people
	};
}

function fieldOf(
	metric: string,
	period: string,
	history: readonly HistoryPoint[],
	band: Band | null,
	better: 'higher' | 'lower',
	proposal: Proposal | undefined
): SheetField {
	const value = proposal?.row.value ?? null;
	const values = history.map((point) => point.value);
	return {
		metric,
		period,
		references: targetReferences(history, { period, better }),
		band,
		proposalId: proposal?.row.id ?? null,
		value,
		reason: proposal?.row.reason ?? null,
		revision: proposal?.row.revision ?? 0,
		status: proposal?.status ?? 'open',
		reachedShare: value === null ? null : shareReaching(values, value, better).share,
		inBand: isInBand(value, band),
		submittedAt: proposal?.row.submittedAt ?? null,
		reviews: (proposal?.reviews ?? []).map(({ verdict, comment, reviewedAt, reviewedBy }) => ({
			verdict,
			comment,
			reviewedAt,
			reviewedBy
		}))
	};
}

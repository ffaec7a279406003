import { and, asc, desc, eq, inArray, isNotNull, type SQL } from 'drizzle-orm';
import type { ScorecardStatus } from '#lib/engine/score/scorecard.ts';
import { admitActor, hasPermission } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { scorecards, scoringRuns } from '../db/client/schema.ts';
import { runningJob } from '../jobs/start-job.ts';
import { loadPeople, type PeopleHistory } from '../people/history.ts';
import { maySeePay } from '../people/pay.ts';
import {
	covers,
	scopeOf,
	todayOf,
	type PeopleScope,
	type ScopePermissions
} from '../people/scope.ts';
import { loadUnits, type UnitTree } from '../people/unit-tree.ts';
import { readSettings, type ClientSettings } from '../settings/client-settings.ts';
import { fromMinor } from './money.ts';

/** The doors to scorecards. */
export const READ_SCORECARDS: ScopePermissions = {
	all: 'scorecard.read',
	ownUnit: 'scorecard.read_own_unit',
	self: 'scorecard.read_self'
};

export type RunRow = typeof scoringRuns.$inferSelect;

export interface RunView {
	readonly id: string;
	readonly period: string;
	readonly versions: RunRow['versions'];
	readonly status: RunRow['status'];
	readonly progress: number;
	readonly counts: Readonly<Record<string, number>>;
	readonly error: RunRow['error'];
	readonly datasetHash: string | null;
	readonly createdAt: string;
	readonly createdBy: string;
	readonly finishedAt: string | null;
	readonly releasedAt: string | null;
}

/** Scoring runs, newest first, for those who see more than their own scorecard. */
export async function findRuns(
	ctx: Context,
	actor: Actor,
	input: { readonly period?: string } = {}
): Promise<readonly RunView[]> {
	admitActor(ctx, actor, 'scorecard.read', 'scorecard.read_own_unit');
	const rows = await ctx.db.read
		.select()
		.from(scoringRuns)
		.where(input.period === undefined ? undefined : eq(scoringRuns.period, input.period))
		.orderBy(desc(scoringRuns.createdAt), desc(scoringRuns.id));
	return rows.map((row) => {
		const running = row.jobId === null ? null : runningJob(ctx.clientId, row.jobId);
		return {
			id: row.id,
			period: row.period,
			versions: row.versions,
			status: row.status === 'queued' && running ? 'running' : row.status,
			progress: row.status === 'done' ? 1 : (running?.progress ?? 0),
			counts: row.counts ?? {},
			error: row.error,
			datasetHash: row.datasetHash,
			createdAt: row.createdAt,
			createdBy: row.createdBy,
			finishedAt: row.finishedAt,
			releasedAt: row.releasedAt
		};
	});
}

export interface FindScorecards {
	readonly period?: string;
	/** One run; else the newest finished run of each period. */
	readonly runId?: string;
	readonly employeeId?: string;
	/** A unit and those below it, as it was in the period. */
	readonly unitId?: string;
	readonly status?: ScorecardStatus;
	readonly after?: string;
	readonly limit?: number;
}

export interface ScorecardSummary {
	readonly id: string;
	readonly runId: string;
	readonly employeeId: string;
	readonly name: string;
	readonly unitId: string | null;
	readonly period: string;
	readonly schemeId: string | null;
	readonly version: number | null;
	readonly status: ScorecardStatus;
	readonly score: number | null;
	readonly grade: string | null;
	/** Null where there is none and for those who may not see it. */
	readonly payout: number | null;
	readonly currency: string | null;
	readonly released: boolean;
}

export interface ScorecardsFound {
	readonly scorecards: readonly ScorecardSummary[];
	readonly total: number;
	readonly next: string | null;
}

/** What decides whose scorecards somebody sees. */
export interface ScorecardView {
	readonly scope: PeopleScope;
	readonly people: PeopleHistory;
	readonly tree: UnitTree;
	readonly settings: ClientSettings;
	/** Sees results before they were released. */
	readonly seesUnreleased: boolean;
}

/** The actor's view on scorecards: HR everybody's, heads their people's, employees their own. */
export async function scorecardView(ctx: Context, actor: Actor): Promise<ScorecardView> {
	admitActor(ctx, actor, 'scorecard.read', 'scorecard.read_own_unit', 'scorecard.read_self');
	const settings = await readSettings(ctx.db.read);
	const [people, tree] = await Promise.all([loadPeople(ctx.db.read), loadUnits(ctx.db.read)]);
	const scope = scopeOf(actor, people, tree, todayOf(ctx, settings), READ_SCORECARDS);
	const seesUnreleased =
		hasPermission(actor, 'scorecard.read') || hasPermission(actor, 'scorecard.read_own_unit');
	return { scope, people, tree, settings, seesUnreleased };
}

/** Scorecards the actor may see, by period, newest first, then by employee. */
export async function findScorecards(
	ctx: Context,
	actor: Actor,
	input: FindScorecards = {}
): Promise<ScorecardsFound> {
	const view = await scorecardView(ctx, actor);
	const runs = await currentRuns(ctx, view, input);
	if (runs.size === 0) return { scorecards: [], total: 0, next: null };
	const conditions: (SQL | undefined)[] = [
		inArray(scorecards.runId, [...runs.keys()]),
		input.employeeId === undefined ? undefined : eq(scorecards.employeeId, input.employeeId),
		input.status === undefined ? undefined : eq(scorecards.status, input.status)
	];
	const rows = await ctx.db.read
		.select({
			id: scorecards.id,
			runId: scorecards.runId,
			employeeId: scorecards.employeeId,
			unitId: scorecards.unitId,
			period: scorecards.period,
			schemeId: scorecards.schemeId,
			version: scorecards.version,
			status: scorecards.status,
			score: scorecards.score,
			grade: scorecards.grade,
			payoutMinor: scorecards.payoutMinor,
			currency: scorecards.currency
		})
		.from(scorecards)
		.where(and(...conditions))
		.orderBy(desc(scorecards.period), asc(scorecards.employeeId));
	const below = input.unitId === undefined ? null : view.tree.subtree(input.unitId);
	const seen = rows.filter(
		({ employeeId, unitId }) =>
			covers(view.scope, employeeId) && (!below || (unitId !== null && below.has(unitId)))
	);
	const start = input.after === undefined ? 0 : seen.findIndex(({ id }) => id === input.after) + 1;
	const page = seen.slice(start, start + Math.min(input.limit ?? 200, 1000));
	const isLast = start + page.length >= seen.length;
	return {
		scorecards: page.map(({ payoutMinor, currency, ...row }) => {
			const seesPay = maySeePay(actor, view.settings, row.employeeId);
			return {
				...row,
				name: view.people.all.get(row.employeeId)?.name ?? row.employeeId,
				payout: seesPay ? fromMinor(payoutMinor, currency) : null,
				currency: seesPay ? currency : null,
				released: runs.get(row.runId) ?? false
			};
		}),
		total: seen.length,
		next: isLast ? null : (page.at(-1)?.id ?? null)
	};
}

/** The runs that count, and whether each was released: the newest finished one of every period. */
async function currentRuns(
	ctx: Context,
	view: ScorecardView,
	input: FindScorecards
): Promise<Map<string, boolean>> {
	const rows = await ctx.db.read
		.select({ id: scoringRuns.id, period: scoringRuns.period, releasedAt: scoringRuns.releasedAt })
		.from(scoringRuns)
		.where(
			and(
				eq(scoringRuns.status, 'done'),
				input.runId === undefined ? undefined : eq(scoringRuns.id, input.runId),
				input.period === undefined ? undefined : eq(scoringRuns.period, input.period),
				view.seesUnreleased ? undefined : isNotNull(scoringRuns.releasedAt)
			)
		)
		.orderBy(desc(scoringRuns.createdAt), desc(scoringRuns.id));
	const runs = new Map<string, boolean>();
	const periods = new Set<string>();
	for (const { id, period, releasedAt } of rows) {
		if (periods.has(period)) continue;
		periods.add(period);
		runs.set(id, releasedAt !== null);
	}
	return runs;
}

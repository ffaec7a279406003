import type { PeriodRange } from '#lib/contract/base.ts';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { ReplayReport } from '#lib/engine/replay/report.ts';
import { verdictOf } from '#lib/engine/replay/verdict.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { dictionaryOf } from '#lib/engine/scheme/variables.ts';
import type { PackAnswers } from '#lib/packs/answers.ts';
import { packDictionary } from '#lib/packs/dictionary.ts';
import { admitActor, hasPermission } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import type { Queries } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { Cancelled, runThread } from '../jobs/run-thread.ts';
import { clientDictionary } from '../metrics/client-dictionary.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { withoutPay } from '../replays/project-report.ts';
import replayThread from '../replays/replay.thread.ts?thread';
import type { ReplayWork } from '../replays/score-sides.ts';
import { defaultRange, guardrailsOf, pathsOf, periodsOfRange } from '../replays/sides.ts';
import { latestVersionOf } from '../schemes/read.ts';
import { readSettings } from '../settings/client-settings.ts';
import { takeSnapshot } from '../snapshots/take-snapshot.ts';
import { readVersion } from '../versions/read.ts';
import { answeredPack } from './install-pack.ts';
import { offeredPack } from './offered-packs.ts';
import { paramValues, seasonYears, unitIds } from './param-values.ts';
import { packProblems } from './problems.ts';

export interface TrialReplay {
	readonly pack: string;
	readonly version?: string;
	/** The scheme of the pack. */
	readonly scheme: string;
	readonly answers?: PackAnswers;
	/** The last year of figures unless given. */
	readonly range?: PeriodRange;
	readonly folder?: string;
	/** Aborted when nobody waits for the answer any more; the replay then stops. */
	readonly signal?: AbortSignal;
	readonly onProgress?: (progress: TrialProgress) => void;
}

/** How far a trial is, in people and months: one row for each month of each person. */
export interface TrialProgress {
	readonly done: number;
	readonly total: number;
}

export interface TrialReplayed {
	readonly scheme: { readonly id: string; readonly name: LocalText };
	/** The version in force that it was compared with; null where the client has none of this scheme. */
	readonly baseline: { readonly number: number } | null;
	readonly range: PeriodRange;
	/** One sentence that says what the replay found. */
	readonly verdict: LocalText;
	/** As of any replay; without pay for those who may not see it. */
	readonly report: ReplayReport;
}

/** Rows that json-logic-js scores again. */
const REFERENCE_ROWS = 50;

/**
 * Replays a scheme of a pack over the client's history before anything is installed: with the
 * pack's definitions and the answers as they would be, and nothing written.
 */
export async function trialReplay(
	ctx: Context,
	actor: Actor,
	input: TrialReplay
): Promise<TrialReplayed> {
	admitActor(ctx, actor, 'pack.read');
	const { pack: offered } = await offeredPack(ctx.db.read, input);
	const answers = input.answers ?? {};
	const pack = await answeredPack(ctx.db.read, offered, answers);
	const draft = pack.schemes.get(input.scheme)?.document;
	if (!draft) {
		throw refuse(packProblems, 'scheme_not_in_pack', {
			details: {
				pack: pack.manifest.id,
				scheme: input.scheme.slice(0, 60),
				known: [...pack.schemes.keys()].join(', ')
			}
		});
	}
	const settings = await readSettings(ctx.db.read);
	const range = input.range ?? (await defaultRange(ctx.db.read, draft.period, settings));
	const metrics = new Map([...(await loadMetrics(ctx.db.read)), ...pack.metrics]);
	const baseline = await inForce(ctx.db.read, draft.id);
	const years = await seasonYears(ctx.db.read, momentOf(ctx.clock));
	const units = await unitIds(ctx.db.read);
	const sides = baseline ? [draft, baseline.document] : [draft];
	const taken = await takeSnapshot(ctx, {
		range,
		length: draft.period,
		paths: [...new Set(sides.flatMap((side) => pathsOf(side, metrics)))].sort(),
		metrics: [...pack.metrics.values()],
		parameters: pack.manifest.params.flatMap((param) =>
			paramValues(param, answers, years, units).map((value) => ({ id: param.id, ...value }))
		)
	});
	const dictionary = new Map([
		...(await clientDictionary(ctx.db.read)),
		...dictionaryOf({ metrics }),
		...packDictionary(pack.manifest, pack.metrics)
	]);
	const work: ReplayWork = {
		snapshot: taken.snapshot,
		datasetHash: taken.hash,
		draft,
		baseline: baseline?.document ?? null,
		periods: periodsOfRange(range, draft.period, settings),
		guardrails: guardrailsOf(settings),
		check: 'history',
		words: { metrics, dictionary },
		referenceRows: REFERENCE_ROWS
	};
	const { signal, onProgress } = input;
	const total = taken.snapshot.layout.rows;
	const report = await runThread<ReplayWork, ReplayReport>(replayThread, work, {
		...(signal ? { signal } : {}),
		onProgress: (share) => onProgress?.({ done: Math.round(share * total), total })
	}).catch((error: unknown) => {
		throw error instanceof Cancelled ? refuse(packProblems, 'trial_stopped') : error;
	});
	return {
		scheme: { id: draft.id, name: draft.name },
		baseline: baseline && { number: baseline.number },
		range,
		verdict: verdictOf(report),
		report: hasPermission(actor, 'pay.read') ? report : withoutPay(report)
	};
}

async function inForce(
	queries: Queries,
	schemeId: string
): Promise<{ readonly number: number; readonly document: SchemeDocument } | null> {
	const number = await latestVersionOf(queries, schemeId);
	if (number === null) return null;
	return { number, document: (await readVersion(queries, schemeId, number)).document };
}

import type { PeriodRange } from '#lib/contract/base.ts';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { PERIOD_LENGTHS, type PeriodLength } from '#lib/engine/scheme/document.ts';
import { admitActor, hasPermission } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { Problem, refuse } from '../http/problem.ts';
import { readOpenDraft } from '../schemes/read.ts';
import { shownPopulation, type Population } from './population.ts';
import { draftGround, openGround, type DraftGround } from './preview-ground.ts';
import { previewHost } from './preview-host.ts';
import type { PreviewOutcome } from './preview-scorer.ts';
import { replayProblems } from './problems.ts';

export interface PreviewPopulation {
	readonly draftId: string;
	/** The document in the editor, saved or not. */
	readonly document: Json;
	/** The editor's own count of its states, given back with the answer. */
	readonly ask: number;
}

/** Why there are no figures for a document; an unfinished one is nothing unusual while editing. */
export interface NoFigures {
	readonly code: string;
	readonly text: LocalText;
	readonly advice: LocalText;
}

export interface PopulationPreview {
	readonly ask: number;
	readonly range: PeriodRange | null;
	readonly population: Population | null;
	readonly reason: NoFigures | null;
}

/** States of an editor that are answered, not refused: they come and go while somebody types. */
const ORDINARY: ReadonlySet<string> = new Set([
	'draft_unsound',
	'history_empty',
	'range_empty',
	'preview_superseded'
]);

/** A second look finds the variables that the first one asked for. */
const LOOKS = 2;

/**
 * What the document in the editor does to everybody over the last year, compared with the version
 * it is based on, in sums. Stores nothing. Weights that miss 100 are scaled.
 */
export async function previewPopulation(
	ctx: Context,
	actor: Actor,
	input: PreviewPopulation
): Promise<PopulationPreview> {
	admitActor(ctx, actor, 'draft.edit', 'draft.read');
	const turn = previewHost.takeTurn();
	const draft = await readOpenDraft(ctx.db.read, input.draftId);
	const { ask, document } = input;
	const editor = `${ctx.clientId} ${actor.userId} ${draft.id}`;
	try {
		let paths: readonly string[] = [];
		for (let look = 1; look <= LOOKS; look++) {
			const period = periodOf(document);
			const ground = await draftGround(ctx, { draft, period, document, paths });
			const outcome = await scored(ctx, ground, editor, turn, document);
			if ('paths' in outcome) {
				paths = outcome.paths;
				continue;
			}
			return { ask, range: ground.range, reason: null, population: shown(outcome, actor, ground) };
		}
		throw refuse(replayProblems, 'preview_failed');
	} catch (error) {
		if (!(error instanceof Problem) || !ORDINARY.has(error.code)) throw error;
		const { code, text, advice } = error;
		return { ask, range: null, population: null, reason: { code, text, advice } };
	}
}

function scored(
	ctx: Context,
	ground: DraftGround,
	editor: string,
	turn: number,
	document: Json
): Promise<PreviewOutcome> {
	const work = { ground: ground.key, document };
	return previewHost.population(editor, turn, work, () => openGround(ctx, ground));
}

/** What this reader may see of an outcome; a document with errors is refused with their number. */
function shown(
	outcome: Exclude<PreviewOutcome, { paths: readonly string[] }>,
	actor: Actor,
	{ range, unitNames }: DraftGround
): Population {
	if ('errors' in outcome)
		throw refuse(replayProblems, 'draft_unsound', {
			details: { count: outcome.errors.length },
			diagnostics: outcome.errors
		});
	if (outcome.population.rows === 0)
		throw refuse(replayProblems, 'range_empty', { details: { ...range } });
	const { units, ...population } = shownPopulation(outcome.population, {
		seePay: hasPermission(actor, 'pay.read'),
		seePeople: hasPermission(actor, 'people.read')
	});
	return {
		...population,
		units: units.map((one) => ({ ...one, name: unitNames.get(one.unit ?? '') }))
	};
}

/** The period length that the document names; months where it names none that exists. */
function periodOf(document: Json): PeriodLength {
	const named =
		typeof document === 'object' && document !== null && 'period' in document
			? document['period']
			: null;
	return PERIOD_LENGTHS.find((length) => length === named) ?? 'month';
}

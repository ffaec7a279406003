/** One person under the document at hand, scored in the browser by the engine that scores everybody. */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { JsonObject, Value } from '#lib/engine/logic/rule.ts';
import { roundHalfAway } from '#lib/engine/logic/number.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { parseScheme } from '#lib/engine/scheme/validate.ts';
import {
	explainScorecard,
	type ExplainOptions,
	type ScorecardExplanation
} from '#lib/engine/score/explain.ts';
import type { Scorecard } from '#lib/engine/score/scorecard.ts';
import { prepareScheme, scoreRow, type PreparedScheme } from '#lib/engine/score/score-row.ts';
import { derivationOf } from '#lib/engine/table/paths.ts';
import type { PreviewPersonBody } from '#lib/contract/preview.ts';

/** What one cause adds to or takes from the score of before. */
export interface PersonStep {
	/** An item, `adjustments`, or `limits`: bounds of the total, gates and rounding. */
	readonly cause: { readonly item: string } | 'adjustments' | 'limits';
	readonly points: number;
}

export interface PersonScore {
	readonly after: Scorecard;
	/** Null where nothing is in force to compare with. */
	readonly before: Scorecard | null;
	/** From the score of before (0 without one) to that of now; they add up exactly. */
	readonly steps: readonly PersonStep[];
	/** Words for the scorecard of now. */
	explain(): ScorecardExplanation;
}

/** Why a person cannot be scored here. */
export type PersonGap =
	/** The document reads figures that were not fetched. */
	| { readonly missing: readonly string[] }
	/** It reads what this reader may not see. */
	| { readonly withheld: readonly string[] }
	/** It is no scheme. */
	| { readonly unsound: true };

/** Scores a person; says why where that cannot be done. */
export function scorePerson(
	figures: PreviewPersonBody,
	document: JsonObject,
	words: Pick<ExplainOptions, 'dictionary' | 'metrics'> = {}
): PersonScore | PersonGap {
	const { scheme } = parseScheme(document);
	if (!scheme) return { unsound: true };
	const seesPay = figures.withheld.length === 0;
	const prepared = prepareScheme(seesPay ? scheme : withoutPayout(scheme));
	const withheld = prepared.paths.filter((path) => figures.withheld.includes(path));
	if (withheld.length > 0) return { withheld };
	const missing = prepared.paths.filter(
		(path) => derivationOf(path) === null && !(path in figures.variables)
	);
	if (missing.length > 0) return { missing };
	const variables = new Map<string, Value>(Object.entries(figures.variables));
	const fiscalMonth = figures.fiscal_month;
	const after = scoreRow(prepared, variables, { preview: true, fiscalMonth });
	const base = figures.baseline as SchemeDocument | null;
	const before = base && scoreRow(prepareScheme(base), variables, { preview: false, fiscalMonth });
	return {
		after,
		before,
		steps: stepsBetween(prepared, before, after),
		explain: () => explainScorecard(prepared, variables, after, { ...words, fiscalMonth })
	};
}

function withoutPayout({ payout: _payout, ...scheme }: SchemeDocument): SchemeDocument {
	return scheme;
}

function stepsBetween(
	{ total }: PreparedScheme,
	before: Scorecard | null,
	after: Scorecard
): PersonStep[] {
	if (after.score === null || (before && before.score === null)) return [];
	const shown = (points: number): number => roundHalfAway(points, total.decimals) + 0;
	const pointsOf = (card: Scorecard | null): Map<string, number> =>
		new Map(card?.items.map(({ id, points }) => [id, points ?? 0]));
	const [was, is] = [pointsOf(before), pointsOf(after)];
	const steps = [...new Set([...is.keys(), ...was.keys()])].map((item): PersonStep => ({
		cause: { item },
		points: shown((is.get(item) ?? 0) - (was.get(item) ?? 0))
	}));
	const adjusted = (card: Scorecard | null): number =>
		(card?.adjustments ?? []).reduce((sum, { points }) => sum + (points ?? 0), 0);
	steps.push({ cause: 'adjustments', points: shown(adjusted(after) - adjusted(before)) });
	const told = steps.reduce((sum, { points }) => sum + points, 0);
	const whole = after.score - (before?.score ?? 0);
	steps.push({ cause: 'limits', points: shown(whole - told) });
	return steps.filter(({ points }) => points !== 0);
}

/** Names of items as a scorecard shows them. */
export function itemNamesOf(explanation: ScorecardExplanation): ReadonlyMap<string, LocalText> {
	return new Map(explanation.items.map(({ id, name }) => [id, name]));
}

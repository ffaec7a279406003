/** Scorecards of shipped schemes for the figures of a case: what is not given is missing. */
import { evaluateRule } from '#lib/engine/logic/interpret.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Json, Value } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { scoreRow } from '#lib/engine/score/score-row.ts';
import type { Scorecard } from '#lib/engine/score/scorecard.ts';
import { lintPack } from '#lib/packs/lint-pack.ts';
import type { Pack } from '#lib/packs/pack.ts';
import { shippedPack } from '../pack-files.ts';

export type Given = Readonly<Record<string, Json>>;

/** A shipped pack, read once. */
export async function packOf(id: string): Promise<Pack> {
	const { pack, findings } = lintPack(await shippedPack(id));
	if (!pack) throw new Error(findings.map(({ message }) => message.en).join('\n'));
	return pack;
}

export function documentOf(pack: Pack, scheme: string): SchemeDocument {
	const found = pack.schemes.get(scheme);
	if (!found) throw new Error(`${pack.manifest.id} has no scheme ${scheme}.`);
	return found.document;
}

/** Scores one person; figures go over those of the person at target. */
export function cardOf(
	document: SchemeDocument,
	base: Given,
	figures: Given = {},
	period = '2026-03'
): Scorecard {
	const variables = new Map<string, Value>([
		['period.id', period],
		['employee.id', 'E1'],
		['employee.position', positionOf(document)],
		...Object.entries({ ...base, ...figures }).map(
			([path, value]) => [path, value as Value] as const
		)
	]);
	return scoreRow(prepareScheme(document), variables);
}

/** The position that the scheme asks for. */
function positionOf({ applies_to, id }: SchemeDocument): string {
	const named = /"employee\.position"\},"([a-z_]+)"/.exec(JSON.stringify(applies_to))?.[1];
	if (named === undefined) throw new Error(`${id} asks for no position.`);
	return named;
}

/** The same with the score alone. */
export function scoreOf(document: SchemeDocument, base: Given, figures: Given = {}): number | null {
	return cardOf(document, base, figures).score;
}

/** What one item scores. */
export function itemScore(card: Scorecard, id: string): number | null {
	const item = card.items.find((one) => one.id === id);
	if (!item) throw new Error(`The scorecard has no item ${id}.`);
	return item.score;
}

/** What a metric of the pack is calculated to. */
export function calculated(pack: Pack, metric: string, figures: Given): Value {
	const formula = pack.metrics.get(metric)?.formula;
	if (formula === undefined) throw new Error(`${metric} has no formula.`);
	const values = new Map(Object.entries(figures) as [string, Value][]);
	return evaluateRule(parseRule(formula).node, values).value;
}

/** The figures of a sentence that the pack itself ships, found by its English words. */
export function sentence(pack: Pack, words: string): Given {
	const found = pack.tests.find(({ name }) =>
		(typeof name === 'string' ? name : name.en).includes(words)
	);
	if (!found) throw new Error(`${pack.manifest.id} has no sentence “${words}”.`);
	return found.given;
}

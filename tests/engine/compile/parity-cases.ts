/**
 * One number that stands for everything the compiled engine gives on a fixed set of random schemes:
 * equal in Node and in every browser, or something there computes other bits. Pure, so that any
 * page can import it.
 */
import { compileScheme, type BackendName } from '#lib/engine/compile/compile.ts';
import { sha256Hex } from '#lib/engine/hash.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import type { ScoreColumns } from '#lib/engine/score/score-columns.ts';
import { Random } from '../generators/random.ts';
import { randomScheme, randomTable } from '../generators/scheme.ts';

const SEED = 20261122;
const SCHEMES = 40;
const ROWS = 101;

/** Missing numbers have many bit patterns; here they are one text. */
function textOf(columns: ScoreColumns): string {
	const { status, base, score, grade, payout, scaled, items } = columns;
	const arrays = [
		status,
		base,
		score,
		grade,
		payout,
		scaled,
		...items.flatMap((item) => [item.weight, item.score, item.points])
	];
	return arrays.map((array) => array.join()).join(';');
}

/** The digest of all results of a back end. */
export function parityDigest(backend: BackendName = 'wasm'): string {
	const random = new Random(SEED);
	let digest = '';
	for (let i = 0; i < SCHEMES; i++) {
		const document = randomScheme(random, { wrongWeights: i % 5 === 0 });
		const table = randomTable(random, ROWS);
		const compiled = compileScheme(prepareScheme(document), table, {
			backend,
			preview: i % 3 === 0
		});
		digest = sha256Hex(`${digest}\n${textOf(compiled.score())}`);
	}
	return digest;
}

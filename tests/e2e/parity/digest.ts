/**
 * What random rules and schemes come to, as one hash for each engine: bundled for the browser and
 * imported in Node, where equal hashes mean equal bits. Touches nothing but the engine.
 */
import { compileScheme } from '#lib/engine/compile/compile.ts';
import { createHasher, type Hasher } from '#lib/engine/hash.ts';
import { evaluateRule } from '#lib/engine/logic/interpret.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import { reasonCode } from '#lib/engine/score/reasons.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import type { ScoreColumns } from '#lib/engine/score/score-columns.ts';
import { scoreTable } from '#lib/engine/score/score-table.ts';
import { evaluateByReference } from '#lib/reference/index.ts';
import { randomVariables } from '../../engine/generators/data.ts';
import { Random } from '../../engine/generators/random.ts';
import { randomRule } from '../../engine/generators/rules.ts';
import { randomScheme, randomTable } from '../../engine/generators/scheme.ts';

/** How much is compared; the seed is part of every failure's message. */
export interface ParitySize {
	readonly seed: number;
	readonly rules: number;
	readonly schemes: number;
	readonly rows: number;
}

/** Hashes by engine; `rules` and `reference` are over single rules, the others over schemes. */
export interface ParityDigest {
	readonly rules: string;
	readonly reference: string;
	readonly interpreter: string;
	readonly blocks: string;
	readonly wasm: string;
}

/** Bits of numbers; all NaN are one, since engines may choose which they write. */
function addNumbers(hash: Hasher, numbers: ArrayLike<number>): void {
	const bytes = new DataView(new ArrayBuffer(numbers.length * 8));
	for (let i = 0; i < numbers.length; i += 1) {
		const number = numbers[i] ?? NaN;
		bytes.setFloat64(i * 8, number);
		if (Number.isNaN(number)) bytes.setBigUint64(i * 8, 0x7ff8000000000000n);
	}
	hash.update(new Uint8Array(bytes.buffer));
}

function addColumns(hash: Hasher, columns: ScoreColumns): void {
	addNumbers(hash, columns.status);
	addNumbers(hash, columns.base);
	addNumbers(hash, columns.score);
	addNumbers(hash, columns.grade);
	addNumbers(hash, columns.payout);
	for (const item of columns.items) {
		addNumbers(hash, item.weight);
		addNumbers(hash, item.score);
		addNumbers(hash, item.points);
	}
	for (const code of columns.reason) {
		hash.update(`${(columns.reasonSets[code] ?? []).map(reasonCode).join(' ')}\n`);
	}
}

/** One value to the bit; JSON alone would not tell -0 from 0. */
function addValue(hash: Hasher, value: unknown): void {
	if (typeof value === 'number') addNumbers(hash, [value]);
	else hash.update(`${JSON.stringify(value)}\n`);
}

function digestRules(random: Random, count: number): Pick<ParityDigest, 'rules' | 'reference'> {
	const rules = createHasher();
	const reference = createHasher();
	for (let i = 0; i < count; i += 1) {
		const rule = randomRule(random);
		const variables = randomVariables(random);
		rules.update(JSON.stringify(rule));
		const { node, diagnostics } = parseRule(rule);
		if (diagnostics.some(({ severity }) => severity === 'error')) continue;
		addValue(rules, evaluateRule(node, variables).value);
		addValue(reference, evaluateByReference(rule, variables));
	}
	return { rules: rules.hex(), reference: reference.hex() };
}

/** Computes everything anew from the seed. */
export function parityDigest({ seed, rules, schemes, rows }: ParitySize): ParityDigest {
	const random = new Random(seed);
	const ofRules = digestRules(random, rules);
	const hashes = { interpreter: createHasher(), blocks: createHasher(), wasm: createHasher() };
	for (let i = 0; i < schemes; i += 1) {
		const prepared = prepareScheme(randomScheme(random, { wrongWeights: random.chance(0.2) }));
		const table = randomTable(random, rows, random.pick([0, 0.05, 0.3]));
		const preview = random.chance(0.3);
		addColumns(hashes.interpreter, scoreTable(prepared, table, { preview }));
		for (const backend of ['blocks', 'wasm'] as const) {
			const compiled = compileScheme(prepared, table, { backend, preview });
			if (compiled.report.backend !== backend) throw new Error(`${backend} does not run here`);
			addColumns(hashes[backend], compiled.score());
		}
	}
	return {
		...ofRules,
		interpreter: hashes.interpreter.hex(),
		blocks: hashes.blocks.hex(),
		wasm: hashes.wasm.hex()
	};
}
